package org.beaconcohort.musig2.multiscalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SignedNumberTest {
  private static final SeededRandom RANDOM = new SeededRandom(60);

  /** Every length, with all bits set, one bit set, and random. */
  private static final List<BigInteger> NUMBERS = numbers();

  private static List<BigInteger> numbers() {
    List<BigInteger> numbers = new ArrayList<>(List.of(BigInteger.ZERO));
    for (int bits = 1; bits < SignedNumber.POSITIONS; bits++) {
      BigInteger power = BigInteger.ONE.shiftLeft(bits);
      BigInteger random = new BigInteger(bits, RANDOM);
      for (BigInteger each : List.of(power.subtract(BigInteger.ONE), power.shiftRight(1), random)) {
        numbers.add(each);
        numbers.add(each.negate());
      }
    }
    return numbers;
  }

  private record Digit(int bit, int value) {}

  static IntStream widths() {
    return IntStream.rangeClosed(2, 14);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void windowsAddUpToTheNumber(int width) {
    int half = 1 << (width - 1);
    for (BigInteger number : NUMBERS) {
      List<Digit> digits = new ArrayList<>();
      SignedNumber signed = SignedNumber.of(number);
      signed.forEachWindow(width, (bit, value) -> digits.add(new Digit(bit, value)));
      assertEquals(number, value(digits));
      assertTrue(digits.size() <= signed.windows(width), number::toString);
      for (Digit each : digits) {
        assertEquals(0, each.bit() % width);
        assertTrue(each.value() != 0 && Math.abs(each.value()) <= half, number::toString);
        assertTrue(each.bit() < SignedNumber.POSITIONS, number::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("widths")
  void oddDigitsAddUpToTheNumberAndKeepTheirDistance(int width) {
    int half = 1 << (width - 1);
    for (BigInteger number : NUMBERS) {
      List<Digit> digits = new ArrayList<>();
      SignedNumber.of(number).forEachOdd(width, (bit, value) -> digits.add(new Digit(bit, value)));
      assertEquals(number, value(digits));
      int free = 0;
      for (Digit each : digits) {
        assertTrue(each.value() % 2 != 0 && Math.abs(each.value()) < half, number::toString);
        assertTrue(each.bit() >= free && each.bit() < SignedNumber.POSITIONS, number::toString);
        free = each.bit() + width;
      }
    }
  }

  private static BigInteger value(List<Digit> digits) {
    BigInteger sum = BigInteger.ZERO;
    for (Digit each : digits) {
      sum = sum.add(BigInteger.valueOf(each.value()).shiftLeft(each.bit()));
    }
    return sum;
  }
}
