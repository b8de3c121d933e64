package org.beaconcohort.cohort.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.musig2.bytes.Bytes;

/** One object of a statement's content, fields in the order they are added. */
final class JsonWriter {
  private final ObjectNode fields = StrictJson.newObject();

  JsonWriter hex(String field, Bytes value) {
    fields.put(field, value.hex());
    return this;
  }

  JsonWriter hexes(String field, List<Bytes> values) {
    return texts(field, values.stream().map(Bytes::hex).toList());
  }

  JsonWriter text(String field, String value) {
    fields.put(field, value);
    return this;
  }

  JsonWriter texts(String field, List<String> values) {
    ArrayNode elements = fields.putArray(field);
    values.forEach(elements::add);
    return this;
  }

  JsonWriter name(String field, Enum<?> value) {
    fields.put(field, value.name());
    return this;
  }

  JsonWriter number(String field, long value) {
    if (value < 0 || value > StrictJson.MAX_SAFE_INTEGER) {
      throw new IllegalArgumentException(
          field + " must be 0.." + StrictJson.MAX_SAFE_INTEGER + ", got " + value);
    }
    fields.put(field, value);
    return this;
  }

  JsonWriter seconds(String field, Duration value) {
    return number(field, value.toSeconds());
  }

  JsonWriter flag(String field, boolean value) {
    fields.put(field, value);
    return this;
  }

  JsonWriter object(String field, JsonWriter value) {
    fields.set(field, value.fields);
    return this;
  }

  JsonWriter objects(String field, List<JsonWriter> values) {
    ArrayNode elements = fields.putArray(field);
    values.forEach(value -> elements.add(value.fields));
    return this;
  }

  /**
   * The text in one line, characters beyond ASCII as backslash, u and four upper-case digits.
   *
   * @throws org.beaconcohort.cohort.json.MalformedJsonException if a string or a key holds half of
   *     a surrogate pair, which no reader could give back
   */
  String ascii() {
    String text = StrictJson.write(fields);
    Utf8.encode(text);
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Such characters occur within strings only.
      if (c < 0x80) {
        ascii.append(c);
      } else {
        ascii.append(String.format("\\u%04X", (int) c));
      }
    }
    return ascii.toString();
  }
}
