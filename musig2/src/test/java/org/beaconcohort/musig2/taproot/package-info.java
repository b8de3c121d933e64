/** Tests of the Taproot tweak. */
@NullMarked
package org.beaconcohort.musig2.taproot;

import org.jspecify.annotations.NullMarked;
