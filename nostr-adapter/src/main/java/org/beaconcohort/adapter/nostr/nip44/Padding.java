package org.beaconcohort.adapter.nostr.nip44;

/**
 * NIP-44's length prefix and padding: 2 bytes of length, or for 65,536 bytes and more 2 zero bytes
 * and 4 of length; then the plaintext; then zeros up to a bucket.
 */
final class Padding {
  private static final int EXTENDED_FROM = 65_536;

  private Padding() {}

  /** The bucket for {@code length} bytes of plaintext, without the prefix. */
  static long paddedLength(long length) {
    if (length <= 32) {
      return 32;
    }
    long nextPower = Long.highestOneBit(length - 1) << 1;
    long chunk = nextPower <= 256 ? 32 : nextPower / 8;
    return chunk * ((length - 1) / chunk + 1);
  }

  static int prefixLength(long length) {
    return length < EXTENDED_FROM ? 2 : 6;
  }

  static byte[] pad(byte[] plaintext) {
    int length = plaintext.length;
    int prefix = prefixLength(length);
    byte[] padded = new byte[Math.toIntExact(prefix + paddedLength(length))];
    for (int i = 0; i < Math.min(prefix, 4); i++) {
      padded[prefix - 1 - i] = (byte) (length >>> (8 * i));
    }
    System.arraycopy(plaintext, 0, padded, prefix, length);
    return padded;
  }

  /** Where in {@code padded} the plaintext is. */
  static Span unpad(byte[] padded) {
    long length = unsigned(padded, 0, 2);
    if (length == 0) {
      length = padded.length < 6 ? 0 : unsigned(padded, 2, 4);
      if (length < EXTENDED_FROM) {
        throw new InvalidPayloadException(
            "plaintext with the 6-byte prefix must be 65536 bytes or more, got " + length);
      }
    }
    int prefix = prefixLength(length);
    long expected = prefix + paddedLength(length);
    if (padded.length != expected) {
      throw new InvalidPayloadException(
          "padding of " + length + " bytes must give " + expected + ", got " + padded.length);
    }
    return new Span(prefix, (int) length);
  }

  private static long unsigned(byte[] from, int at, int size) {
    long value = 0;
    for (int i = at; i < at + size; i++) {
      value = value << 8 | (from[i] & 0xff);
    }
    return value;
  }

  record Span(int from, int length) {}
}
