package org.beaconcohort.adapter.nostr.event;

import org.beaconcohort.musig2.bytes.Bytes;

/** Hexadecimal as NIP-01 writes it: lower case, of a known length. */
public final class LowerHex {
  private LowerHex() {}

  /**
   * The {@code size} bytes that {@code text} writes.
   *
   * @throws MalformedEventException naming {@code what} if it writes anything else
   */
  public static Bytes parse(String what, String text, int size) {
    if (text.length() != 2 * size) {
      throw new MalformedEventException(
          what + " must be " + 2 * size + " hexadecimal digits, got " + text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new MalformedEventException(
            "%s must be lower-case hexadecimal, got U+%04X at index %d"
                .formatted(what, (int) c, i));
      }
    }
    return Bytes.ofHex(text);
  }
}
