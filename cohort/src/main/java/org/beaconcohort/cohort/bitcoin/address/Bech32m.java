package org.beaconcohort.cohort.bitcoin.address;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Bech32m (BIP-350) over whole bytes, for did:btcr2 identifiers and segwit addresses.
 *
 * <p>Each byte string has exactly one text here: lower case, at most 4 padding bits, all of them 0.
 * Everything else is refused, so encoding what was decoded gives the same text again.
 */
public final class Bech32m {
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int CHECKSUM_LENGTH = 6;
  private static final int HRP_MAX_LENGTH = 83;

  /** A decoded text: the lower-case human-readable part and the bytes after the separator. */
  public record Decoded(String hrp, Bytes data) {}

  /** Which constant closes the checksum: segwit version 0 kept the older one (BIP-350). */
  enum Variant {
    BECH32("Bech32", 1),
    BECH32M("Bech32m", 0x2bc830a3);

    private final String title;
    private final int constant;

    Variant(String title, int constant) {
      this.title = title;
      this.constant = constant;
    }
  }

  /** A human-readable part and 5-bit symbols, checksum removed. */
  record Symbols(String hrp, Bytes values) {}

  private Bech32m() {}

  /**
   * The Bech32m text of {@code data}.
   *
   * @throws MalformedBech32mException if {@code hrp} is not 1 to 83 printable lower-case characters
   */
  public static String encode(String hrp, Bytes data) {
    return encodeSymbols(hrp, toSymbols(data), Variant.BECH32M);
  }

  /**
   * The bytes of a Bech32m text.
   *
   * @param maxLength the longest text accepted, in characters: 90 for addresses (BIP-173), by the
   *     caller's format for anything else
   * @throws MalformedBech32mException if {@code text} is not what {@link #encode} gives
   */
  public static Decoded decode(String text, int maxLength) {
    Symbols symbols = decodeSymbols(text, maxLength, Variant.BECH32M);
    return new Decoded(symbols.hrp, toBytes(symbols.values));
  }

  static String encodeSymbols(String hrp, Bytes symbols, Variant variant) {
    checkHrp(hrp);
    int checksum = checksum(hrp, symbols, CHECKSUM_LENGTH) ^ variant.constant;
    StringBuilder text = new StringBuilder(hrp).append('1');
    for (int i = 0; i < symbols.size(); i++) {
      text.append(ALPHABET.charAt(symbols.at(i)));
    }
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text.append(ALPHABET.charAt((checksum >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31));
    }
    return text.toString();
  }

  static Symbols decodeSymbols(String text, int maxLength, Variant variant) {
    if (text.length() > maxLength) {
      throw new MalformedBech32mException(
          variant.title
              + " text must be at most "
              + maxLength
              + " characters, got "
              + text.length());
    }
    int separator = text.lastIndexOf('1');
    if (separator < 0) {
      throw new MalformedBech32mException(variant.title + " text must have a separator '1'");
    }
    String hrp = text.substring(0, separator);
    checkHrp(hrp);
    int symbolCount = text.length() - separator - 1;
    if (symbolCount < CHECKSUM_LENGTH) {
      throw new MalformedBech32mException(
          "part after the separator must hold a checksum of 6 characters, got " + symbolCount);
    }
    byte[] symbols = new byte[symbolCount];
    for (int i = 0; i < symbolCount; i++) {
      int position = separator + 1 + i;
      int value = ALPHABET.indexOf(text.charAt(position));
      if (value < 0) {
        throw new MalformedBech32mException(
            "character "
                + position
                + " must be one of "
                + ALPHABET
                + " (lower case), got "
                + printable(text.charAt(position)));
      }
      symbols[i] = (byte) value;
    }
    Bytes all = Bytes.of(symbols);
    int remainder = checksum(hrp, all, 0);
    for (Variant found : Variant.values()) {
      if (remainder == found.constant && found != variant) {
        throw new MalformedBech32mException(
            "checksum must be " + variant.title + ", got " + found.title);
      }
    }
    if (remainder != variant.constant) {
      throw new MalformedBech32mException(
          variant.title + " checksum does not match: the text was mistyped or cut");
    }
    return new Symbols(hrp, all.slice(0, symbolCount - CHECKSUM_LENGTH));
  }

  static Bytes toSymbols(Bytes data) {
    byte[] symbols = new byte[(data.size() * 8 + 4) / 5];
    int pending = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < data.size(); i++) {
      pending = ((pending << 8) | data.at(i)) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        symbols[at++] = (byte) ((pending >>> bits) & 31);
      }
    }
    if (bits > 0) {
      symbols[at] = (byte) ((pending << (5 - bits)) & 31);
    }
    return Bytes.of(symbols);
  }

  static Bytes toBytes(Bytes symbols) {
    int padding = symbols.size() * 5 % 8;
    if (padding > 4) {
      throw new MalformedBech32mException(
          "padding must be at most 4 bits, got " + padding + ": there is one character too many");
    }
    byte[] data = new byte[symbols.size() * 5 / 8];
    int pending = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < symbols.size(); i++) {
      pending = ((pending << 5) | symbols.at(i)) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        data[at++] = (byte) (pending >>> bits);
      }
    }
    if ((pending & ((1 << padding) - 1)) != 0) {
      throw new MalformedBech32mException("padding bits must be 0, got a 1 among " + padding);
    }
    return Bytes.of(data);
  }

  private static void checkHrp(String hrp) {
    if (hrp.isEmpty() || hrp.length() > HRP_MAX_LENGTH) {
      throw new MalformedBech32mException(
          "human-readable part must be 1 to "
              + HRP_MAX_LENGTH
              + " characters, got "
              + hrp.length());
    }
    for (int i = 0; i < hrp.length(); i++) {
      char c = hrp.charAt(i);
      if (c < 33 || c > 126 || (c >= 'A' && c <= 'Z')) {
        throw new MalformedBech32mException(
            "human-readable part must be printable ASCII in lower case, got " + printable(c));
      }
    }
  }

  private static int checksum(String hrp, Bytes symbols, int zerosAfter) {
    int state = 1;
    for (int i = 0; i < hrp.length(); i++) {
      state = step(state, hrp.charAt(i) >>> 5);
    }
    state = step(state, 0);
    for (int i = 0; i < hrp.length(); i++) {
      state = step(state, hrp.charAt(i) & 31);
    }
    for (int i = 0; i < symbols.size(); i++) {
      state = step(state, symbols.at(i));
    }
    for (int i = 0; i < zerosAfter; i++) {
      state = step(state, 0);
    }
    return state;
  }

  private static int step(int state, int symbol) {
    int next = ((state & 0x1ffffff) << 5) ^ symbol;
    int top = state >>> 25;
    for (int bit = 0; bit < 5; bit++) {
      if (((top >>> bit) & 1) != 0) {
        next ^= GENERATOR[bit];
      }
    }
    return next;
  }

  private static String printable(char c) {
    return c >= 33 && c <= 126 ? "'" + c + "'" : "U+" + String.format("%04X", (int) c);
  }
}
