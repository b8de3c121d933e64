package org.beaconcohort.musig2.multiscalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultiScalarTest {
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger MINUS_ONE = Scalar.ORDER.subtract(ONE);

  private final SeededRandom random = new SeededRandom(61);
  private final KnownPoints known = new KnownPoints(random);

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16, 17, 32})
  void aSumOfAnySizeIsTheSumOfItsProducts(int bytes) {
    IntStream sizes =
        IntStream.concat(IntStream.range(0, 40), IntStream.of(64, 85, 100, 150, 300, 1000));
    sizes.forEach(size -> {
      KnownPoints.Sum sum = known.new Sum().addRandom(size, bytes);
      BigInteger ofGenerator = size % 3 == 0 ? BigInteger.ZERO : known.number(bytes);
      check(ofGenerator, sum);
    });
  }

  static IntStream widths() {
    return IntStream.rangeClosed(2, 14);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void bucketsOfEveryWidthGiveTheSum(int width) {
    for (int size : List.of(0, 1, 2, 7, 120)) {
      KnownPoints.Sum sum = edges(known.new Sum().addRandom(size, 32).addRandom(size, 8));
      AffinePoint[] sums = Pippenger.sumsByPosition(terms(sum), width, new DeferredAdditions());
      assertEquals(KnownPoints.product(sum.logarithm), MultiScalar.doubledThrough(sums));
    }
  }

  @Test
  void tablesGiveTheSumAtEverySize() {
    for (int size : List.of(0, 1, 2, 7, 120)) {
      KnownPoints.Sum sum = edges(known.new Sum().addRandom(size, 32).addRandom(size, 8));
      AffinePoint[] sums = Strauss.sumsByPosition(terms(sum), new DeferredAdditions());
      assertEquals(KnownPoints.product(sum.logarithm), MultiScalar.doubledThrough(sums));
    }
  }

  /** Factors where splitting or cutting into digits could go wrong. */
  private KnownPoints.Sum edges(KnownPoints.Sum sum) {
    List<BigInteger> factors = new ArrayList<>(List.of(BigInteger.ZERO, ONE, BigInteger.TWO));
    for (int bits : List.of(31, 32, 63, 64, 127, 128, 129, 255)) {
      BigInteger power = ONE.shiftLeft(bits);
      factors.addAll(List.of(power.subtract(ONE), power, power.add(ONE)));
    }
    factors.add(Scalar.ORDER.shiftRight(1));
    factors.add(Scalar.ORDER.shiftRight(1).add(ONE));
    factors.add(lambda());
    factors.add(lambda().add(ONE));
    for (BigInteger factor : List.copyOf(factors)) {
      factors.add(factor.negate().mod(Scalar.ORDER));
    }
    for (BigInteger factor : factors) {
      sum.add(factor, random.below(3), random.below(2) == 0);
    }
    return sum;
  }

  @Test
  void everyEdgeAloneGivesItsProduct() {
    KnownPoints.Sum all = edges(known.new Sum());
    for (BigInteger factor : all.factors) {
      check(BigInteger.ZERO, known.new Sum().add(factor, 0, false));
      check(factor, known.new Sum());
    }
  }

  @Test
  void aFactorIsSplitIntoNumbersOfAtMost129Bits() {
    List<BigInteger> factors = new ArrayList<>(edges(known.new Sum()).factors);
    for (int i = 0; i < 10_000; i++) {
      factors.add(known.number(32));
    }
    for (BigInteger factor : factors) {
      Term term = Secp256k1Curve.split(factor, Secp256k1Curve.GENERATOR);
      assertTrue(term.first().bits() <= 129 && term.second().bits() <= 129, factor::toString);
    }
  }

  @Test
  void whatCancelsIsInfinity() {
    for (int size : List.of(1, 2, 50, 200)) {
      KnownPoints.Sum sum = known.new Sum();
      for (int i = 0; i < size; i++) {
        BigInteger factor = known.number(32);
        sum.add(factor, i % 7, false).add(factor, i % 7, true);
      }
      assertTrue(check(BigInteger.ZERO, sum).isInfinity());
      KnownPoints.Sum rest = known.new Sum().addRandom(size, 32);
      assertTrue(
          check(rest.logarithm.negate().mod(Scalar.ORDER), rest, BigInteger.ZERO).isInfinity());
    }
  }

  @Test
  void manyTimesTheSameTermIsItsMultiple() {
    for (int size : List.of(2, 3, 5, 64, 257, 1000)) {
      for (BigInteger factor : List.of(ONE, MINUS_ONE, lambda(), known.number(32))) {
        KnownPoints.Sum sum = known.new Sum();
        for (int i = 0; i < size; i++) {
          sum.add(factor, 5, false);
        }
        check(factor, sum);
      }
    }
  }

  @Test
  void theGeneratorMayBeAmongThePoints() {
    BigInteger factor = known.number(32);
    ECPoint sum =
        MultiScalar.sum(
            factor,
            List.of(factor, MINUS_ONE),
            List.of(
                Secp256k1Curve.GENERATOR, AffinePoint.of(KnownPoints.product(ONE).normalize())));
    assertEquals(KnownPoints.product(factor.shiftLeft(1).subtract(ONE)), sum);
  }

  @Test
  void aPointIsReadFromItsUncompressedEncoding() {
    ECPoint point = KnownPoints.product(BigInteger.TEN).normalize();
    AffinePoint read = AffinePoint.ofUncompressed(point.getEncoded(false));
    assertEquals(point, read.onCurve());
  }

  private static BigInteger lambda() {
    return new BigInteger("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72", 16);
  }

  private static List<Term> terms(KnownPoints.Sum sum) {
    return IntStream.range(0, sum.factors.size())
        .mapToObj(i -> Secp256k1Curve.split(sum.factors.get(i), sum.terms.get(i)))
        .toList();
  }

  private ECPoint check(BigInteger ofGenerator, KnownPoints.Sum sum) {
    return check(ofGenerator, sum, ofGenerator.add(sum.logarithm));
  }

  private ECPoint check(BigInteger ofGenerator, KnownPoints.Sum sum, BigInteger logarithm) {
    ECPoint got = MultiScalar.sum(ofGenerator, sum.factors, sum.terms);
    assertEquals(
        KnownPoints.product(logarithm), got, () -> sum.factors.size() + " terms, " + random);
    return got;
  }
}
