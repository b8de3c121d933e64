package org.beaconcohort.musig2.multiscalar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * ofGenerator·G + Σ factorᵢ·pointᵢ for public numbers, for many terms at less than half the time of
 * their products one by one.
 *
 * <p>A long factor is split by the curve's endomorphism, so that everything happens in 130 bit
 * positions. At each, digits choose points to be added up: by {@link Strauss} for few terms, by
 * {@link Pippenger} for many. All those additions are affine and share their inversions. Doubling
 * through the positions then gives the sum. A factor costs in proportion to its length, n − 1 as
 * little as 1.
 */
public final class MultiScalar {
  /**
   * An addition by {@link Strauss} over one by {@link Pippenger}, in percent, measured: the tables
   * are read from farther away.
   */
  private static final int STRAUSS_PERCENT = 115;

  private static final int MAX_WIDTH = 14;

  private MultiScalar() {}

  /**
   * The sum, not normalized.
   *
   * @param factors from 0 to n − 1, one for each point
   */
  public static ECPoint sum(
      BigInteger ofGenerator, List<BigInteger> factors, List<AffinePoint> points) {
    List<Term> terms = new ArrayList<>(points.size() + 1);
    addTerm(terms, ofGenerator, Secp256k1Curve.GENERATOR);
    for (int i = 0; i < points.size(); i++) {
      addTerm(terms, factors.get(i), points.get(i));
    }
    return doubledThrough(sumsByPosition(terms, new DeferredAdditions()));
  }

  private static void addTerm(List<Term> terms, BigInteger factor, AffinePoint point) {
    if (factor.signum() != 0) {
      terms.add(Secp256k1Curve.split(factor, point));
    }
  }

  /** Points of which the one at index i is to be doubled i times. */
  private static AffinePoint[] sumsByPosition(List<Term> terms, DeferredAdditions additions) {
    int width = bestWidth(terms);
    long byBuckets = 100L * Pippenger.additions(terms, width);
    return byBuckets < (long) STRAUSS_PERCENT * Strauss.additions(terms)
        ? Pippenger.sumsByPosition(terms, width, additions)
        : Strauss.sumsByPosition(terms, additions);
  }

  private static int bestWidth(List<Term> terms) {
    int best = 2;
    while (best < MAX_WIDTH
        && Pippenger.additions(terms, best + 1) < Pippenger.additions(terms, best)) {
      best++;
    }
    return best;
  }

  static ECPoint doubledThrough(AffinePoint[] sumsByPosition) {
    ECPoint sum = AffinePoint.INFINITY.onCurve();
    for (int i = sumsByPosition.length - 1; i >= 0; i--) {
      sum =
          sumsByPosition[i].isInfinity() ? sum.twice() : sum.twicePlus(sumsByPosition[i].onCurve());
    }
    return sum;
  }
}
