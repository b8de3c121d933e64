package org.beaconcohort.musig2.engine;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** What every engine asks of its arguments before it computes, in the same words. */
final class Encodings {
  /** BIP-327 cbytes_ext of infinity. */
  static final Bytes INFINITY = Bytes.of(new byte[33]);

  private Encodings() {}

  static void requireCompressed(Bytes compressed) {
    if (compressed.size() != 33) {
      throw new InvalidPointException(
          "compressed point must be 33 bytes, got " + compressed.size());
    }
    int prefix = compressed.at(0);
    if (prefix != 2 && prefix != 3) {
      throw new InvalidPointException(
          "compressed point must start with 02 or 03, got " + compressed);
    }
  }

  static void requireXOnly(Bytes xOnly) {
    if (xOnly.size() != 32) {
      throw new InvalidPointException("x-only point must be 32 bytes, got " + xOnly.size());
    }
  }

  static InvalidPointException notOnCurve(Bytes compressed) {
    return new InvalidPointException(
        "point must have the x coordinate of a point on secp256k1, got " + compressed);
  }

  static void requireSameLength(List<?> factors, List<?> operands) {
    if (factors.size() != operands.size()) {
      throw new IllegalArgumentException(
          "factors must be as many as operands, " + operands.size() + ", got " + factors.size());
    }
  }

  /** Refuses, without showing it, what is no number below n in 32 bytes. */
  static void requireSecret(byte[] secret) {
    if (secret.length != 32) {
      throw new IllegalArgumentException("secret number must be 32 bytes, got " + secret.length);
    }
    if (!SecretNumbers.isBelowOrder(secret)) {
      throw new IllegalArgumentException("secret number must be less than n, got another");
    }
  }

  static void refuseInfinity(CurvePoint point) {
    if (point.isInfinity()) {
      throw noCoordinates();
    }
  }

  static IllegalStateException noCoordinates() {
    return new IllegalStateException("point must have coordinates, got infinity");
  }
}
