package org.beaconcohort.cohort.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * H(tag, x…) of signing-safety 2.6: the BIP-340 tagged hash under {@code btcr2/TAG/v1} over
 * length-prefixed fields, never over JSON text (R4).
 *
 * <p>Each field is its length as 4 bytes big-endian, then its bytes; integers are 8 bytes
 * big-endian; text is UTF-8; a list is its count as an integer field, then its elements.
 */
public final class FieldHash {
  private final String tag;
  private final List<Bytes> fields = new ArrayList<>();

  private FieldHash(String tag) {
    this.tag = "btcr2/" + tag + "/v1";
  }

  /** A hash under {@code btcr2/TAG/v1} with no fields yet. */
  public static FieldHash of(String tag) {
    return new FieldHash(tag);
  }

  /** Adds a byte string of any length. */
  public FieldHash bytes(Bytes field) {
    fields.add(bigEndian(field.size(), Integer.BYTES));
    fields.add(field);
    return this;
  }

  /** Adds an integer as 8 bytes big-endian. */
  public FieldHash number(long field) {
    return bytes(bigEndian(field, Long.BYTES));
  }

  /** Adds text as UTF-8. */
  public FieldHash text(String field) {
    return bytes(Bytes.of(field.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds the count of a list, then each element. */
  public FieldHash list(List<Bytes> elements) {
    number(elements.size());
    elements.forEach(this::bytes);
    return this;
  }

  /** Adds the count of a list of texts, then each. */
  public FieldHash texts(List<String> elements) {
    number(elements.size());
    elements.forEach(this::text);
    return this;
  }

  /** The 32-byte hash of all fields so far. */
  public Bytes hash() {
    return TaggedHash.hash(tag, fields.toArray(Bytes[]::new));
  }

  private static Bytes bigEndian(long value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (8 * (size - 1 - i)));
    }
    return Bytes.of(bytes);
  }
}
