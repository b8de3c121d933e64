package org.beaconcohort.musig2.engine;

import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** Range questions about secret 32-byte big-endian numbers, answered without secret branches. */
public final class SecretNumbers {
  private static final byte[] ORDER = BigIntegers.asUnsignedByteArray(32, Scalar.ORDER);

  private SecretNumbers() {}

  /** Whether the 32-byte number is from 1 to n − 1. */
  public static boolean isValidKey(byte[] number) {
    byte[] difference = new byte[32];
    int valid = isNonZero(number) & borrowOfOrder(number, difference);
    wipe(difference);
    return valid == 1;
  }

  /** Whether the 32-byte number is below n. */
  public static boolean isBelowOrder(byte[] number) {
    byte[] difference = new byte[32];
    int below = borrowOfOrder(number, difference);
    wipe(difference);
    return below == 1;
  }

  /** The number mod n, in a new array; a 32-byte number is below 2n. */
  public static byte[] modOrder(byte[] number) {
    byte[] difference = new byte[32];
    int keepNumber = -borrowOfOrder(number, difference);
    byte[] reduced = new byte[32];
    for (int i = 0; i < 32; i++) {
      reduced[i] = (byte) ((number[i] & keepNumber) | (difference[i] & ~keepNumber));
    }
    wipe(difference);
    return reduced;
  }

  /** 1 if any bit of the number is set, else 0. */
  public static int isNonZero(byte[] number) {
    int any = 0;
    for (byte b : number) {
      any |= b & 0xff;
    }
    return -any >>> 31;
  }

  /** Overwrites the number with zeros. */
  public static void wipe(byte[] number) {
    Arrays.fill(number, (byte) 0);
  }

  /** Puts number − n mod 2^256 into {@code difference}; 1 if number is below n, else 0. */
  private static int borrowOfOrder(byte[] number, byte[] difference) {
    int borrow = 0;
    for (int i = 31; i >= 0; i--) {
      int digit = (number[i] & 0xff) - (ORDER[i] & 0xff) - borrow;
      difference[i] = (byte) digit;
      borrow = digit >>> 31;
    }
    return borrow;
  }
}
