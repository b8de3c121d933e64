package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.curve.InvalidSecretKeyException;

/** A secret key as 64 hexadecimal digits. */
public final class HexKey {
  private static final int DIGITS = 2 * KeyNumber.SIZE;
  private static final String NEXT = "give 64 hexadecimal digits, and nothing else";

  private HexKey() {}

  /**
   * The key of 64 hexadecimal digits in either case.
   *
   * @throws MalformedKeyException for anything else, 0, or n and above
   */
  public static KeyNumber decode(SecretText text) {
    if (text.length() != DIGITS) {
      throw new MalformedKeyException(
          "key in hexadecimal must be " + DIGITS + " digits, got " + text.length() + " characters",
          NEXT);
    }
    byte[] number = new byte[KeyNumber.SIZE];
    for (int i = 0; i < DIGITS; i++) {
      char unit = text.at(i);
      int digit = unit < 0x80 ? Character.digit(unit, 16) : -1;
      if (digit < 0) {
        Arrays.fill(number, (byte) 0);
        throw new MalformedKeyException(
            "key in hexadecimal must be digits, character " + (i + 1) + " is none", NEXT);
      }
      number[i / 2] = (byte) (number[i / 2] << 4 | digit);
    }
    return checked(number, "key in hexadecimal");
  }

  /** 64 lower-case digits. */
  public static SecretText encode(KeyNumber key) {
    byte[] number = key.copy();
    char[] digits = new char[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      digits[i] = Character.forDigit((number[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf, 16);
    }
    Arrays.fill(number, (byte) 0);
    return SecretText.of(digits);
  }

  /** The key of 32 bytes that some text stood for; they are overwritten. */
  static KeyNumber checked(byte[] number, String what) {
    try {
      return KeyNumber.of(number);
    } catch (InvalidSecretKeyException outOfRange) {
      throw new MalformedKeyException(
          what + " must be a number from 1 to n - 1 of secp256k1, it is not",
          "take the key from where it was made again");
    }
  }
}
