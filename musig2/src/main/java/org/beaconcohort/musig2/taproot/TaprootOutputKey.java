package org.beaconcohort.musig2.taproot;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A BIP-341 output key.
 *
 * @param xOnly 32 bytes, as in the script pubkey
 * @param parity 0 for even y, 1 for odd: the low bit of a control block's first byte
 */
public record TaprootOutputKey(Bytes xOnly, int parity) {}
