package org.beaconcohort.cohort.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The fields of one object of a statement's content. All methods throw {@link
 * MalformedJsonException}; what is not asked for is found by the codec, which encodes again.
 */
final class JsonReader {
  private static final int LONGEST_NAME = 64;

  private final ObjectNode fields;
  private final String what;

  JsonReader(ObjectNode fields, String what) {
    this.fields = fields;
    this.what = what;
  }

  Bytes hex(String field) {
    return hex(text(field), name(field));
  }

  List<Bytes> hexes(String field) {
    return texts(field).stream().map(text -> hex(text, "element of " + name(field))).toList();
  }

  /** Keys of an object to byte strings. */
  Map<String, Bytes> hexByKey(String field) {
    Map<String, Bytes> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : JsonFields.object(fields, field, what).properties()) {
      String element = "element of " + name(field);
      values.put(each.getKey(), hex(JsonFields.text(each.getValue(), element), element));
    }
    return values;
  }

  String text(String field) {
    return JsonFields.text(fields, field, what);
  }

  List<String> texts(String field) {
    return JsonFields.texts(fields, field, what);
  }

  <E extends Enum<E>> E name(String field, Class<E> names) {
    String text = text(field);
    for (E each : names.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw new MalformedJsonException(
        name(field)
            + " must be one of "
            + List.of(names.getEnumConstants())
            + ", got "
            + (text.length() <= LONGEST_NAME ? text : text.length() + " characters"));
  }

  int integer(String field) {
    return JsonFields.integer(fields, field, 0, Integer.MAX_VALUE, what);
  }

  long number(String field) {
    JsonNode value = fields.path(field);
    if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
      return value.longValue();
    }
    throw new MalformedJsonException(
        name(field)
            + " must be an integer within 0.."
            + StrictJson.MAX_SAFE_INTEGER
            + ", got "
            + (value.isNumber() ? value.asText() : value.getNodeType()));
  }

  Duration seconds(String field) {
    return Duration.ofSeconds(number(field));
  }

  boolean flag(String field) {
    JsonNode value = fields.path(field);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    throw new MalformedJsonException(
        name(field) + " must be true or false, got " + value.getNodeType());
  }

  JsonReader object(String field) {
    return new JsonReader(JsonFields.object(fields, field, what), name(field));
  }

  List<JsonReader> objects(String field) {
    List<JsonReader> readers = new ArrayList<>();
    for (JsonNode element : JsonFields.array(fields, field, what)) {
      String each = "element of " + name(field);
      readers.add(new JsonReader(JsonFields.object(element, each), each));
    }
    return readers;
  }

  private String name(String field) {
    return "\"" + field + "\" of " + what;
  }

  /** Takes upper case too, which is not canonical and so refused by the codec. */
  private static Bytes hex(String text, String what) {
    boolean digits = text.chars().allMatch(HexFormat::isHexDigit);
    if (text.length() % 2 != 0 || !digits) {
      throw new MalformedJsonException(
          what
              + " must be an even number of hexadecimal digits, got "
              + text.length()
              + (digits ? " digits" : " characters, others among them"));
    }
    return Bytes.ofHex(text);
  }
}
