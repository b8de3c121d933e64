package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation on secret numbers gives the same on both engines; these are nobody's. */
@Tag("names-its-engines")
final class EnginesAgreeOnSecretsTest {
  private static final BigInteger N = Scalar.ORDER;

  private final CurveEngine java = CurveEngines.bouncyCastle();
  private final CurveEngine c = TestEngines.nativeOrSkip();
  private final SeededRandom random = new SeededRandom(41);

  @Test
  void multiplesOfTheGeneratorAreTheSame() {
    for (Scalar number : numbers()) {
      Bytes secret = number.bytes();
      Bytes product = java.multiplyGeneratorSecret(secret.toArray()).compressed();
      assertEquals(product, c.multiplyGeneratorSecret(secret.toArray()).compressed(), secret::hex);
      assertEquals(product, java.sumOfProducts(number, List.of(), List.of()).compressed());
      assertEquals(product, c.sumOfProducts(number, List.of(), List.of()).compressed());
    }
  }

  @Test
  void multiplesOfAPointAreTheSame() {
    for (Scalar number : numbers()) {
      Bytes encoding = random.key().publicKey();
      if (!number.isZero()) {
        byte[] secret = number.bytes().toArray();
        Bytes x = Bytes.of(java.multiplySecret(java.decode(encoding), secret));
        assertEquals(x, Bytes.of(c.multiplySecret(c.decode(encoding), secret)), random::toString);
        assertEquals(
            x, c.sumOfProducts(Scalar.ZERO, List.of(number), List.of(c.decode(encoding))).xOnly());
      }
    }
  }

  @Test
  void aProductAtInfinityHasNoCoordinate() {
    byte[] one = Scalar.ONE.bytes().toArray();
    for (CurveEngine engine : List.of(java, c)) {
      for (CurvePoint infinity : List.of(java.infinity(), c.infinity())) {
        assertThrows(IllegalStateException.class, () -> engine.multiplySecret(infinity, one));
      }
      assertThrows(
          IllegalStateException.class,
          () -> engine.multiplySecret(engine.generator(), new byte[32]));
    }
  }

  @Test
  void combinationsAreTheSame() {
    for (int run = 0; run < 1_000; run++) {
      List<Scalar> factors = new ArrayList<>();
      List<byte[]> secrets = new ArrayList<>();
      Scalar constant = anyNumber();
      BigInteger expected = constant.value();
      for (int terms = random.below(5); terms > 0; terms--) {
        Scalar factor = anyNumber();
        Scalar secret = anyNumber();
        factors.add(factor);
        secrets.add(secret.bytes().toArray());
        expected = expected.add(factor.value().multiply(secret.value())).mod(N);
      }
      assertCombination(expected, constant, factors, secrets);
      // And taken to 0 by one more term.
      factors.add(Scalar.ONE);
      secrets.add(new Scalar(expected).negate().bytes().toArray());
      assertCombination(BigInteger.ZERO, constant, factors, secrets);
      // And on from 0.
      factors.add(Scalar.MINUS_ONE);
      secrets.add(Scalar.ONE.bytes().toArray());
      assertCombination(N.subtract(BigInteger.ONE), constant, factors, secrets);
    }
  }

  private void assertCombination(
      BigInteger expected, Scalar constant, List<Scalar> factors, List<byte[]> secrets) {
    Bytes bytes = new Scalar(expected).bytes();
    List<Bytes> before = secrets.stream().map(Bytes::of).toList();
    for (CurveEngine engine : List.of(java, c)) {
      byte[] combined = engine.combineSecret(constant, factors, secrets);
      assertEquals(bytes, Bytes.of(combined), () -> engine.name() + ", " + random);
      // The caller wipes the result: it must be nobody else's array.
      SecretNumbers.wipe(combined);
      assertEquals(before, secrets.stream().map(Bytes::of).toList(), engine::name);
    }
  }

  private Scalar anyNumber() {
    return switch (random.below(6)) {
      case 0 -> Scalar.ZERO;
      case 1 -> Scalar.ONE;
      case 2 -> Scalar.MINUS_ONE;
      case 3 -> Scalar.reduce(random.bytes(1 + random.below(8)));
      default -> Scalar.reduce(random.bytes(32));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "00000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000000000000000001",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void whatIsNoNumberBelowTheOrderIsRefusedAndNotShown(String hex) {
    byte[] no = Bytes.ofHex(hex).toArray();
    byte[] one = Scalar.ONE.bytes().toArray();
    for (CurveEngine engine : List.of(java, c)) {
      List<Executable> uses =
          List.of(
              () -> engine.multiplyGeneratorSecret(no),
              () -> engine.multiplySecret(engine.generator(), no),
              () ->
                  engine.combineSecret(
                      Scalar.ONE, List.of(Scalar.ONE, Scalar.ONE), List.of(one, no)));
      for (Executable use : uses) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, use);
        assertFalse(String.valueOf(refusal.getMessage()).contains("ff"), refusal::getMessage);
      }
      assertArrayEquals(Bytes.ofHex(hex).toArray(), no);
    }
  }

  /** 0, 1, n − 1, powers of two, and random ones. */
  private List<Scalar> numbers() {
    List<Scalar> numbers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      numbers.add(new Scalar(BigInteger.valueOf(i)));
      numbers.add(new Scalar(N.subtract(BigInteger.valueOf(i + 1))));
      numbers.add(new Scalar(N.shiftRight(1).add(BigInteger.valueOf(i))));
    }
    for (int bit = 0; bit < 256; bit += 5) {
      numbers.add(Scalar.reduce(Bytes.of(power(bit))));
    }
    for (int i = 0; i < 100; i++) {
      numbers.add(Scalar.reduce(random.bytes(32)));
    }
    return numbers;
  }

  private static byte[] power(int bit) {
    return BigIntegers.asUnsignedByteArray(32, BigInteger.ONE.shiftLeft(bit));
  }
}
