package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;

/** One object of a format that is known, fields in the order they are added. */
public final class JsonWriter {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final ObjectNode fields = StrictJson.newObject();

  /** Bytes as lower-case hexadecimal. */
  public JsonWriter hex(String field, Bytes value) {
    fields.put(field, value.hex());
    return this;
  }

  /** A list of bytes, each as lower-case hexadecimal. */
  public JsonWriter hexes(String field, List<Bytes> values) {
    return texts(field, values.stream().map(Bytes::hex).toList());
  }

  /** Text. */
  public JsonWriter text(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /** A list of texts. */
  public JsonWriter texts(String field, List<String> values) {
    ArrayNode elements = fields.putArray(field);
    values.forEach(elements::add);
    return this;
  }

  /** A constant by its name. */
  public JsonWriter name(String field, Enum<?> value) {
    fields.put(field, value.name());
    return this;
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is negative or beyond {@link
   *     StrictJson#MAX_SAFE_INTEGER}
   */
  public JsonWriter number(String field, long value) {
    if (value < 0 || value > StrictJson.MAX_SAFE_INTEGER) {
      throw new IllegalArgumentException(
          field + " must be 0.." + StrictJson.MAX_SAFE_INTEGER + ", got " + value);
    }
    fields.put(field, value);
    return this;
  }

  /** A list of numbers that are not negative. */
  public JsonWriter numbers(String field, List<Integer> values) {
    ArrayNode elements = fields.putArray(field);
    values.forEach(elements::add);
    return this;
  }

  /** A duration in whole seconds. */
  public JsonWriter seconds(String field, Duration value) {
    return number(field, value.toSeconds());
  }

  /** True or false. */
  public JsonWriter flag(String field, boolean value) {
    fields.put(field, value);
    return this;
  }

  /** An object. */
  public JsonWriter object(String field, JsonWriter value) {
    fields.set(field, value.fields);
    return this;
  }

  /** A list of objects. */
  public JsonWriter objects(String field, List<JsonWriter> values) {
    ArrayNode elements = fields.putArray(field);
    values.forEach(value -> elements.add(value.fields));
    return this;
  }

  /** A document of a format of its own. */
  public JsonWriter document(String field, JsonNode value) {
    fields.set(field, value.deepCopy());
    return this;
  }

  /** The object so far. */
  public ObjectNode json() {
    return fields.deepCopy();
  }

  /**
   * The text in one line, characters beyond ASCII as backslash, u and four upper-case digits.
   *
   * @throws MalformedJsonException if a string or a key holds half of a surrogate pair, which no
   *     reader could give back
   */
  public String ascii() {
    String text = StrictJson.write(fields);
    Utf8.encode(text);
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Such characters occur within strings only.
      if (c < 0x80) {
        ascii.append(c);
      } else {
        ascii.append("\\u").append(HEX.toHexDigits(c));
      }
    }
    return ascii.toString();
  }
}
