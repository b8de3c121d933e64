package org.beaconcohort.musig2.curve;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.security.auth.Destroyable;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.engine.SecretNumbers;
import org.beaconcohort.musig2.hash.Sha256;
import org.beaconcohort.musig2.hash.TapTweakHash;
import org.bouncycastle.util.Strings;

/**
 * A secp256k1 secret key, 1 to n − 1, that computes and never shows itself.
 *
 * <p>There is no accessor, comparison or serialization. {@link #destroy} overwrites the only copy
 * this object holds; afterwards everything but the public key is refused.
 */
public final class SecretKey implements Destroyable {
  private final CurveEngine engine;

  /** Guarded by this: an operation must not read a number half overwritten by destroy. */
  private final byte[] number;

  private final CurvePoint publicPoint;
  private volatile boolean destroyed;

  private SecretKey(CurveEngine engine, byte[] validNumber, CurvePoint publicPoint) {
    this.engine = engine;
    this.number = validNumber;
    this.publicPoint = publicPoint;
  }

  /**
   * The key of 32 big-endian bytes, which are copied and then overwritten with zeros.
   *
   * @throws InvalidSecretKeyException for another length, 0, or n and above
   */
  public static SecretKey of(byte[] thirtyTwo) {
    return of(CurveEngines.get(), thirtyTwo);
  }

  /** As {@link #of(byte[])}; everything made of this key computes with {@code engine}. */
  public static SecretKey of(CurveEngine engine, byte[] thirtyTwo) {
    try {
      if (thirtyTwo.length != 32) {
        throw new InvalidSecretKeyException("secret key must be 32 bytes, got " + thirtyTwo.length);
      }
      if (!SecretNumbers.isValidKey(thirtyTwo)) {
        throw new InvalidSecretKeyException(
            "secret key must be from 1 to n - 1, got 0 or a number not below n");
      }
      return new SecretKey(engine, thirtyTwo.clone(), engine.multiplyGeneratorSecret(thirtyTwo));
    } finally {
      SecretNumbers.wipe(thirtyTwo);
    }
  }

  /** A new key, uniform over 1 to n − 1. */
  public static SecretKey generate(SecureRandom random) {
    byte[] candidate = new byte[32];
    do {
      random.nextBytes(candidate);
    } while (!SecretNumbers.isValidKey(candidate));
    return of(candidate);
  }

  /**
   * The sum mod n of two 32-byte secret numbers, which is how BIP-32 makes a child of its parent.
   * Both stay the caller's to wipe, and so does the sum.
   *
   * @throws InvalidSecretKeyException if one is not from 1 to n − 1, or the sum is 0 (probability
   *     below 2^-127 for a derivation)
   */
  public static byte[] sum(byte[] first, byte[] second) {
    for (byte[] each : List.of(first, second)) {
      if (each.length != 32 || !SecretNumbers.isValidKey(each)) {
        throw new InvalidSecretKeyException("each summand must be 32 bytes from 1 to n - 1");
      }
    }
    byte[] sum =
        CurveEngines.get()
            .combineSecret(Scalar.ZERO, List.of(Scalar.ONE, Scalar.ONE), List.of(first, second));
    if (SecretNumbers.isNonZero(sum) == 0) {
      throw new InvalidSecretKeyException("sum must be from 1 to n - 1, got 0");
    }
    return sum;
  }

  /** The public key, 33 bytes compressed. */
  public Bytes publicKey() {
    return publicPoint.compressed();
  }

  /** The public key of BIP-340, 32 bytes. */
  public Bytes xOnlyPublicKey() {
    return publicPoint.xOnly();
  }

  /** A new object with this key or its negation, whichever has the public point of even y. */
  public SecretKey withEvenY() {
    boolean even = publicPoint.hasEvenY();
    Scalar sign = Scalar.ONE.negateIf(!even);
    CurvePoint point = even ? publicPoint : engine.negate(publicPoint);
    return compute(key ->
        new SecretKey(
            engine, engine.combineSecret(Scalar.ZERO, List.of(sign), List.of(key)), point));
  }

  /**
   * The BIP-341 key that spends the key path of the output with this internal key.
   *
   * @param merkleRoot 32 bytes, or empty for an output without scripts
   * @throws IllegalArgumentException if the tweak gives no key (probability below 2^-126)
   */
  public SecretKey tweakedForTaproot(Optional<Bytes> merkleRoot) {
    Scalar tweak = Scalar.of(TapTweakHash.of(xOnlyPublicKey(), merkleRoot));
    Scalar sign = Scalar.ONE.negateIf(!publicPoint.hasEvenY());
    return compute(key -> of(engine, engine.combineSecret(tweak, List.of(sign), List.of(key))));
  }

  /**
   * ECDH with the point of even y that has this 32-byte x coordinate.
   *
   * @throws InvalidPointException if no point has
   */
  public SharedSecret ecdh(Bytes xOnlyPublicKey) {
    CurvePoint other = engine.liftX(xOnlyPublicKey);
    return compute(key -> new SharedSecret(engine.multiplySecret(other, key)));
  }

  /**
   * The child key for a purpose and a context: always the same for the same three, and without this
   * key neither computable nor linkable to it or to its other children. Not BIP-32.
   */
  public SecretKey derive(String purpose, Bytes context) {
    byte[] name = Strings.toUTF8ByteArray(purpose);
    byte[] nameHash = Sha256.plain().add(name).finish();
    return compute(key -> {
      byte[] hash =
          Sha256.tagged("beacon-cohort/derive").add(key).add(nameHash).add(context).finish();
      try {
        return of(engine, SecretNumbers.modOrder(hash));
      } finally {
        SecretNumbers.wipe(hash);
      }
    });
  }

  /**
   * Lends 32 bytes to encrypt with, always the same for this key, purpose and context; {@code use}
   * must not keep the array: it is zero after. They tell nothing about this key or its children.
   */
  public void useSealingKey(String purpose, Bytes context, Consumer<byte[]> use) {
    byte[] name = Strings.toUTF8ByteArray(purpose);
    byte[] nameHash = Sha256.plain().add(name).finish();
    byte[] sealing =
        compute(key ->
            Sha256.tagged("beacon-cohort/seal").add(key).add(nameHash).add(context).finish());
    try {
      use.accept(sealing);
    } finally {
      SecretNumbers.wipe(sealing);
    }
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    SecretNumbers.wipe(number);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "SecretKey";
  }

  CurveEngine engine() {
    return engine;
  }

  CurvePoint publicPoint() {
    return publicPoint;
  }

  /** Replaces the 32-byte mask by mask ⊕ key. */
  void maskInto(byte[] mask) {
    compute(key -> {
      for (int i = 0; i < 32; i++) {
        mask[i] ^= key[i];
      }
      return mask;
    });
  }

  /** Lends {@code computation} a copy of the number and wipes the copy. */
  <T> T compute(Function<byte[], T> computation) {
    byte[] copy;
    synchronized (this) {
      if (destroyed) {
        throw new IllegalStateException("secret key must be usable, got a destroyed one");
      }
      copy = number.clone();
    }
    try {
      return computation.apply(copy);
    } finally {
      SecretNumbers.wipe(copy);
    }
  }
}
