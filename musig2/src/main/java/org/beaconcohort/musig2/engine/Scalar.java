package org.beaconcohort.musig2.engine;

import java.math.BigInteger;
import org.beaconcohort.musig2.bytes.Bytes;
import org.bouncycastle.util.BigIntegers;

/**
 * A <em>public</em> integer from 0 to n − 1, n the order of secp256k1: challenges, key
 * coefficients, tweaks, signatures. Its arithmetic depends on the value, so a secret never becomes
 * one.
 */
public record Scalar(BigInteger value) {
  /** The order n of secp256k1. */
  public static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  /** 0. */
  public static final Scalar ZERO = new Scalar(BigInteger.ZERO);

  /** 1. */
  public static final Scalar ONE = new Scalar(BigInteger.ONE);

  /** n − 1. */
  public static final Scalar MINUS_ONE = ONE.negate();

  /** Refuses a value outside 0 to n − 1. */
  public Scalar {
    if (value.signum() < 0 || value.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("scalar must be from 0 to n - 1, got " + value);
    }
  }

  /** Whether {@code bytes} is a big-endian number below n in exactly 32 bytes. */
  public static boolean fits(Bytes bytes) {
    return bytes.size() == 32 && number(bytes).compareTo(ORDER) < 0;
  }

  /**
   * The scalar whose 32 big-endian bytes these are.
   *
   * @throws IllegalArgumentException unless {@link #fits}
   */
  public static Scalar of(Bytes bytes) {
    if (bytes.size() != 32) {
      throw new IllegalArgumentException("scalar must be 32 bytes, got " + bytes.size());
    }
    return new Scalar(number(bytes));
  }

  /** The big-endian number {@code bytes}, of any size, mod n. */
  public static Scalar reduce(Bytes bytes) {
    return new Scalar(number(bytes).mod(ORDER));
  }

  /** 32 bytes, big-endian. */
  public Bytes bytes() {
    return Bytes.of(BigIntegers.asUnsignedByteArray(32, value));
  }

  /** This + other mod n. */
  public Scalar plus(Scalar other) {
    return new Scalar(value.add(other.value).mod(ORDER));
  }

  /** This · other mod n. */
  public Scalar times(Scalar other) {
    return new Scalar(value.multiply(other.value).mod(ORDER));
  }

  /** −this mod n. */
  public Scalar negate() {
    return new Scalar(value.negate().mod(ORDER));
  }

  /** −this if {@code condition}, else this. */
  public Scalar negateIf(boolean condition) {
    return condition ? negate() : this;
  }

  /** Whether this is 0. */
  public boolean isZero() {
    return value.signum() == 0;
  }

  private static BigInteger number(Bytes bytes) {
    return new BigInteger(1, bytes.toArray());
  }
}
