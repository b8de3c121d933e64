package org.beaconcohort.cohort.json;

import java.util.Base64;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * base64url (RFC 4648, section 5) without padding, as all hashes in did:btcr2 documents are
 * written. Exactly one text decodes to given bytes: unused bits must be 0.
 */
public final class Base64Url {
  private static final int HASH_LENGTH = 43;

  private Base64Url() {}

  /** The text of {@code bytes}. */
  public static String encode(Bytes bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArray());
  }

  /**
   * The bytes of {@code text}.
   *
   * @throws MalformedJsonException if {@link #encode} does not give {@code text} for any bytes
   */
  public static Bytes decode(String text) {
    Bytes bytes;
    try {
      bytes = Bytes.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      throw new MalformedJsonException(
          "text must be base64url without padding: " + malformed.getMessage(), malformed);
    }
    // The decoder also takes padding and ignores unused bits.
    if (!encode(bytes).equals(text)) {
      throw new MalformedJsonException(
          "base64url must have no padding and no unused bits set, got " + quoted(text));
    }
    return bytes;
  }

  /**
   * The 32 bytes of a SHA-256 value.
   *
   * @param what names the value in errors
   * @throws MalformedJsonException if {@code text} is not 43 characters of base64url
   */
  public static Bytes decodeHash(String text, String what) {
    if (text.length() != HASH_LENGTH) {
      throw new MalformedJsonException(
          what
              + " must be "
              + HASH_LENGTH
              + " characters of base64url (32 bytes), got "
              + text.length());
    }
    try {
      return decode(text);
    } catch (MalformedJsonException malformed) {
      throw new MalformedJsonException(what + ": " + malformed.getMessage(), malformed);
    }
  }

  private static String quoted(String text) {
    return text.length() <= 100 ? "\"" + text + "\"" : text.length() + " characters";
  }
}
