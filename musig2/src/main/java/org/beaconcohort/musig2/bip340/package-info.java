/** BIP-340: tagged hashes and Schnorr signatures. */
@NullMarked
package org.beaconcohort.musig2.bip340;

import org.jspecify.annotations.NullMarked;
