package org.beaconcohort.musig2.engine;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The group and scalar operations of secp256k1 under BIP-340 and BIP-327.
 *
 * <p>Operations with "Secret" in their name take secret numbers as 32 big-endian bytes below n,
 * must run in time independent of them, keep no reference to an argument and wipe what they copy
 * where the platform lets them; they refuse other arrays with an {@code IllegalArgumentException}
 * that does not show them. All others are for public data and may be fast instead. Engines are
 * stateless and safe for concurrent use; a point of one engine may be given to another.
 */
public interface CurveEngine {
  /** A short name for humans and for {@link CurveEngines#PROPERTY}: {@code bouncycastle}, say. */
  String name();

  /** The generator G. */
  CurvePoint generator();

  /** The neutral element. */
  CurvePoint infinity();

  /**
   * The point of a 33-byte compressed encoding; never infinity.
   *
   * @throws InvalidPointException if the encoding is not of a point on the curve
   */
  CurvePoint decode(Bytes compressed);

  /**
   * BIP-340 lift_x: the point with even y and this 32-byte x coordinate.
   *
   * @throws InvalidPointException if there is none
   */
  CurvePoint liftX(Bytes xOnly);

  /** −point. */
  CurvePoint negate(CurvePoint point);

  /** A sum of nothing yet. */
  PointSum emptySum();

  /** The sum of all points; infinity for none. */
  default CurvePoint sum(List<CurvePoint> points) {
    PointSum sum = emptySum();
    for (CurvePoint point : points) {
      sum = sum.plus(point);
    }
    return sum.value();
  }

  /** ofGenerator·G + Σ factorᵢ·pointᵢ for public numbers; both lists have the same length. */
  CurvePoint sumOfProducts(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points);

  /** Whether that sum is infinity; cheaper than asking for the point. */
  boolean sumsToInfinity(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points);

  /**
   * From how many equations of four terms on, a random linear combination of them as one {@link
   * #sumsToInfinity} costs less than half of one such call for each, by measurement.
   */
  int batchPaysFrom();

  /**
   * From how many signatures on, one {@link #sumsToInfinity} costs less than {@link #verifySchnorr}
   * for each, square roots included, by measurement; {@code Integer.MAX_VALUE} for never.
   */
  int schnorrBatchPaysFrom();

  /**
   * BIP-340 verification, false for bytes that are no key or no signature.
   *
   * @param xOnlyKey 32 bytes
   * @param message of any length
   * @param signature 64 bytes
   */
  boolean verifySchnorr(Bytes xOnlyKey, Bytes message, Bytes signature);

  /** secret·G. */
  CurvePoint multiplyGeneratorSecret(byte[] secret);

  /**
   * The 32-byte x coordinate of secret·point, itself secret; the caller wipes it.
   *
   * @throws IllegalStateException if the product is infinity, which has none
   */
  byte[] multiplySecret(CurvePoint point, byte[] secret);

  /** constant + Σ factorᵢ·secretᵢ mod n in 32 bytes; both lists have the same length. */
  byte[] combineSecret(Scalar constant, List<Scalar> factors, List<byte[]> secrets);
}
