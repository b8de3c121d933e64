package org.beaconcohort.musig2.bytes;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string of any length, compared by content and ordered as unsigned bytes.
 *
 * <p>For public data only: it prints itself, so a secret never goes in.
 */
public final class Bytes implements Comparable<Bytes> {
  /** The byte string of length 0. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of {@code content}. */
  public static Bytes of(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /**
   * The bytes of a hexadecimal string of even length, upper or lower case.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Bytes ofHex(String hex) {
    return hex.isEmpty() ? EMPTY : new Bytes(HexFormat.of().parseHex(hex));
  }

  /** All {@code parts} one after the other. */
  public static Bytes concat(Bytes... parts) {
    int size = 0;
    for (Bytes part : parts) {
      size += part.size();
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.content, 0, joined, at, part.size());
      at += part.size();
    }
    return joined.length == 0 ? EMPTY : new Bytes(joined);
  }

  /** Length in bytes. */
  public int size() {
    return content.length;
  }

  /** The byte at {@code index}, 0 to 255. */
  public int at(int index) {
    return content[index] & 0xff;
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > content.length) {
      throw new IndexOutOfBoundsException(
          "slice must lie within 0.." + content.length + ", got " + from + ".." + to);
    }
    return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(content, from, to));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(content);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return hex();
  }
}
