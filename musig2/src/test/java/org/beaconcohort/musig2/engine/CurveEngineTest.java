package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CurveEngineTest {
  private static final String FIELD =
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
  private static final String G_X =
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String G_Y =
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
  private static final String NO_X =
      "0000000000000000000000000000000000000000000000000000000000000005";

  private final CurveEngine engine = CurveEngines.get();
  private final SeededRandom random = new SeededRandom(5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        G_X,
        "02" + G_X + "00",
        "04" + G_X + G_Y,
        "00" + G_X,
        "01" + G_X,
        "04" + G_X,
        "05" + G_X,
        "06" + G_X,
        "ff" + G_X,
        "02" + NO_X,
        "03" + NO_X,
        "02" + FIELD,
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "000000000000000000000000000000000000000000000000000000000000000000"
      })
  void whatIsNoCompressedPointIsRefused(String hex) {
    Bytes bytes = Bytes.ofHex(hex);
    assertThrows(InvalidPointException.class, () -> engine.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "79", "02" + G_X, NO_X, FIELD})
  void whatIsNoXCoordinateIsRefused(String hex) {
    Bytes bytes = Bytes.ofHex(hex);
    assertThrows(InvalidPointException.class, () -> engine.liftX(bytes));
  }

  @Test
  void theGeneratorDecodesAndLifts() {
    assertEquals(engine.generator(), engine.decode(Bytes.ofHex("02" + G_X)));
    assertEquals(engine.generator(), engine.liftX(Bytes.ofHex(G_X)));
    assertEquals(engine.negate(engine.generator()), engine.decode(Bytes.ofHex("03" + G_X)));
    assertTrue(engine.generator().hasEvenY());
  }

  @Test
  void infinityHasAnEncodingAndNoCoordinates() {
    CurvePoint infinity = engine.sum(List.of());
    assertTrue(infinity.isInfinity());
    assertEquals(engine.infinity(), infinity);
    assertEquals(Bytes.of(new byte[33]), infinity.compressed());
    assertThrows(IllegalStateException.class, infinity::xOnly);
    assertThrows(IllegalStateException.class, infinity::hasEvenY);
  }

  @Test
  void aPointAndItsNegationCancel() {
    CurvePoint point = engine.decode(random.key().publicKey());
    assertTrue(engine.sum(List.of(point, engine.negate(point))).isInfinity());
    CurvePoint difference =
        engine.sumOfProducts(
            Scalar.ZERO, List.of(Scalar.ONE, Scalar.MINUS_ONE), List.of(point, point));
    assertTrue(difference.isInfinity());
  }

  @Test
  void infinityIsNeutralInEveryPlace() {
    CurvePoint point = engine.decode(random.key().publicKey());
    CurvePoint infinity = engine.infinity();
    assertEquals(point, engine.sum(List.of(infinity, point, infinity)));
    Scalar any = Scalar.reduce(random.bytes(32));
    assertEquals(
        point,
        engine.sumOfProducts(
            Scalar.ZERO, List.of(any, Scalar.ONE, any), List.of(infinity, point, infinity)));
    assertTrue(engine.sumOfProducts(Scalar.ZERO, List.of(any), List.of(infinity)).isInfinity());
    assertTrue(engine.negate(infinity).isInfinity());
  }

  @Test
  void publicAndSecretMultiplicationAgree() {
    for (int i = 0; i < 20; i++) {
      Scalar k = Scalar.reduce(random.bytes(32));
      byte[] secret = k.bytes().toArray();
      CurvePoint point = engine.decode(random.key().publicKey());
      assertEquals(
          engine.sumOfProducts(k, List.of(), List.of()),
          engine.multiplyGeneratorSecret(secret),
          random::toString);
      assertEquals(
          engine.sumOfProducts(Scalar.ZERO, List.of(k), List.of(point)).xOnly(),
          Bytes.of(engine.multiplySecret(point, secret)),
          random::toString);
    }
  }

  @Test
  void aSumOfProductsIsTheSumOfTheProducts() {
    for (int size = 0; size < 12; size++) {
      Scalar ofGenerator = Scalar.reduce(random.bytes(32));
      List<Scalar> factors = new ArrayList<>();
      List<CurvePoint> points = new ArrayList<>();
      List<CurvePoint> products = new ArrayList<>();
      products.add(engine.multiplyGeneratorSecret(ofGenerator.bytes().toArray()));
      for (int i = 0; i < size; i++) {
        byte[] number = Scalar.reduce(random.bytes(32)).bytes().toArray();
        Scalar factor = Scalar.reduce(random.bytes(random.below(33)));
        factors.add(factor);
        points.add(engine.multiplyGeneratorSecret(number));
        byte[] product = engine.combineSecret(Scalar.ZERO, List.of(factor), List.of(number));
        products.add(engine.multiplyGeneratorSecret(product));
      }
      assertEquals(
          engine.sum(products),
          engine.sumOfProducts(ofGenerator, factors, points),
          () -> "size " + points.size() + ", " + random);
    }
  }

  @Test
  void factorsMustBeAsManyAsOperands() {
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.sumOfProducts(Scalar.ONE, List.of(Scalar.ONE), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.combineSecret(Scalar.ONE, List.of(), List.of(new byte[32])));
  }

  @Test
  void aPointOfAnotherEngineIsTaken() {
    CurvePoint own = engine.decode(random.key().publicKey());
    CurvePoint foreign = new ForeignPoint(own.compressed());
    CurvePoint foreignInfinity = new ForeignPoint(Bytes.of(new byte[33]));
    assertEquals(own, engine.sum(List.of(foreign, foreignInfinity)));
  }

  @Test
  void pointsAreEqualByContent() {
    Bytes encoded = random.key().publicKey();
    CurvePoint point = engine.decode(encoded);
    assertEquals(point, engine.decode(encoded));
    assertEquals(point.hashCode(), engine.decode(encoded).hashCode());
    assertFalse(point.equals(engine.generator()));
    assertEquals(encoded.hex(), point.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void aScalarOfAnotherLengthIsRefused(int size) {
    Bytes bytes = Bytes.of(new byte[size]);
    assertFalse(Scalar.fits(bytes));
    assertThrows(IllegalArgumentException.class, () -> Scalar.of(bytes));
  }

  @Test
  void aScalarIsBelowTheOrder() {
    Bytes order = Bytes.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    assertFalse(Scalar.fits(order));
    assertThrows(IllegalArgumentException.class, () -> Scalar.of(order));
    assertTrue(Scalar.reduce(order).isZero());
    assertTrue(Scalar.fits(Scalar.MINUS_ONE.bytes()));
    assertEquals(Scalar.ZERO, Scalar.MINUS_ONE.plus(Scalar.ONE));
    assertEquals(Scalar.ONE, Scalar.MINUS_ONE.times(Scalar.MINUS_ONE));
  }

  /** What a second engine would make. */
  private record ForeignPoint(Bytes compressed) implements CurvePoint {
    @Override
    public boolean isInfinity() {
      return compressed.at(0) == 0;
    }

    @Override
    public boolean hasEvenY() {
      return compressed.at(0) == 2;
    }

    @Override
    public Bytes xOnly() {
      return compressed.slice(1, 33);
    }
  }
}
