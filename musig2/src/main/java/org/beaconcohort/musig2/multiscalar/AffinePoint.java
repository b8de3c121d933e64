package org.beaconcohort.musig2.multiscalar;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * A public point of secp256k1 by its coordinates, each eight 32-bit words with the lowest first, as
 * Bouncy Castle's field takes them. Immutable: nobody writes into the arrays.
 */
public final class AffinePoint {
  static final AffinePoint INFINITY = new AffinePoint(new int[0], new int[0]);

  final int[] x;
  final int[] y;

  AffinePoint(int[] x, int[] y) {
    this.x = x;
    this.y = y;
  }

  /** The coordinates of a normalized point that is not infinity. */
  public static AffinePoint of(ECPoint point) {
    return of(point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
  }

  /**
   * The point of an encoding of 65 bytes: 04, x, y. Whoever made it knows that it is on the curve;
   * it is not checked again.
   */
  public static AffinePoint ofUncompressed(byte[] encoded) {
    if (encoded.length != 65) {
      throw new IllegalArgumentException(
          "uncompressed point must be 65 bytes, got " + encoded.length);
    }
    return of(new BigInteger(1, encoded, 1, 32), new BigInteger(1, encoded, 33, 32));
  }

  private static AffinePoint of(BigInteger x, BigInteger y) {
    return new AffinePoint(Nat256.fromBigInteger(x), Nat256.fromBigInteger(y));
  }

  boolean isInfinity() {
    return this == INFINITY;
  }

  AffinePoint negateIf(boolean condition) {
    if (!condition || isInfinity()) {
      return this;
    }
    int[] negated = Nat256.create();
    SecP256K1Field.negate(y, negated);
    return new AffinePoint(x, negated);
  }

  ECPoint onCurve() {
    return isInfinity()
        ? Secp256k1Curve.CURVE.getInfinity()
        : Secp256k1Curve.CURVE.createPoint(Nat256.toBigInteger(x), Nat256.toBigInteger(y));
  }
}
