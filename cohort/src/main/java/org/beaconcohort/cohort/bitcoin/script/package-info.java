/**
 * Bytes of scripts and of the Taproot tree (BIP-341, BIP-342): pushes, the k-of-n leaf, the
 * recovery leaf, leaf and branch hashes, control blocks.
 */
@NullMarked
package org.beaconcohort.cohort.bitcoin.script;

import org.jspecify.annotations.NullMarked;
