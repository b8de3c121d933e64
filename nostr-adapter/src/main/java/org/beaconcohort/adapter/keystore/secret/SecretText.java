package org.beaconcohort.adapter.keystore.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * Text that nobody may see: a password, a mnemonic, a key in some format. {@link #close} overwrites
 * it; what is not ASCII passes through strings of the runtime library when it is normalised, which
 * nothing refers to afterwards.
 */
public final class SecretText implements AutoCloseable {
  private final char[] characters;
  private boolean closed;

  private SecretText(char[] characters) {
    this.characters = characters;
  }

  /** Takes {@code characters} over: they are overwritten when this is closed. */
  public static SecretText of(char[] characters) {
    return new SecretText(characters);
  }

  /**
   * The text of these bytes of UTF-8, which are overwritten.
   *
   * @throws IllegalArgumentException if they are no UTF-8; nothing of them is quoted
   */
  public static SecretText ofUtf8(byte[] bytes) {
    char[] decoded = new char[bytes.length];
    try {
      CharBuffer out = CharBuffer.wrap(decoded);
      var decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
      if (result.isError()) {
        throw new IllegalArgumentException("secret text must be UTF-8");
      }
      decoder.flush(out);
      return new SecretText(Arrays.copyOf(decoded, out.position()));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(decoded, '\0');
    }
  }

  /** Length in UTF-16 units. */
  public int length() {
    return characters.length;
  }

  /** The unit at {@code index}. */
  public char at(int index) {
    requireOpen();
    return characters[index];
  }

  /** Whether it begins with {@code prefix}. */
  public boolean startsWith(String prefix) {
    requireOpen();
    if (characters.length < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (characters[i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A copy without spaces, tabs and line ends around it; this one stays open. */
  public SecretText stripped() {
    requireOpen();
    int from = 0;
    int to = characters.length;
    while (from < to && isBlank(characters[from])) {
      from++;
    }
    while (to > from && isBlank(characters[to - 1])) {
      to--;
    }
    return new SecretText(Arrays.copyOfRange(characters, from, to));
  }

  /** Whether both are the same, in a time that does not tell where they differ. */
  public boolean sameAs(SecretText other) {
    requireOpen();
    other.requireOpen();
    int difference = characters.length ^ other.characters.length;
    for (int i = 0; i < Math.min(characters.length, other.characters.length); i++) {
      difference |= characters[i] ^ other.characters[i];
    }
    return difference == 0;
  }

  /**
   * UTF-8 of the text in a normal form of Unicode; the caller overwrites it.
   *
   * @throws IllegalArgumentException if it holds half of a surrogate pair
   */
  public byte[] utf8(Normalizer.Form form) {
    requireOpen();
    CharBuffer text = CharBuffer.wrap(characters);
    // ASCII is the same in every form and needs no string.
    boolean ascii = true;
    for (char each : characters) {
      ascii &= each < 0x80;
    }
    CharBuffer normal = ascii ? text : CharBuffer.wrap(Normalizer.normalize(text, form));
    // Three bytes for a unit is the most there is.
    byte[] encoded = new byte[3 * normal.remaining()];
    try {
      ByteBuffer out = ByteBuffer.wrap(encoded);
      var encoder =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      if (encoder.encode(normal, out, true).isError() || encoder.flush(out).isError()) {
        throw new IllegalArgumentException("secret text must be Unicode, got half a pair");
      }
      return Arrays.copyOf(encoded, out.position());
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** A copy of the characters; the caller overwrites it. */
  public char[] copy() {
    requireOpen();
    return characters.clone();
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(characters, '\0');
  }

  @Override
  public String toString() {
    return "SecretText";
  }

  private static boolean isBlank(char unit) {
    return unit == ' ' || unit == '\t' || unit == '\n' || unit == '\r';
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("secret text must be usable, got a closed one");
    }
  }
}
