package org.beaconcohort.adapter.journal.ledger;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A public nonce in somebody's statement. Sightings are kept over all cohorts and for ever, so that
 * one that comes twice is noticed when it comes; they halt nobody, since anybody can copy a nonce.
 *
 * @param publicNonce 66 bytes
 * @param statement id of the statement that carries it, 32 bytes
 * @param author x-only key that signed it, 32 bytes
 * @param roundId 32 bytes
 */
public record NonceSighting(Bytes publicNonce, Bytes statement, Bytes author, Bytes roundId) {
  @Override
  public String toString() {
    return "statement " + statement + " of author " + author + " in round " + roundId;
  }
}
