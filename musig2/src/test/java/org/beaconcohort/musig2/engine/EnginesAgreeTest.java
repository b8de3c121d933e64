package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every operation on public data gives the same on both engines. */
@Tag("names-its-engines")
final class EnginesAgreeTest {
  private static final BigInteger FIELD =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);

  private final CurveEngine java = CurveEngines.bouncyCastle();
  private final CurveEngine c = TestEngines.nativeOrSkip();
  private final SeededRandom random = new SeededRandom(40);

  @Test
  void theSameBytesArePoints() {
    int points = 0;
    for (Bytes encoding : encodings()) {
      points += same(engine -> engine.decode(encoding).compressed(), encoding) ? 1 : 0;
      same(engine -> engine.liftX(encoding).compressed(), encoding);
      Bytes x = encoding.size() < 33 ? encoding : encoding.slice(1, 33);
      same(engine -> engine.liftX(x).compressed(), x);
    }
    assertTrue(points > 500, "points: " + points);
  }

  /** Random ones, damaged ones, and those at the edges. */
  private List<Bytes> encodings() {
    List<Bytes> encodings = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Bytes prefix = Bytes.of(new byte[] {(byte) (i < 900 ? 2 + i % 2 : random.below(256))});
      encodings.add(Bytes.concat(prefix, random.bytes(32)));
      encodings.add(random.bytes(random.below(70)));
    }
    for (int bit = 0; bit < 33 * 8; bit++) {
      byte[] damaged = random.key().publicKey().toArray();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      encodings.add(Bytes.of(damaged));
    }
    for (int offset = -40; offset <= 40; offset++) {
      for (BigInteger edge : List.of(BigInteger.valueOf(40), Scalar.ORDER, FIELD)) {
        byte[] x = BigIntegers.asUnsignedByteArray(32, edge.add(BigInteger.valueOf(offset)));
        encodings.add(Bytes.concat(Bytes.ofHex("02"), Bytes.of(x)));
        encodings.add(Bytes.concat(Bytes.ofHex("03"), Bytes.of(x)));
      }
    }
    encodings.add(Bytes.of(new byte[33]));
    encodings.add(Bytes.ofHex("02" + "ff".repeat(32)));
    return encodings;
  }

  /** Fails unless both engines give the same, or refuse in the same words; whether they give. */
  private boolean same(Function<CurveEngine, Bytes> operation, Bytes input) {
    String one = outcome(operation, java);
    assertEquals(one, outcome(operation, c), () -> "of " + input + ", " + random);
    return !one.startsWith("refused");
  }

  private static String outcome(Function<CurveEngine, Bytes> operation, CurveEngine engine) {
    try {
      return operation.apply(engine).hex();
    } catch (InvalidPointException e) {
      return "refused: " + e.getMessage();
    }
  }

  @Test
  void generatorInfinityAndNegationAreTheSame() {
    assertEquals(java.generator(), c.generator());
    assertEquals(java.infinity(), c.infinity());
    assertEquals(java.negate(java.infinity()), c.negate(c.infinity()));
    for (int i = 0; i < 200; i++) {
      Bytes encoding = random.key().publicKey();
      CurvePoint one = java.negate(java.decode(encoding));
      CurvePoint two = c.negate(c.decode(encoding));
      assertEquals(one.compressed(), two.compressed());
      assertEquals(one.xOnly(), two.xOnly());
      assertEquals(one.hasEvenY(), two.hasEvenY());
      assertEquals(one.hashCode(), two.hashCode());
      assertEquals(encoding, c.negate(two).compressed());
    }
  }

  @Test
  void sumsOfAnyLengthAreTheSameAtEveryStep() {
    for (int size : List.of(0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 66, 97, 200)) {
      List<CurvePoint> points = pointsThatOftenCancel(size);
      PointSum one = java.emptySum();
      PointSum two = c.emptySum();
      for (CurvePoint point : points) {
        PointSum before = two;
        one = one.plus(point);
        two = two.plus(point);
        if (random.below(4) == 0) {
          assertEquals(one.value().compressed(), two.value().compressed(), random::toString);
          // A sum stays what it was.
          assertEquals(one.value(), before.plus(point).value(), random::toString);
        }
      }
      assertEquals(one.value().compressed(), two.value().compressed(), () -> "size " + size);
      assertEquals(one.value(), java.sum(points));
      assertEquals(one.value(), c.sum(points));
    }
  }

  /** Points of either engine, some infinity, some the negation or the repetition of another. */
  private List<CurvePoint> pointsThatOftenCancel(int size) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      CurveEngine engine = random.below(2) == 0 ? java : c;
      int kind = random.below(8);
      CurvePoint other = points.isEmpty() ? engine.generator() : points.get(random.below(i));
      points.add(
          switch (kind) {
            case 0 -> engine.infinity();
            case 1, 2 -> engine.negate(points.isEmpty() ? other : engine.sum(points));
            case 3 -> engine.negate(other);
            case 4 -> other;
            default -> engine.decode(random.key().publicKey());
          });
    }
    return points;
  }

  @Test
  void sumsOfProductsAreTheSame() {
    int atInfinity = 0;
    for (int run = 0; run < 300; run++) {
      int size = run < 200 ? random.below(5) : random.below(40);
      List<CurvePoint> points = pointsThatOftenCancel(size);
      List<Scalar> factors = new ArrayList<>();
      points.forEach(point -> factors.add(factor()));
      Scalar ofGenerator = factor();
      CurvePoint one = java.sumOfProducts(ofGenerator, factors, points);
      CurvePoint two = c.sumOfProducts(ofGenerator, factors, points);
      assertEquals(one.compressed(), two.compressed(), random::toString);
      assertInfinity(one.isInfinity(), ofGenerator, factors, points);

      // The same, taken to infinity by one more point.
      points.add(java.negate(one));
      factors.add(Scalar.ONE);
      assertInfinity(true, ofGenerator, factors, points);
      assertTrue(c.sumOfProducts(ofGenerator, factors, points).isInfinity());
      assertTrue(java.sumOfProducts(ofGenerator, factors, points).isInfinity());
      atInfinity += one.isInfinity() ? 1 : 0;
    }
    assertTrue(atInfinity > 0, "at infinity before it was asked for: " + atInfinity);
  }

  private void assertInfinity(
      boolean expected, Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    assertEquals(expected, java.sumsToInfinity(ofGenerator, factors, points), random::toString);
    assertEquals(expected, c.sumsToInfinity(ofGenerator, factors, points), random::toString);
  }

  private Scalar factor() {
    return switch (random.below(6)) {
      case 0 -> Scalar.ZERO;
      case 1 -> Scalar.ONE;
      case 2 -> Scalar.MINUS_ONE;
      case 3 -> Scalar.reduce(random.bytes(1 + random.below(8)));
      default -> Scalar.reduce(random.bytes(32));
    };
  }

  @Test
  void aPointOfOneEngineIsOneOfTheOther() {
    for (int i = 0; i < 50; i++) {
      Bytes encoding = random.key().publicKey();
      CurvePoint one = java.decode(encoding);
      CurvePoint two = c.decode(encoding);
      assertEquals(one, two);
      assertEquals(two, one);
      assertEquals(one.hashCode(), two.hashCode());
      assertEquals(java.negate(two), c.negate(one));
      assertTrue(java.sum(List.of(one, c.negate(two))).isInfinity());
      assertTrue(c.sum(List.of(two, java.negate(one))).isInfinity());
      byte[] secret = random.bytes(32).toArray();
      assertEquals(
          Bytes.of(java.multiplySecret(two, secret)), Bytes.of(c.multiplySecret(one, secret)));
    }
    assertEquals(java.infinity(), c.sum(List.of(java.infinity())));
    assertEquals(c.infinity(), java.sum(List.of(c.infinity())));
  }
}
