package org.beaconcohort.musig2.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.hash.Sha256;

/**
 * BIP-327 NonceGen: the secret nonce of one session from 32 fresh random bytes and what is known.
 */
final class NonceGen {
  private NonceGen() {}

  /**
   * A secret nonce of two numbers. What is present besides the random bytes only guards against bad
   * randomness.
   *
   * @param publicKey the signer's, 33 bytes
   * @param aggregateKey with all tweaks, 32 bytes
   * @param random 32 bytes, never used before; overwritten with zeros
   */
  static SecretNonce generate(
      Optional<SecretKey> key,
      Bytes publicKey,
      Optional<Bytes> aggregateKey,
      Optional<Bytes> message,
      Optional<Bytes> extraInput,
      byte[] random) {
    byte[] mask = key.isPresent() ? Sha256.tagged("MuSig/aux").add(random).finish() : random;
    Bytes aggregate = aggregateKey.orElse(Bytes.EMPTY);
    Bytes extra = extraInput.orElse(Bytes.EMPTY);
    Bytes known =
        Bytes.concat(
            bigEndian(1, publicKey.size()),
            publicKey,
            bigEndian(1, aggregate.size()),
            aggregate,
            message
                .map(m -> Bytes.concat(bigEndian(1, 1), bigEndian(8, m.size()), m))
                .orElse(bigEndian(1, 0)),
            bigEndian(4, extra.size()),
            extra);
    try {
      return SecretNonce.derive(key, mask, "MuSig/nonce", numbered(known));
    } finally {
      Arrays.fill(random, (byte) 0);
    }
  }

  /** The public nonce of a secret one. */
  static PublicNonce publicNonce(SecretNonce nonce) {
    List<CurvePoint> points = nonce.points();
    return new PublicNonce(points.get(0), points.get(1));
  }

  /** The hash input of both numbers: they differ in the last byte only. */
  static List<Bytes> numbered(Bytes known) {
    return IntStream.range(0, 2).mapToObj(i -> Bytes.concat(known, bigEndian(1, i))).toList();
  }

  /** {@code value} in {@code size} bytes, the most significant first. */
  static Bytes bigEndian(int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[size - 1 - i] = (byte) (value >>> (8 * i));
    }
    return Bytes.of(bytes);
  }
}
