/**
 * BIP-327 (MuSig2), one file per section, in the BIP's order: KeySort, KeyAggContext, NonceGen,
 * NonceAgg, SessionContext, Sign, PartialSignature, PartialSigAgg, DeterministicSign.
 *
 * <p>{@code SigningSession} is how a member signs: it holds the secret nonce and uses it once.
 */
@NullMarked
package org.beaconcohort.musig2.protocol;

import org.jspecify.annotations.NullMarked;
