package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * JSON that every reader understands the same way (RFC 8259 narrowed by RFC 7493, I-JSON).
 *
 * <p>Refused: more bytes or levels than the limits, duplicate keys, anything after the value, half
 * surrogate pairs, and numbers beyond ±(2^53 − 1), which other readers would round. What comes out
 * has one meaning and one canonical form ({@link Jcs}).
 */
public final class StrictJson {
  /** The greatest integer that all readers keep exactly, 2^53 − 1. */
  public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int LONGEST_TOKEN = 0;
  private static final JsonNodeFactory NODES = new PlainNumbers();
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // What is read may hold a secret; errors show where, not what.
                  .errorReportConfiguration(
                      ErrorReportConfiguration.builder().maxErrorTokenLength(LONGEST_TOKEN).build())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(JsonLimits.DEEPEST)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(NODES)
          .build();

  private StrictJson() {}

  /**
   * The value of a JSON text.
   *
   * @throws MalformedJsonException if it is not strict JSON within {@code limits}
   */
  public static JsonNode parse(String text, JsonLimits limits) {
    // Each character takes at least a byte, so the cheap check comes first.
    if (text.length() > limits.maxBytes() || Utf8.length(text) > limits.maxBytes()) {
      throw tooLong(limits, text.length() + " characters");
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      check(node, limits.maxDepth());
      return node;
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      throw new MalformedJsonException(
          "JSON is malformed"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + malformed.getOriginalMessage(),
          malformed);
    }
  }

  /**
   * The value of a JSON text in UTF-8.
   *
   * @throws MalformedJsonException if it is not strict JSON within {@code limits}
   */
  public static JsonNode parse(Bytes utf8, JsonLimits limits) {
    if (utf8.size() > limits.maxBytes()) {
      throw tooLong(limits, utf8.size() + " bytes");
    }
    return parse(Utf8.decode(utf8), limits);
  }

  /**
   * The object of a JSON text.
   *
   * @param what names the object in errors
   * @throws MalformedJsonException if it is not strict JSON within {@code limits}, or no object
   */
  public static ObjectNode parseObject(String text, JsonLimits limits, String what) {
    return JsonFields.object(parse(text, limits), what);
  }

  /**
   * A copy of {@code node} that shares nothing with it, numbers brought to one form.
   *
   * @throws MalformedJsonException if it is not what {@link #parse} could give within {@code
   *     limits}
   */
  public static JsonNode copy(JsonNode node, JsonLimits limits) {
    check(node, limits.maxDepth());
    return parse(write(node), limits);
  }

  /**
   * Refuses a tree that {@link #parse} could not give.
   *
   * @throws MalformedJsonException if it is not strict JSON within {@code limits}
   */
  public static void check(JsonNode node, JsonLimits limits) {
    // Depth first: writing recurses.
    check(node, limits.maxDepth());
    long length = Utf8.length(write(node));
    if (length > limits.maxBytes()) {
      throw tooLong(limits, length + " bytes");
    }
  }

  /** An object with no fields yet. */
  public static ObjectNode newObject() {
    return NODES.objectNode();
  }

  /** An array with no elements yet. */
  public static ArrayNode newArray() {
    return NODES.arrayNode();
  }

  /** The text of {@code node} in one line, fields in their order. */
  public static String write(JsonNode node) {
    return node.toString();
  }

  /** The text of {@code node} for people: two spaces a level, LF, one LF at the end. */
  public static String writePretty(JsonNode node) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator("")
                    .withObjectEmptySeparator(""))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree must have a text", impossible);
    }
  }

  /** Refuses a tree that no strict text has. */
  static void check(JsonNode node, int maxDepth) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        descend(maxDepth);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          checkText(field.getKey());
          check(field.getValue(), maxDepth - 1);
        }
      }
      case ARRAY -> {
        descend(maxDepth);
        for (JsonNode element : node) {
          check(element, maxDepth - 1);
        }
      }
      case STRING -> checkText(node.textValue());
      case NUMBER -> checkNumber(node);
      case BOOLEAN, NULL -> {}
      case MISSING -> throw new MalformedJsonException("JSON must hold a value, got none");
      case BINARY, POJO ->
          throw new MalformedJsonException(
              "JSON must hold only JSON's own types, got " + node.getNodeType());
    }
  }

  private static void descend(int depthLeft) {
    if (depthLeft <= 0) {
      throw new MalformedJsonException("JSON is nested too deeply");
    }
  }

  private static void checkText(String text) {
    if (!Utf8.isWellFormed(text)) {
      throw new MalformedJsonException(
          "JSON text must be Unicode, got half of a surrogate pair in it");
    }
  }

  private static void checkNumber(JsonNode number) {
    boolean safe =
        number.isIntegralNumber()
            ? number.canConvertToLong() && Math.abs(number.longValue()) <= MAX_SAFE_INTEGER
            // Not for NaN either.
            : Math.abs(number.doubleValue()) <= MAX_SAFE_INTEGER;
    if (!safe) {
      throw new MalformedJsonException(
          "JSON numbers must lie within ±" + MAX_SAFE_INTEGER + ", got " + number.asText());
    }
  }

  private static MalformedJsonException tooLong(JsonLimits limits, String found) {
    return new MalformedJsonException(
        "JSON must be at most " + limits.maxBytes() + " bytes, got " + found);
  }

  /** Reads 1.0 and 1e0 as the integer 1, as canonical JSON writes it, so that they are equal. */
  private static final class PlainNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(double value) {
      // Minus zero becomes 0 here too.
      if (Math.abs(value) <= MAX_SAFE_INTEGER && value == Math.rint(value)) {
        return numberNode((long) value);
      }
      return super.numberNode(value);
    }

    @Override
    public NumericNode numberNode(long value) {
      return (int) value == value ? numberNode((int) value) : super.numberNode(value);
    }
  }
}
