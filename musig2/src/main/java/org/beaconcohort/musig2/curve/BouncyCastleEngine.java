package org.beaconcohort.musig2.curve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * secp256k1 on Bouncy Castle 1.86.
 *
 * <p>{@code BigInteger} holds a secret only on the way into and out of Bouncy Castle's fixed-width
 * operations; the type's own arithmetic and {@code ECPoint.multiply} take a time that shows the
 * value.
 */
final class BouncyCastleEngine implements CurveEngine {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final ECCurve CURVE = PARAMETERS.getCurve();
  private static final ECPoint G = PARAMETERS.getG();
  private static final ECMultiplier COMB = new FixedPointCombMultiplier();
  private static final Point INFINITY = new Point(CURVE.getInfinity());
  private static final Point GENERATOR = new Point(G);

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public CurvePoint generator() {
    return GENERATOR;
  }

  @Override
  public CurvePoint infinity() {
    return INFINITY;
  }

  @Override
  public CurvePoint decode(Bytes compressed) {
    if (compressed.size() != 33) {
      throw new InvalidPointException(
          "compressed point must be 33 bytes, got " + compressed.size());
    }
    int prefix = compressed.at(0);
    if (prefix != 2 && prefix != 3) {
      throw new InvalidPointException(
          "compressed point must start with 02 or 03, got " + compressed);
    }
    return decodeOnCurve(compressed);
  }

  @Override
  public CurvePoint liftX(Bytes xOnly) {
    if (xOnly.size() != 32) {
      throw new InvalidPointException("x-only point must be 32 bytes, got " + xOnly.size());
    }
    return decodeOnCurve(Bytes.concat(Bytes.of(new byte[] {2}), xOnly));
  }

  private static CurvePoint decodeOnCurve(Bytes compressed) {
    try {
      return new Point(CURVE.decodePoint(compressed.toArray()));
    } catch (IllegalArgumentException notOnCurve) {
      throw new InvalidPointException(
          "point must have the x coordinate of a point on secp256k1, got " + compressed);
    }
  }

  @Override
  public CurvePoint negate(CurvePoint point) {
    return new Point(unwrap(point).negate());
  }

  @Override
  public CurvePoint sum(List<CurvePoint> points) {
    ECPoint sum = CURVE.getInfinity();
    for (CurvePoint point : points) {
      sum = sum.add(unwrap(point));
    }
    return new Point(sum);
  }

  @Override
  public CurvePoint sumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    checkSameLength(factors, points);
    List<ECPoint> bases = new ArrayList<>(List.of(G));
    List<BigInteger> multipliers = new ArrayList<>(List.of(ofGenerator.value()));
    for (int i = 0; i < points.size(); i++) {
      if (!points.get(i).isInfinity()) {
        bases.add(unwrap(points.get(i)));
        multipliers.add(factors.get(i).value());
      }
    }
    // Both take G's table from the cache, but only the first is fast for two.
    return new Point(
        bases.size() == 2
            ? ECAlgorithms.sumOfTwoMultiplies(
                bases.get(0), multipliers.get(0), bases.get(1), multipliers.get(1))
            : ECAlgorithms.sumOfMultiplies(
                bases.toArray(new ECPoint[0]), multipliers.toArray(new BigInteger[0])));
  }

  @Override
  public CurvePoint multiplyGeneratorSecret(byte[] secret) {
    return new Point(COMB.multiply(G, carried(secret)));
  }

  @Override
  public byte[] multiplySecret(CurvePoint point, byte[] secret) {
    ECPoint product = ECAlgorithms.multiplySecret(unwrap(point), carried(secret)).normalize();
    return product.getAffineXCoord().getEncoded();
  }

  @Override
  public byte[] combineSecret(Scalar constant, List<Scalar> factors, List<byte[]> secrets) {
    checkSameLength(factors, secrets);
    BigInteger sum = constant.value();
    for (int i = 0; i < secrets.size(); i++) {
      BigInteger product =
          BigIntegers.modMult(Scalar.ORDER, factors.get(i).value(), carried(secrets.get(i)));
      sum = BigIntegers.modAdd(Scalar.ORDER, sum, product);
    }
    return BigIntegers.asUnsignedByteArray(32, sum);
  }

  /** The secret in the only type Bouncy Castle takes; no operation of that type may follow. */
  private static BigInteger carried(byte[] secret) {
    return new BigInteger(1, secret);
  }

  private static void checkSameLength(List<?> factors, List<?> operands) {
    if (factors.size() != operands.size()) {
      throw new IllegalArgumentException(
          "factors must be as many as operands, " + operands.size() + ", got " + factors.size());
    }
  }

  private static ECPoint unwrap(CurvePoint point) {
    if (point instanceof Point own) {
      return own.affine;
    }
    return point.isInfinity()
        ? CURVE.getInfinity()
        : CURVE.decodePoint(point.compressed().toArray());
  }

  /** A point kept affine; Bouncy Castle caches multiples on the object it is asked to multiply. */
  private static final class Point implements CurvePoint {
    private final ECPoint affine;

    private Point(ECPoint point) {
      this.affine = point.normalize();
    }

    @Override
    public boolean isInfinity() {
      return affine.isInfinity();
    }

    @Override
    public boolean hasEvenY() {
      refuseInfinity();
      return !affine.getAffineYCoord().testBitZero();
    }

    @Override
    public Bytes compressed() {
      return affine.isInfinity() ? Bytes.of(new byte[33]) : Bytes.of(affine.getEncoded(true));
    }

    @Override
    public Bytes xOnly() {
      refuseInfinity();
      return Bytes.of(affine.getAffineXCoord().getEncoded());
    }

    private void refuseInfinity() {
      if (affine.isInfinity()) {
        throw new IllegalStateException("point must have coordinates, got infinity");
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof CurvePoint point && compressed().equals(point.compressed());
    }

    @Override
    public int hashCode() {
      return compressed().hashCode();
    }

    @Override
    public String toString() {
      return compressed().hex();
    }
  }
}
