package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fields of an object whose format is known. All methods throw {@link MalformedJsonException} with
 * the name of the field, what it must be and what it is; {@code what} names the object.
 */
public final class JsonFields {
  private JsonFields() {}

  /** {@code node} as an object. */
  public static ObjectNode object(JsonNode node, String what) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(what, "an object", node);
  }

  /** {@code node} as an array. */
  public static ArrayNode array(JsonNode node, String what) {
    if (node instanceof ArrayNode array) {
      return array;
    }
    throw wrong(what, "an array", node);
  }

  /** {@code node} as text. */
  public static String text(JsonNode node, String what) {
    if (node.isTextual()) {
      return node.textValue();
    }
    throw wrong(what, "a string", node);
  }

  /** A field that holds text. */
  public static String text(ObjectNode object, String field, String what) {
    return text(required(object, field, what), name(field, what));
  }

  /** A field that holds text, if it is there. */
  public static Optional<String> optionalText(ObjectNode object, String field, String what) {
    return object.has(field) ? Optional.of(text(object, field, what)) : Optional.empty();
  }

  /** A field that holds an integer within the bounds, both included. */
  public static int integer(ObjectNode object, String field, int min, int max, String what) {
    JsonNode value = required(object, field, what);
    if (value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= min
        && value.intValue() <= max) {
      return value.intValue();
    }
    throw wrong(name(field, what), "an integer within " + min + ".." + max, value);
  }

  /** A field that holds an object. */
  public static ObjectNode object(ObjectNode object, String field, String what) {
    return object(required(object, field, what), name(field, what));
  }

  /** A field that holds an array. */
  public static ArrayNode array(ObjectNode object, String field, String what) {
    return array(required(object, field, what), name(field, what));
  }

  /** A field that holds an array of objects; no objects if it is not there. */
  public static List<ObjectNode> optionalObjects(ObjectNode object, String field, String what) {
    List<ObjectNode> elements = new ArrayList<>();
    if (object.has(field)) {
      for (JsonNode element : array(object, field, what)) {
        elements.add(object(element, "element of " + name(field, what)));
      }
    }
    return List.copyOf(elements);
  }

  /** A field that holds an array of text. */
  public static List<String> texts(ObjectNode object, String field, String what) {
    List<String> elements = new ArrayList<>();
    for (JsonNode element : array(object, field, what)) {
      elements.add(text(element, "element of " + name(field, what)));
    }
    return List.copyOf(elements);
  }

  /** Refuses fields that the format does not know. */
  public static void onlyKnown(ObjectNode object, Set<String> known, String what) {
    object
        .fieldNames()
        .forEachRemaining(field -> {
          if (!known.contains(field)) {
            throw new MalformedJsonException(
                what + " must have no field but " + sorted(known) + ", got " + brief(field));
          }
        });
  }

  private static JsonNode required(ObjectNode object, String field, String what) {
    if (!object.has(field)) {
      throw new MalformedJsonException(what + " must have the field \"" + field + "\"");
    }
    return object.path(field);
  }

  private static MalformedJsonException wrong(String what, String expected, JsonNode found) {
    return new MalformedJsonException(
        what + " must be " + expected + ", got " + brief(found.toString()));
  }

  private static String name(String field, String what) {
    return "\"" + field + "\" of " + what;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static String brief(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
