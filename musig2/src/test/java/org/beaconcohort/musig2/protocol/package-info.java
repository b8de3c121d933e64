/** Tests of BIP-327. */
@NullMarked
package org.beaconcohort.musig2.protocol;

import org.jspecify.annotations.NullMarked;
