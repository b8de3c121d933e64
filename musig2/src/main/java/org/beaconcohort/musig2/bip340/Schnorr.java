package org.beaconcohort.musig2.bip340;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.hash.ChallengeHash;
import org.beaconcohort.musig2.hash.Sha256;

/** BIP-340 signatures: 64 bytes over a message of any length, keys of 32 bytes. */
public final class Schnorr {
  private Schnorr() {}

  /**
   * BIP-340's default signing; verifies its signature before handing it out.
   *
   * @param auxRand32 32 bytes of fresh randomness where there is some, else zeros
   * @throws FaultySignatureException if the signature does not verify: the machine miscomputed
   */
  public static Bytes sign(SecretKey key, Bytes message, Bytes auxRand32) {
    if (auxRand32.size() != 32) {
      throw new IllegalArgumentException(
          "auxiliary randomness must be 32 bytes, got " + auxRand32.size());
    }
    Bytes publicKey = key.xOnlyPublicKey();
    byte[] mask = Sha256.tagged("BIP0340/aux").add(auxRand32).finish();
    Bytes input = Bytes.concat(publicKey, message);
    SecretKey evenKey = key.withEvenY();
    try {
      return sign(
          SecretNonce.derive(Optional.of(evenKey), mask, "BIP0340/nonce", List.of(input)),
          evenKey,
          message);
    } finally {
      evenKey.destroy();
    }
  }

  /** Signs with a nonce of one number, which is gone afterwards, and a key with even y. */
  static Bytes sign(SecretNonce nonce, SecretKey evenKey, Bytes message) {
    Bytes publicKey = evenKey.xOnlyPublicKey();
    CurvePoint point = nonce.points().getFirst();
    Scalar sign = Scalar.ONE.negateIf(!point.hasEvenY());
    Scalar challenge = challenge(point.xOnly(), publicKey, message);
    Bytes s = nonce.answer(evenKey, List.of(sign), challenge);
    Bytes signature = Bytes.concat(point.xOnly(), s);
    if (!verify(publicKey, message, signature)) {
      throw new FaultySignatureException("BIP-340 signature");
    }
    return signature;
  }

  /** Whether the signature is valid; false, never an exception, for bytes of any length. */
  public static boolean verify(Bytes xOnlyPublicKey32, Bytes message, Bytes signature64) {
    return verify(CurveEngines.get(), xOnlyPublicKey32, message, signature64);
  }

  /** As {@link #verify(Bytes, Bytes, Bytes)}, computed by {@code engine}. */
  public static boolean verify(
      CurveEngine engine, Bytes xOnlyPublicKey32, Bytes message, Bytes signature64) {
    return engine.verifySchnorr(xOnlyPublicKey32, message, signature64);
  }

  /** BIP-340's e: the number a signature with this nonce answers. All but the message 32 bytes. */
  public static Scalar challenge(Bytes xOnlyNonce, Bytes xOnlyPublicKey, Bytes message) {
    return Scalar.reduce(ChallengeHash.of(xOnlyNonce, xOnlyPublicKey, message));
  }
}
