package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The fields of one object of a format that is known, what {@link JsonWriter} wrote. All methods
 * throw {@link MalformedJsonException} with the name of the field and what it must be. What was
 * found is named by its type alone: some of these objects hold a channel key.
 */
public final class JsonReader {
  /** Bytes in hexadecimal are none. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,32}");

  private final ObjectNode fields;
  private final String what;
  private final Set<String> asked = new HashSet<>();
  private final List<JsonReader> within = new ArrayList<>();

  /**
   * A reader of {@code fields}.
   *
   * @param what names the object in errors
   */
  public JsonReader(ObjectNode fields, String what) {
    this.fields = fields;
    this.what = what;
  }

  /** Bytes in hexadecimal, upper case too: what is canonical is the format's to say. */
  public Bytes hex(String field) {
    return hex(text(field), name(field));
  }

  /** A list of bytes in hexadecimal. */
  public List<Bytes> hexes(String field) {
    return texts(field).stream().map(text -> hex(text, "element of " + name(field))).toList();
  }

  /** Keys of an object to byte strings. */
  public Map<String, Bytes> hexByKey(String field) {
    Map<String, Bytes> values = new TreeMap<>();
    String element = "element of " + name(field);
    for (Map.Entry<String, JsonNode> each : document(field).properties()) {
      values.put(each.getKey(), hex(text(each.getValue(), element), element));
    }
    return values;
  }

  /** Text. */
  public String text(String field) {
    return text(value(field), name(field));
  }

  /** A list of texts. */
  public List<String> texts(String field) {
    List<String> elements = new ArrayList<>();
    for (JsonNode element : array(field)) {
      elements.add(text(element, "element of " + name(field)));
    }
    return List.copyOf(elements);
  }

  /** A constant by its name. */
  public <E extends Enum<E>> E name(String field, Class<E> names) {
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
            + brief(text));
  }

  /** A number from 0 to 2^31 − 1. */
  public int integer(String field) {
    JsonNode value =
        value(
            field,
            "an integer within 0.." + Integer.MAX_VALUE,
            each -> isNatural(each) && each.canConvertToInt());
    return value.intValue();
  }

  /** A list of numbers from 0 to 2^31 − 1. */
  public List<Integer> integers(String field) {
    List<Integer> elements = new ArrayList<>();
    for (JsonNode element : array(field)) {
      if (!isNatural(element) || !element.canConvertToInt()) {
        throw wrong(
            "element of " + name(field), "an integer within 0.." + Integer.MAX_VALUE, element);
      }
      elements.add(element.intValue());
    }
    return List.copyOf(elements);
  }

  /** A number from 0 to {@link StrictJson#MAX_SAFE_INTEGER}. */
  public long number(String field) {
    String expected = "an integer within 0.." + StrictJson.MAX_SAFE_INTEGER;
    return value(field, expected, JsonReader::isNatural).longValue();
  }

  /** A duration in whole seconds. */
  public Duration seconds(String field) {
    return Duration.ofSeconds(number(field));
  }

  /** True or false. */
  public boolean flag(String field) {
    return value(field, "true or false", JsonNode::isBoolean).booleanValue();
  }

  /** An object. */
  public JsonReader object(String field) {
    return inner(document(field), name(field));
  }

  /** A list of objects. */
  public List<JsonReader> objects(String field) {
    List<JsonReader> readers = new ArrayList<>();
    String element = "element of " + name(field);
    for (JsonNode each : array(field)) {
      readers.add(inner(object(each, element), element));
    }
    return readers;
  }

  /** A document of a format of its own, as it is. */
  public ObjectNode document(String field) {
    return object(value(field), name(field));
  }

  /** Whether there is a field that may be left out. */
  public boolean has(String field) {
    asked.add(field);
    return fields.has(field);
  }

  /** Refuses fields, of this object and those within, that nobody has asked for. */
  public void nothingElse() {
    fields
        .fieldNames()
        .forEachRemaining(field -> {
          if (!asked.contains(field)) {
            throw new MalformedJsonException(
                what + " must have no field but " + known() + ", got " + brief(field));
          }
        });
    within.forEach(JsonReader::nothingElse);
  }

  private List<String> known() {
    return asked.stream().sorted().toList();
  }

  private JsonReader inner(ObjectNode object, String name) {
    JsonReader reader = new JsonReader(object, name);
    within.add(reader);
    return reader;
  }

  private JsonNode value(String field) {
    asked.add(field);
    if (!fields.has(field)) {
      throw new MalformedJsonException(what + " must have the field \"" + field + "\"");
    }
    return fields.path(field);
  }

  private JsonNode value(String field, String expected, Predicate<JsonNode> is) {
    JsonNode value = value(field);
    if (is.test(value)) {
      return value;
    }
    throw wrong(name(field), expected, value);
  }

  private JsonNode array(String field) {
    return value(field, "an array", JsonNode::isArray);
  }

  private String name(String field) {
    return "\"" + field + "\" of " + what;
  }

  private static boolean isNatural(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
  }

  private static ObjectNode object(JsonNode value, String what) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw wrong(what, "an object", value);
  }

  private static String text(JsonNode value, String what) {
    if (value.isTextual()) {
      return value.textValue();
    }
    throw wrong(what, "a string", value);
  }

  private static MalformedJsonException wrong(String what, String expected, JsonNode found) {
    return new MalformedJsonException(
        what
            + " must be "
            + expected
            + ", got "
            + (found.isNumber() ? found.asText() : found.getNodeType()));
  }

  private static String brief(String text) {
    return NAME.matcher(text).matches() ? text : text.length() + " characters";
  }

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
