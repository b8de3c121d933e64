package org.beaconcohort.musig2.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.multiscalar.AffinePoint;
import org.beaconcohort.musig2.multiscalar.MultiScalar;
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
  static final String NAME = "bouncycastle";

  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final ECCurve CURVE = PARAMETERS.getCurve();
  private static final ECPoint G = PARAMETERS.getG();
  private static final ECMultiplier COMB = new FixedPointCombMultiplier();
  private static final Point INFINITY = new Point(CURVE.getInfinity());
  private static final Point GENERATOR = new Point(G);

  @Override
  public String name() {
    return NAME;
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
    Encodings.requireCompressed(compressed);
    return decodeOnCurve(compressed);
  }

  @Override
  public CurvePoint liftX(Bytes xOnly) {
    Encodings.requireXOnly(xOnly);
    return decodeOnCurve(Bytes.concat(Bytes.of(new byte[] {2}), xOnly));
  }

  private static CurvePoint decodeOnCurve(Bytes compressed) {
    try {
      return new Point(CURVE.decodePoint(compressed.toArray()));
    } catch (IllegalArgumentException notOnCurve) {
      throw Encodings.notOnCurve(compressed);
    }
  }

  @Override
  public CurvePoint negate(CurvePoint point) {
    return new Point(unwrap(point).negate());
  }

  @Override
  public PointSum emptySum() {
    return new Sum(CURVE.getInfinity());
  }

  @Override
  public CurvePoint sumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    return new Point(publicSumOfProducts(ofGenerator, factors, points));
  }

  @Override
  public boolean sumsToInfinity(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    return publicSumOfProducts(ofGenerator, factors, points).isInfinity();
  }

  @Override
  public int batchPaysFrom() {
    return 16;
  }

  @Override
  public int schnorrBatchPaysFrom() {
    return 4;
  }

  @Override
  public boolean verifySchnorr(Bytes xOnlyKey, Bytes message, Bytes signature) {
    return signature.size() == 64 && SchnorrEquation.holds(this, xOnlyKey, message, signature);
  }

  private static ECPoint publicSumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    Encodings.requireSameLength(factors, points);
    List<BigInteger> multipliers = new ArrayList<>(points.size());
    List<ECPoint> bases = new ArrayList<>(points.size());
    for (int i = 0; i < points.size(); i++) {
      if (!points.get(i).isInfinity() && !factors.get(i).isZero()) {
        multipliers.add(factors.get(i).value());
        bases.add(unwrap(points.get(i)));
      }
    }
    // Bouncy Castle keeps a table of G; for more than one point besides, it is slower.
    return switch (bases.size()) {
      case 0 -> COMB.multiply(G, ofGenerator.value());
      case 1 ->
          ECAlgorithms.sumOfTwoMultiplies(
              G, ofGenerator.value(), bases.getFirst(), multipliers.getFirst());
      default ->
          MultiScalar.sum(
              ofGenerator.value(), multipliers, bases.stream().map(AffinePoint::of).toList());
    };
  }

  @Override
  public CurvePoint multiplyGeneratorSecret(byte[] secret) {
    return new Point(COMB.multiply(G, carried(secret)));
  }

  @Override
  public byte[] multiplySecret(CurvePoint point, byte[] secret) {
    Encodings.refuseInfinity(point);
    ECPoint product = ECAlgorithms.multiplySecret(unwrap(point), carried(secret)).normalize();
    if (product.isInfinity()) {
      throw Encodings.noCoordinates();
    }
    return product.getAffineXCoord().getEncoded();
  }

  @Override
  public byte[] combineSecret(Scalar constant, List<Scalar> factors, List<byte[]> secrets) {
    Encodings.requireSameLength(factors, secrets);
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
    Encodings.requireSecret(secret);
    return new BigInteger(1, secret);
  }

  private static ECPoint unwrap(CurvePoint point) {
    if (point instanceof Point own) {
      return own.affine;
    }
    return point.isInfinity()
        ? CURVE.getInfinity()
        : CURVE.decodePoint(point.compressed().toArray());
  }

  /** Kept as it comes out of an addition: an inversion costs more than all of it. */
  private record Sum(ECPoint projective) implements PointSum {
    @Override
    public PointSum plus(CurvePoint point) {
      return new Sum(projective.add(unwrap(point)));
    }

    @Override
    public CurvePoint value() {
      return new Point(projective);
    }
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
      Encodings.refuseInfinity(this);
      return !affine.getAffineYCoord().testBitZero();
    }

    @Override
    public Bytes compressed() {
      return affine.isInfinity() ? Encodings.INFINITY : Bytes.of(affine.getEncoded(true));
    }

    @Override
    public Bytes xOnly() {
      Encodings.refuseInfinity(this);
      return Bytes.of(affine.getAffineXCoord().getEncoded());
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
