package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of products of every size, on both sides of where engines change their way. */
final class LargeSumsTest {
  private static final int POOL = 50;

  private final SeededRandom random = new SeededRandom(64);

  static Stream<CurveEngine> engines() {
    return Stream.concat(
        Stream.of(CurveEngines.bouncyCastle()), CurveEngines.libsecp256k1().stream());
  }

  /** Points whose multiple of G is known. */
  private record Pool(List<Scalar> logarithms, List<CurvePoint> points) {
    static Pool of(CurveEngine engine, SeededRandom random) {
      List<Scalar> logarithms =
          Stream.generate(() -> Scalar.reduce(random.bytes(32))).limit(POOL).toList();
      List<CurvePoint> points =
          logarithms.stream()
              .map(each -> engine.multiplyGeneratorSecret(each.bytes().toArray()))
              .toList();
      return new Pool(logarithms, points);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theSumIsTheOneThatIsKnown(CurveEngine engine) {
    Pool pool = Pool.of(engine, random);
    for (int size = 0; size <= 300; size += size < 20 ? 1 : size < 70 || size > 90 ? 13 : 1) {
      check(engine, pool, size);
    }
    check(engine, pool, 1000);
  }

  private void check(CurveEngine engine, Pool pool, int size) {
    Scalar ofGenerator = size % 2 == 0 ? Scalar.ZERO : Scalar.reduce(random.bytes(32));
    Scalar logarithm = ofGenerator;
    List<Scalar> factors = new ArrayList<>();
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Scalar factor =
          switch (random.below(8)) {
            case 0 -> Scalar.ZERO;
            case 1 -> Scalar.ONE;
            case 2 -> Scalar.MINUS_ONE;
            case 3 -> Scalar.reduce(random.bytes(8));
            case 4 -> Scalar.reduce(random.bytes(8)).negate();
            default -> Scalar.reduce(random.bytes(32));
          };
      int which = random.below(POOL + 1);
      factors.add(factor);
      points.add(which == POOL ? engine.infinity() : pool.points().get(which));
      logarithm =
          which == POOL ? logarithm : logarithm.plus(factor.times(pool.logarithms().get(which)));
    }
    assertEquals(
        engine.multiplyGeneratorSecret(logarithm.bytes().toArray()),
        engine.sumOfProducts(ofGenerator, factors, points),
        () -> size + " terms, " + random);
    Scalar rest = ofGenerator.plus(logarithm.negate());
    assertTrue(engine.sumsToInfinity(rest, factors, points));
    assertTrue(engine.sumOfProducts(rest, factors, points).isInfinity());
    assertFalse(engine.sumsToInfinity(rest.plus(Scalar.ONE), factors, points));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void pointsOfTheOtherEngineAreTaken(CurveEngine engine) {
    for (CurveEngine other : engines().toList()) {
      Pool pool = Pool.of(other, random);
      for (int size : List.of(3, 50)) {
        List<Scalar> factors = pool.logarithms().subList(0, size);
        List<CurvePoint> points = pool.points().subList(0, size);
        CurvePoint sum = other.sumOfProducts(Scalar.ONE, factors, points);
        assertEquals(sum, engine.sumOfProducts(Scalar.ONE, factors, points));
      }
    }
  }
}
