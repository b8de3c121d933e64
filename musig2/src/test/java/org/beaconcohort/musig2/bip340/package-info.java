/** Tests of BIP-340. */
@NullMarked
package org.beaconcohort.musig2.bip340;

import org.jspecify.annotations.NullMarked;
