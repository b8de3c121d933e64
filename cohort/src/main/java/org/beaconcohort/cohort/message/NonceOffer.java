package org.beaconcohort.cohort.message;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A public nonce, numbered by its owner within (round, instance) (N3).
 *
 * @param number 1, 2, 3…
 * @param publicNonce 66 bytes, two compressed points (BIP-327)
 */
public record NonceOffer(int number, Bytes publicNonce) {
  /** Checks number and length; whether the points decode is checked where it matters. */
  public NonceOffer {
    if (number < 1 || number > 1_000_000) {
      throw new IllegalArgumentException("nonce number must be 1..1000000, got " + number);
    }
    if (publicNonce.size() != 66) {
      throw new IllegalArgumentException(
          "public nonce must be 66 bytes, got " + publicNonce.size());
    }
  }
}
