package org.beaconcohort.cohort.did.key;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.InvalidPointException;

/**
 * A secp256k1 public key as Multikey (Controlled Identifiers 1.0): {@code z} and base58btc of
 * {@code e701} and the 33-byte compressed key.
 */
public final class Multikey {
  private static final String BASE58BTC = "z";
  private static final Bytes SECP256K1 = Bytes.ofHex("e701");
  private static final int KEY_SIZE = 33;

  private Multikey() {}

  /**
   * The text of a 33-byte key.
   *
   * @throws MalformedKeyException if it is not on the curve
   */
  public static String encode(Bytes key) {
    checkKey(key);
    return BASE58BTC + Base58.encode(Bytes.concat(SECP256K1, key));
  }

  /**
   * The 33-byte key of a text.
   *
   * @throws MalformedKeyException if it is another kind of key, or not on the curve
   */
  public static Bytes decode(String text) {
    if (!text.startsWith(BASE58BTC)) {
      throw new MalformedKeyException("Multikey must start with z (base58btc)");
    }
    Bytes bytes = Base58.decode(text.substring(1), SECP256K1.size() + KEY_SIZE);
    if (!bytes.slice(0, SECP256K1.size()).equals(SECP256K1)) {
      throw new MalformedKeyException(
          "Multikey must be of secp256k1 (" + SECP256K1 + "), got " + bytes.slice(0, 2));
    }
    Bytes key = bytes.slice(SECP256K1.size(), bytes.size());
    checkKey(key);
    return key;
  }

  /**
   * Refuses what is not the compressed encoding of a point.
   *
   * @throws MalformedKeyException if {@code key} is not 33 bytes of a point on the curve
   */
  public static void checkKey(Bytes key) {
    if (key.size() != KEY_SIZE) {
      throw new MalformedKeyException(
          "public key must be " + KEY_SIZE + " bytes, got " + key.size());
    }
    try {
      CurveEngines.get().decode(key);
    } catch (InvalidPointException noPoint) {
      throw new MalformedKeyException(
          "public key must be a point of secp256k1, got " + key, noPoint);
    }
  }
}
