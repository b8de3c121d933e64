package org.beaconcohort.musig2.multiscalar;

import java.math.BigInteger;

/** A public integer, cut into signed digits. */
final class SignedNumber {
  /** Of digits: the longest number here has 129 bits, and a carry may add one. */
  static final int POSITIONS = 130;

  static final SignedNumber ZERO = of(BigInteger.ZERO);

  private final boolean negative;
  private final int bits;

  /** The absolute value in 32-bit words, lowest first, with one word of zeros above it. */
  private final int[] words;

  private SignedNumber(boolean negative, int bits, int[] words) {
    this.negative = negative;
    this.bits = bits;
    this.words = words;
  }

  static SignedNumber of(BigInteger number) {
    BigInteger rest = number.abs();
    int bits = rest.bitLength();
    int[] words = new int[bits / 32 + 2];
    for (int i = 0; 32 * i < bits; i++) {
      words[i] = rest.shiftRight(32 * i).intValue();
    }
    return new SignedNumber(number.signum() < 0, bits, words);
  }

  /** The length of the absolute value. */
  int bits() {
    return bits;
  }

  /** How many digits {@link #forEachWindow} may give. */
  int windows(int width) {
    return bits == 0 ? 0 : bits / width + 1;
  }

  /** Takes a digit and its bit position. */
  interface DigitConsumer {
    void accept(int position, int digit);
  }

  /**
   * The number as Σ digit·2^position with digits from −2^(width−1) + 1 to 2^(width−1) at multiples
   * of width. Digits of 0 are left out.
   */
  void forEachWindow(int width, DigitConsumer consumer) {
    int carry = 0;
    for (int position = 0; position < bits + carry; position += width) {
      int digit = window(position, width) + carry;
      carry = digit > 1 << (width - 1) ? 1 : 0;
      give(position, digit - (carry << width), consumer);
    }
  }

  /**
   * The number as Σ digit·2^position with odd digits of absolute value below 2^(width−1), no two of
   * them closer than width: width-w NAF.
   */
  void forEachOdd(int width, DigitConsumer consumer) {
    int carry = 0;
    int position = 0;
    while (position < bits + carry) {
      if (window(position, 1) == carry) {
        position++;
        continue;
      }
      int digit = window(position, width) + carry;
      carry = digit > 1 << (width - 1) ? 1 : 0;
      give(position, digit - (carry << width), consumer);
      position += width;
    }
  }

  private void give(int position, int digit, DigitConsumer consumer) {
    if (digit != 0) {
      consumer.accept(position, negative ? -digit : digit);
    }
  }

  /** The bits from {@code position} on; zeros above the number. */
  private int window(int position, int width) {
    int word = position / 32;
    if (word >= words.length - 1) {
      return 0;
    }
    long two = (words[word] & 0xffffffffL) | ((long) words[word + 1] << 32);
    return (int) (two >>> (position % 32)) & ((1 << width) - 1);
  }
}
