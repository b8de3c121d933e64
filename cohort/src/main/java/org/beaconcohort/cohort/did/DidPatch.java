package org.beaconcohort.cohort.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.CompatibilityFlags;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * JSON Patch (RFC 6902) without latitude: at most {@link #MAX_OPERATIONS} operations, no field that
 * an operation does not have, canonical array indexes, nothing removed or replaced that is not
 * there, and no document above {@link JsonLimits#DOCUMENT} on the way.
 */
final class DidPatch {
  static final int MAX_OPERATIONS = 256;

  private static final EnumSet<CompatibilityFlags> NO_LATITUDE =
      EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);
  private static final String WHAT = "operation of a patch";
  // No document within the limits has an index of seven digits.
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,5}");
  // A pattern of the whole pointer would recurse once per character.
  private static final Pattern WRONG_ESCAPE = Pattern.compile("~(?![01])");
  private static final String APPEND = "-";

  private JsonNode document;

  private DidPatch(ObjectNode document) {
    this.document = document;
  }

  /** {@code document} after all operations in order; the argument stays as it is. */
  static JsonNode apply(ArrayNode patch, ObjectNode document) {
    if (patch.isEmpty() || patch.size() > MAX_OPERATIONS) {
      throw malformed(
          "patch must have 1 to " + MAX_OPERATIONS + " operations, got " + patch.size());
    }
    DidPatch patching = new DidPatch(document);
    for (JsonNode operation : patch) {
      try {
        patching.apply(JsonFields.object(operation, WHAT));
      } catch (MalformedJsonException shape) {
        throw new UpdateRefusedException(
            UpdateRefusal.PATCH_MALFORMED, "patch is malformed: " + shape.getMessage(), shape);
      }
    }
    return patching.document;
  }

  private void apply(ObjectNode operation) {
    String op = JsonFields.text(operation, "op", WHAT);
    String path = pointer(operation, "path");
    switch (op) {
      case "add" -> add(path, value(operation));
      case "remove" -> {
        JsonFields.onlyKnown(operation, Set.of("op", "path"), WHAT);
        remove(path);
      }
      case "replace" -> {
        JsonNode value = value(operation);
        existing(op, path);
        step(op, path, value);
      }
      case "move" -> {
        String from = from(operation);
        if (path.startsWith(from + "/")) {
          throw malformed("move must not put a value into itself, got " + from + " to " + path);
        }
        JsonNode value = existing(op, from);
        remove(from);
        add(path, value);
      }
      case "copy" -> add(path, existing(op, from(operation)));
      case "test" -> {
        JsonNode value = value(operation);
        existing(op, path);
        step(op, path, value);
      }
      default ->
          throw malformed(
              "\"op\" must be one of add, remove, replace, move, copy, test, got " + op);
    }
  }

  private void add(String path, JsonNode value) {
    List<String> tokens = tokens(path);
    if (!tokens.isEmpty()) {
      String last = tokens.getLast();
      JsonNode parent = find(tokens.subList(0, tokens.size() - 1)).orElse(StrictJson.newArray());
      boolean fits =
          parent.isObject()
              || (parent.isArray()
                  && (last.equals(APPEND)
                      || (isIndex(last) && Integer.parseInt(last) <= parent.size())));
      if (!fits) {
        throw failed("add must go into an object or to an index in an array", path);
      }
    }
    step("add", path, value);
  }

  private void remove(String path) {
    if (path.isEmpty()) {
      throw malformed("remove must leave a document, got the empty path");
    }
    existing("remove", path);
    ObjectNode operation = StrictJson.newObject().put("op", "remove").put("path", path);
    run(operation);
  }

  private void step(String op, String path, JsonNode value) {
    ObjectNode operation = StrictJson.newObject().put("op", op).put("path", path);
    operation.set("value", value);
    run(operation);
  }

  /**
   * One primitive operation at a time, so that every check sees what the operations before left.
   */
  private void run(ObjectNode operation) {
    String path = operation.path("path").textValue();
    try {
      document = JsonPatch.apply(StrictJson.newArray().add(operation), document, NO_LATITUDE);
    } catch (JsonPatchApplicationException failure) {
      throw new UpdateRefusedException(
          UpdateRefusal.PATCH_FAILED,
          operation.path("op").textValue() + " at \"" + path + "\" fails: " + failure.getMessage(),
          failure);
    }
    try {
      StrictJson.check(document, JsonLimits.DOCUMENT);
    } catch (MalformedJsonException outgrown) {
      throw new UpdateRefusedException(
          UpdateRefusal.PATCH_MALFORMED,
          "document outgrows its limits at \"" + path + "\": " + outgrown.getMessage(),
          outgrown);
    }
  }

  private JsonNode existing(String op, String path) {
    return find(tokens(path)).orElseThrow(() -> failed(op + " needs a value that is there", path));
  }

  private Optional<JsonNode> find(List<String> tokens) {
    JsonNode node = document;
    for (String token : tokens) {
      if (node.isArray() && isIndex(token)) {
        node = node.path(Integer.parseInt(token));
      } else if (node.isObject()) {
        node = node.path(token);
      } else {
        return Optional.empty();
      }
    }
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  private static boolean isIndex(String token) {
    return INDEX.matcher(token).matches();
  }

  private static JsonNode value(ObjectNode operation) {
    JsonFields.onlyKnown(operation, Set.of("op", "path", "value"), WHAT);
    if (!operation.has("value")) {
      throw malformed(WHAT + " must have the field \"value\", got " + operation);
    }
    return operation.path("value");
  }

  private static String from(ObjectNode operation) {
    JsonFields.onlyKnown(operation, Set.of("op", "path", "from"), WHAT);
    return pointer(operation, "from");
  }

  private static String pointer(ObjectNode operation, String field) {
    String pointer = JsonFields.text(operation, field, WHAT);
    boolean rooted = pointer.isEmpty() || pointer.startsWith("/");
    if (!rooted || WRONG_ESCAPE.matcher(pointer).find()) {
      throw malformed("\"" + field + "\" must be a JSON Pointer (RFC 6901), got " + pointer);
    }
    // zjsonpatch 0.4.16 reads ~01, the key ~1, as the key /; no DID document has either.
    if (pointer.contains("~01")) {
      throw malformed("\"" + field + "\" must not name a key with ~1 in it, got " + pointer);
    }
    return pointer;
  }

  private static List<String> tokens(String pointer) {
    if (pointer.isEmpty()) {
      return List.of();
    }
    List<String> tokens = new ArrayList<>();
    for (String token : pointer.substring(1).split("/", -1)) {
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  private static UpdateRefusedException malformed(String message) {
    return new UpdateRefusedException(UpdateRefusal.PATCH_MALFORMED, message);
  }

  private static UpdateRefusedException failed(String message, String path) {
    return new UpdateRefusedException(
        UpdateRefusal.PATCH_FAILED, message + ", got \"" + path + "\"");
  }
}
