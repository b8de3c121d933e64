package org.beaconcohort.musig2.multiscalar;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Field;
import org.bouncycastle.math.ec.endo.GLVEndomorphism;
import org.bouncycastle.math.raw.Nat256;

/** The curve, and its endomorphism λ·(x, y) = (β·x, y), by which a factor falls into two halves. */
final class Secp256k1Curve {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  static final ECCurve CURVE = PARAMETERS.getCurve();
  static final AffinePoint GENERATOR = AffinePoint.of(PARAMETERS.getG());

  private static final BigInteger ORDER = CURVE.getOrder();
  private static final int[] BETA = beta();

  /** Up to here a factor is not longer than the halves of a long one. */
  private static final int SHORT_BITS = 128;

  private Secp256k1Curve() {}

  private static GLVEndomorphism endomorphism() {
    if (CURVE.getEndomorphism() instanceof GLVEndomorphism endomorphism) {
      return endomorphism;
    }
    throw new IllegalStateException("Bouncy Castle's secp256k1 must have its endomorphism");
  }

  /** β, read off the image of G. */
  private static int[] beta() {
    int[] inverse = Nat256.create();
    SecP256K1Field.inv(GENERATOR.x, inverse);
    AffinePoint image =
        AffinePoint.of(endomorphism().getPointMap().map(PARAMETERS.getG()).normalize());
    int[] beta = Nat256.create();
    SecP256K1Field.multiply(image.x, inverse, beta);
    return beta;
  }

  /** λ·point. */
  static AffinePoint image(AffinePoint point) {
    if (point.isInfinity()) {
      return point;
    }
    int[] x = Nat256.create();
    SecP256K1Field.multiply(point.x, BETA, x);
    return new AffinePoint(x, point.y);
  }

  /** factor·point as first·point + second·λ·point, where both numbers have at most 129 bits. */
  static Term split(BigInteger factor, AffinePoint point) {
    if (factor.bitLength() <= SHORT_BITS) {
      return new Term(point, SignedNumber.of(factor), SignedNumber.ZERO);
    }
    BigInteger complement = factor.subtract(ORDER);
    if (complement.bitLength() <= SHORT_BITS) {
      return new Term(point, SignedNumber.of(complement), SignedNumber.ZERO);
    }
    BigInteger[] halves = endomorphism().decomposeScalar(factor);
    return new Term(point, SignedNumber.of(halves[0]), SignedNumber.of(halves[1]));
  }
}
