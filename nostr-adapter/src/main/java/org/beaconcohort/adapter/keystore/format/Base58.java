package org.beaconcohort.adapter.keystore.format;

import java.util.Arrays;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.musig2.hash.Sha256;

/** Base58Check over secret bytes: arrays that are overwritten, where libraries take strings. */
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHECKSUM = 4;

  private Base58() {}

  /** The text of {@code payload} and its checksum; the payload stays the caller's to overwrite. */
  static SecretText encodeChecked(byte[] payload) {
    byte[] sum = checksum(payload, payload.length);
    byte[] all = Arrays.copyOf(payload, payload.length + CHECKSUM);
    System.arraycopy(sum, 0, all, payload.length, CHECKSUM);
    int zeros = 0;
    while (zeros < all.length && all[zeros] == 0) {
      zeros++;
    }
    char[] reversed = new char[all.length * 138 / 100 + 1];
    int length = 0;
    for (int from = zeros; from < all.length; ) {
      int rest = 0;
      for (int i = from; i < all.length; i++) {
        int value = (rest << 8) | (all[i] & 0xff);
        all[i] = (byte) (value / 58);
        rest = value % 58;
      }
      reversed[length++] = ALPHABET.charAt(rest);
      while (from < all.length && all[from] == 0) {
        from++;
      }
    }
    char[] text = new char[zeros + length];
    Arrays.fill(text, 0, zeros, '1');
    for (int i = 0; i < length; i++) {
      text[zeros + i] = reversed[length - 1 - i];
    }
    Arrays.fill(reversed, '\0');
    return SecretText.of(text);
  }

  /**
   * The payload, without its checksum; the caller overwrites it.
   *
   * @param size bytes of the payload
   * @throws MalformedKeyException if the text is of another size, of other characters, or mistyped
   */
  static byte[] decodeChecked(SecretText text, int size, String what, String next) {
    byte[] all = new byte[size + CHECKSUM];
    try {
      int zeros = 0;
      while (zeros < text.length() && text.at(zeros) == '1') {
        zeros++;
      }
      for (int i = 0; i < text.length(); i++) {
        int digit = ALPHABET.indexOf(text.at(i));
        if (digit < 0) {
          throw new MalformedKeyException(
              what + " must be Base58, character " + (i + 1) + " is not", next);
        }
        multiplyAdd(all, digit, what, next);
      }
      int leading = 0;
      while (leading < all.length && all[leading] == 0) {
        leading++;
      }
      if (leading != zeros) {
        throw wrongSize(size, what, next);
      }
      byte[] sum = checksum(all, size);
      if (!Arrays.equals(sum, 0, CHECKSUM, all, size, all.length)) {
        throw new MalformedKeyException(
            what + " must end with its checksum, it does not: it was mistyped or cut", next);
      }
      return Arrays.copyOf(all, size);
    } finally {
      Arrays.fill(all, (byte) 0);
    }
  }

  private static void multiplyAdd(byte[] number, int digit, String what, String next) {
    int carry = digit;
    for (int i = number.length - 1; i >= 0; i--) {
      int value = (number[i] & 0xff) * 58 + carry;
      number[i] = (byte) value;
      carry = value >>> 8;
    }
    if (carry != 0) {
      throw wrongSize(number.length - CHECKSUM, what, next);
    }
  }

  private static MalformedKeyException wrongSize(int size, String what, String next) {
    return new MalformedKeyException(
        what + " must be of " + size + " bytes, it is of another size", next);
  }

  private static byte[] checksum(byte[] payload, int length) {
    byte[] part = Arrays.copyOf(payload, length);
    byte[] once = Sha256.plain().add(part).finish();
    Arrays.fill(part, (byte) 0);
    return Sha256.plain().add(once).finish();
  }
}
