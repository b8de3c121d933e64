package org.beaconcohort.musig2.multiscalar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Points whose multiple of G is known, so that any sum of products can be had another way. */
final class KnownPoints {
  private static final int POOL = 64;

  private final SeededRandom random;
  private final List<BigInteger> logarithms = new ArrayList<>();
  private final List<AffinePoint> points = new ArrayList<>();

  KnownPoints(SeededRandom random) {
    this.random = random;
    for (int i = 0; i < POOL; i++) {
      BigInteger logarithm = number(32).max(BigInteger.ONE);
      logarithms.add(logarithm);
      points.add(AffinePoint.of(product(logarithm).normalize()));
    }
  }

  /** Of so many bytes, below n. */
  BigInteger number(int bytes) {
    return new BigInteger(1, random.bytes(bytes).toArray()).mod(Scalar.ORDER);
  }

  static ECPoint product(BigInteger ofGenerator) {
    return new FixedPointCombMultiplier()
        .multiply(CustomNamedCurves.getByName("secp256k1").getG(), ofGenerator.mod(Scalar.ORDER));
  }

  /** Terms of a sum, and the multiple of G that it is. */
  final class Sum {
    final List<BigInteger> factors = new ArrayList<>();
    final List<AffinePoint> terms = new ArrayList<>();
    BigInteger logarithm = BigInteger.ZERO;

    Sum add(BigInteger factor, int point, boolean negated) {
      factors.add(factor);
      terms.add(points.get(point).negateIf(negated));
      BigInteger product = factor.multiply(logarithms.get(point));
      logarithm = logarithm.add(negated ? product.negate() : product).mod(Scalar.ORDER);
      return this;
    }

    /** Points are drawn from a few, so that large sums hold each many times, of either sign. */
    Sum addRandom(int count, int bytes) {
      for (int i = 0; i < count; i++) {
        add(number(bytes), random.below(POOL), random.below(2) == 0);
      }
      return this;
    }
  }
}
