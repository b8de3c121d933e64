package org.beaconcohort.cohort.bitcoin.script;

import java.util.Arrays;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Writes Bitcoin's serializations one after the other: little-endian integers, compact sizes,
 * script pushes. Every number has exactly one form, the shortest.
 */
public final class ByteWriter {
  private static final int OP_1_LESS_ONE = 0x50;
  private static final int MAX_PUSH = 75;

  private byte[] content = new byte[128];
  private int size;

  /** The low 8 bits of {@code value}. */
  public ByteWriter u8(int value) {
    return littleEndian(value, 1);
  }

  /** The low 32 bits of {@code value}, little-endian. */
  public ByteWriter u32(long value) {
    return littleEndian(value, 4);
  }

  /** All 64 bits of {@code value}, little-endian. */
  public ByteWriter u64(long value) {
    return littleEndian(value, 8);
  }

  /** A compact size in its shortest form: 1, 3 or 5 bytes. */
  public ByteWriter compactSize(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("compact size must not be negative, got " + value);
    }
    if (value < 0xfd) {
      return u8(value);
    }
    return value <= 0xffff ? u8(0xfd).littleEndian(value, 2) : u8(0xfe).u32(value);
  }

  /** {@code bytes} as they are. */
  public ByteWriter bytes(Bytes bytes) {
    byte[] added = bytes.toArray();
    reserve(added.length);
    System.arraycopy(added, 0, content, size, added.length);
    size += added.length;
    return this;
  }

  /** The compact size of {@code bytes}, then {@code bytes}. */
  public ByteWriter sized(Bytes bytes) {
    return compactSize(bytes.size()).bytes(bytes);
  }

  /** A script push of 2 to 75 bytes; the opcode is the length. */
  public ByteWriter push(Bytes data) {
    if (data.size() < 2 || data.size() > MAX_PUSH) {
      throw new IllegalArgumentException(
          "push must be 2 to " + MAX_PUSH + " bytes, got " + data.size());
    }
    return u8(data.size()).bytes(data);
  }

  /** A script number of 0 or more, as OP_0 to OP_16 or the shortest push (BIP-62 rules 3 and 4). */
  public ByteWriter number(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("script number must not be negative, got " + value);
    }
    if (value <= 16) {
      return u8(value == 0 ? 0 : OP_1_LESS_ONE + value);
    }
    // The highest bit of the last byte is the sign, so it must stay free.
    int length = (Integer.SIZE - Integer.numberOfLeadingZeros(value)) / 8 + 1;
    return u8(length).littleEndian(value, length);
  }

  /** Everything written so far. */
  public Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(content, size));
  }

  private ByteWriter littleEndian(long value, int length) {
    reserve(length);
    for (int i = 0; i < length; i++) {
      content[size++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  private void reserve(int more) {
    if (content.length - size < more) {
      content = Arrays.copyOf(content, Math.max(2 * content.length, size + more));
    }
  }
}
