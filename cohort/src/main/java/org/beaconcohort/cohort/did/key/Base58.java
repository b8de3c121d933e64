package org.beaconcohort.cohort.did.key;

import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Base58 with Bitcoin's alphabet ({@code base58btc}), for short byte strings of known length, and
 * Base58Check, which adds 4 bytes of checksum. Exactly one text stands for given bytes.
 */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHECKSUM_SIZE = 4;

  private Base58() {}

  /** The text of {@code bytes}. */
  public static String encode(Bytes bytes) {
    int zeros = 0;
    while (zeros < bytes.size() && bytes.at(zeros) == 0) {
      zeros++;
    }
    // Digits of base 58, least significant first; 58^11 > 2^64 bounds their number.
    int[] digits = new int[(bytes.size() - zeros) * 11 / 8 + 1];
    int used = 0;
    for (int i = zeros; i < bytes.size(); i++) {
      int carry = bytes.at(i);
      for (int at = 0; at < used || carry > 0; at++) {
        carry += digits[at] << 8;
        digits[at] = carry % 58;
        carry /= 58;
        used = Math.max(used, at + 1);
      }
    }
    StringBuilder text = new StringBuilder("1".repeat(zeros));
    for (int at = used - 1; at >= 0; at--) {
      text.append(ALPHABET.charAt(digits[at]));
    }
    return text.toString();
  }

  /**
   * The bytes of {@code text}.
   *
   * @param size how many bytes there must be
   * @throws MalformedKeyException if {@code text} is not Base58 of {@code size} bytes
   */
  public static Bytes decode(String text, int size) {
    // No byte takes more than 1.37 characters; checked first because decoding takes quadratic time.
    if (text.length() > size * 11L / 8 + 1) {
      throw new MalformedKeyException(
          "Base58 text must be of " + size + " bytes, got " + text.length() + " characters");
    }
    byte[] bytes = new byte[size];
    int used = 0;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int carry = ALPHABET.indexOf(text.charAt(i));
      if (carry < 0) {
        throw new MalformedKeyException(
            "Base58 character must be one of " + ALPHABET + ", got U+" + hex(text.charAt(i)));
      }
      if (carry == 0 && zeros == i) {
        zeros++;
      }
      for (int at = 0; at < used || carry > 0; at++) {
        if (at == size) {
          throw wrongSize(size, "more");
        }
        int position = size - 1 - at;
        carry += 58 * (bytes[position] & 0xff);
        bytes[position] = (byte) carry;
        carry >>>= 8;
        used = Math.max(used, at + 1);
      }
    }
    if (zeros + used != size) {
      throw wrongSize(size, String.valueOf(zeros + used));
    }
    return Bytes.of(bytes);
  }

  /** The Base58Check text of {@code payload}, version byte included. */
  public static String encodeCheck(Bytes payload) {
    return encode(Bytes.concat(payload, checksum(payload)));
  }

  /**
   * The payload of a Base58Check text, version byte included.
   *
   * @param size bytes of the payload, checksum not counted
   * @throws MalformedKeyException if {@code text} is not of that size or its checksum is wrong
   */
  public static Bytes decodeCheck(String text, int size) {
    Bytes all = decode(text, size + CHECKSUM_SIZE);
    Bytes payload = all.slice(0, size);
    if (!checksum(payload).equals(all.slice(size, size + CHECKSUM_SIZE))) {
      throw new MalformedKeyException(
          "Base58Check checksum does not match: the text was mistyped or cut");
    }
    return payload;
  }

  private static Bytes checksum(Bytes payload) {
    return TaggedHash.sha256(TaggedHash.sha256(payload)).slice(0, CHECKSUM_SIZE);
  }

  private static MalformedKeyException wrongSize(int size, String found) {
    return new MalformedKeyException("Base58 text must be of " + size + " bytes, got " + found);
  }

  private static String hex(char c) {
    return String.format("%04X", (int) c);
  }
}
