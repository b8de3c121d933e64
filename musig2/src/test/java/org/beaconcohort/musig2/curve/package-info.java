/** Tests of keys, nonces and the engine, and the door through which tests make secret nonces. */
@NullMarked
package org.beaconcohort.musig2.curve;

import org.jspecify.annotations.NullMarked;
