/** BIP-341's tweak: from internal key and merkle root to output key. */
@NullMarked
package org.beaconcohort.musig2.taproot;

import org.jspecify.annotations.NullMarked;
