package org.beaconcohort.cohort.message;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A public nonce, numbered by its owner within (round, instance) (N3).
 *
 * @param number 1, 2, 3…
 * @param publicNonce 66 bytes, two compressed points (BIP-327)
 */
public record NonceOffer(int number, Bytes publicNonce) {
  /** No nonce: a response where the path is leaf A from the first proposal (N7). */
  public static final NonceOffer NONE = new NonceOffer(0, Bytes.EMPTY);

  /** Checks number and length; whether the points decode is checked where it matters. */
  public NonceOffer {
    if (number != 0 || publicNonce.size() != 0) {
      check(number, publicNonce);
    }
  }

  private static void check(int number, Bytes publicNonce) {
    if (number < 1 || number > 1_000_000) {
      throw new IllegalArgumentException("nonce number must be 1..1000000, got " + number);
    }
    if (publicNonce.size() != 66) {
      throw new IllegalArgumentException(
          "public nonce must be 66 bytes, got " + publicNonce.size());
    }
  }
}
