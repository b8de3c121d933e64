package org.beaconcohort.cohort.json;

import java.nio.charset.StandardCharsets;
import org.beaconcohort.musig2.bytes.Bytes;

/** Text as UTF-8, where no byte and no character is silently replaced. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The UTF-8 bytes of {@code text}.
   *
   * @throws MalformedJsonException if it holds half of a surrogate pair
   */
  public static Bytes encode(String text) {
    if (!isWellFormed(text)) {
      throw new MalformedJsonException("text must be Unicode, got half of a surrogate pair in it");
    }
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text of {@code bytes}.
   *
   * @throws MalformedJsonException if they are not UTF-8
   */
  public static String decode(Bytes bytes) {
    byte[] array = bytes.toArray();
    String text = new String(array, StandardCharsets.UTF_8);
    // The decoder replaces what it cannot read, so only well-formed bytes survive the way back.
    if (!Bytes.of(text.getBytes(StandardCharsets.UTF_8)).equals(bytes)) {
      throw new MalformedJsonException("bytes must be UTF-8, got a malformed sequence among them");
    }
    return text;
  }

  /** Whether every surrogate in {@code text} is one of a pair. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /** Length of well-formed {@code text} in UTF-8. */
  static long length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A pair takes 4 bytes, counted as 2 for each half.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
