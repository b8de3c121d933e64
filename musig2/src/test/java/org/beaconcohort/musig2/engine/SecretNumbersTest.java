package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

/** Against BigInteger, which may see these numbers because they are nobody's secret. */
final class SecretNumbersTest {
  private static final BigInteger N = Scalar.ORDER;

  @Test
  void rangeAndReductionAgreeWithBigInteger() {
    for (BigInteger number : numbers()) {
      byte[] bytes = BigIntegers.asUnsignedByteArray(32, number);
      boolean valid = number.signum() > 0 && number.compareTo(N) < 0;
      assertEquals(valid, SecretNumbers.isValidKey(bytes), () -> "range of " + number);
      assertEquals(number.signum(), SecretNumbers.isNonZero(bytes), () -> "zero of " + number);
      assertEquals(
          number.mod(N), new BigInteger(1, SecretNumbers.modOrder(bytes)), () -> number + " mod n");
    }
  }

  @Test
  void combinationsAgreeWithBigInteger() {
    SeededRandom random = new SeededRandom(3);
    CurveEngine engine = new BouncyCastleEngine();
    for (int i = 0; i < 200; i++) {
      List<Scalar> factors = new ArrayList<>();
      List<byte[]> secrets = new ArrayList<>();
      Scalar constant = Scalar.reduce(random.bytes(32));
      BigInteger expected = constant.value();
      for (int terms = random.below(4); terms > 0; terms--) {
        Scalar factor = Scalar.reduce(random.bytes(random.below(33)));
        Scalar secret = Scalar.reduce(random.bytes(random.below(33)));
        factors.add(factor);
        secrets.add(secret.bytes().toArray());
        expected = expected.add(factor.value().multiply(secret.value())).mod(N);
      }
      Bytes combined = Bytes.of(engine.combineSecret(constant, factors, secrets));
      assertEquals(new Scalar(expected), Scalar.of(combined), random::toString);
    }
  }

  private static List<BigInteger> numbers() {
    SeededRandom random = new SeededRandom(4);
    List<BigInteger> numbers = new ArrayList<>();
    BigInteger top = BigInteger.ONE.shiftLeft(256);
    for (int i = 0; i < 3; i++) {
      BigInteger offset = BigInteger.valueOf(i);
      numbers.add(offset);
      numbers.add(N.add(offset));
      numbers.add(N.subtract(offset));
      numbers.add(top.subtract(offset).subtract(BigInteger.ONE));
    }
    for (int i = 0; i < 256; i++) {
      numbers.add(BigInteger.ONE.shiftLeft(i));
      numbers.add(new BigInteger(1, random.bytes(32).toArray()));
    }
    return numbers;
  }
}
