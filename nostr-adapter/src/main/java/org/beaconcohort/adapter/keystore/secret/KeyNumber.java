package org.beaconcohort.adapter.keystore.secret;

import java.security.SecureRandom;
import java.util.Arrays;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The number of a secp256k1 secret key on its way into or out of a keystore, where its bytes are
 * needed; everywhere else it is a {@link SecretKey}, which never shows them. {@link #close}
 * overwrites it.
 */
public final class KeyNumber implements AutoCloseable {
  /** Bytes of a number. */
  public static final int SIZE = 32;

  private final byte[] number;
  private final Bytes publicKey;
  private boolean closed;

  private KeyNumber(byte[] number, Bytes publicKey) {
    this.number = number;
    this.publicKey = publicKey;
  }

  /**
   * The number of 32 big-endian bytes, which are copied and then overwritten with zeros.
   *
   * @throws InvalidSecretKeyException for another length, 0, or n and above
   */
  public static KeyNumber of(byte[] thirtyTwo) {
    byte[] kept = thirtyTwo.clone();
    try {
      SecretKey key = SecretKey.of(thirtyTwo);
      Bytes publicKey = key.publicKey();
      key.destroy();
      return new KeyNumber(kept, publicKey);
    } catch (InvalidSecretKeyException invalid) {
      Arrays.fill(kept, (byte) 0);
      throw invalid;
    }
  }

  /** A new one, uniform over 1 to n − 1. */
  public static KeyNumber generate(SecureRandom random) {
    byte[] candidate = new byte[SIZE];
    KeyNumber made = null;
    while (made == null) {
      random.nextBytes(candidate);
      try {
        made = of(candidate);
      } catch (InvalidSecretKeyException next) {
        // One draw in 2^128.
        made = null;
      }
    }
    return made;
  }

  /** The compressed public key, 33 bytes. */
  public Bytes publicKey() {
    return publicKey;
  }

  /** The key that computes; a copy, which the caller destroys. */
  public SecretKey key() {
    return SecretKey.of(copy());
  }

  /** The 32 bytes; the caller overwrites them. */
  public byte[] copy() {
    if (closed) {
      throw new IllegalStateException("key number must be usable, got a closed one");
    }
    return number.clone();
  }

  /** A second object with the same number, closed by itself. */
  public KeyNumber duplicate() {
    return new KeyNumber(copy(), publicKey);
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(number, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyNumber";
  }
}
