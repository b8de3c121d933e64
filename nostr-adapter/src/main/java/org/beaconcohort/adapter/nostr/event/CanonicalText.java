package org.beaconcohort.adapter.nostr.event;

import java.util.List;

/**
 * JSON text as NIP-01 hashes it: no spaces, seven short escapes, other control characters as a
 * u-escape with lower-case digits, everything else as it is.
 *
 * <p>Relays and JavaScript clients hash exactly this; Jackson's own escapes have upper-case digits
 * and would change the id.
 */
final class CanonicalText {
  private static final String HEX = "0123456789abcdef";

  private CanonicalText() {}

  /** The array {@code [0,pubkey,created_at,kind,tags,content]} whose SHA-256 is the event's id. */
  static String hashed(
      String pubkeyHex, long createdAt, int kind, List<List<String>> tags, String content) {
    StringBuilder out = new StringBuilder(content.length() + 256);
    out.append("[0,\"").append(pubkeyHex).append("\",").append(createdAt);
    out.append(',').append(kind).append(',');
    appendTags(out, tags);
    out.append(',');
    appendString(out, content);
    return out.append(']').toString();
  }

  static void appendTags(StringBuilder out, List<List<String>> tags) {
    out.append('[');
    for (int i = 0; i < tags.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      appendStrings(out, tags.get(i));
    }
    out.append(']');
  }

  static void appendStrings(StringBuilder out, List<String> strings) {
    out.append('[');
    for (int i = 0; i < strings.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      appendString(out, strings.get(i));
    }
    out.append(']');
  }

  static void appendString(StringBuilder out, String text) {
    out.append('"');
    // Long texts are ciphertext, which has nothing to escape and is most of the work.
    int plain = plainLength(text);
    out.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** How many characters stand before the first that needs an escape. */
  private static int plainLength(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        return i;
      }
    }
    return text.length();
  }

  /** Index of the first surrogate without its partner, or -1. */
  static int loneSurrogate(String text) {
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return -1;
  }

  /** Index of the first control character (below U+0020) or DEL (U+007F), or -1. */
  static int controlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        return i;
      }
    }
    return -1;
  }

  /** Length of {@code text} in bytes of UTF-8; a lone surrogate counts 3. */
  static long utf8Length(String text) {
    long bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      at += Character.charCount(codePoint);
    }
    return bytes;
  }
}
