package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.erdtman.jcs.NumberToJSON;

/**
 * Canonical JSON (RFC 8785, JCS): one byte string per value, whatever the order of keys and the
 * spelling of numbers and characters was.
 */
public final class Jcs {
  /** Characters with an escape of their own, and that escape's letter. */
  private static final String SHORT = "\"\\\b\t\n\f\r";

  private static final String LETTERS = "\"\\btnfr";

  private Jcs() {}

  /**
   * The canonical text of an array or object.
   *
   * @throws MalformedJsonException for another value, or one that {@link StrictJson} would refuse
   */
  public static String canonicalText(JsonNode node) {
    if (!node.isContainerNode()) {
      throw new MalformedJsonException(
          "canonical JSON is of an array or object here, got " + node.getNodeType());
    }
    // What is written is not looked at again: unsafe numbers, half surrogate pairs.
    StrictJson.check(node, JsonLimits.DEEPEST);
    StringBuilder text = new StringBuilder();
    write(text, node);
    return text.toString();
  }

  private static void write(StringBuilder text, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        // Java's strings are ordered by UTF-16 code units too.
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        char before = '{';
        for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
          text.append(before);
          write(text, field.getKey());
          text.append(':');
          write(text, field.getValue());
          before = ',';
        }
        text.append(before == '{' ? "{}" : "}");
      }
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(text, node.get(i));
        }
        text.append(']');
      }
      case STRING -> write(text, node.textValue());
      case NUMBER -> text.append(number(node));
      default -> text.append(node.asText());
    }
  }

  private static void write(StringBuilder text, String value) {
    text.append('"');
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        text.append(value, from, i).append('\\');
        int escape = SHORT.indexOf(c);
        if (escape < 0) {
          text.append('u').append(HexFormat.of().toHexDigits(c));
        } else {
          text.append(LETTERS.charAt(escape));
        }
        from = i + 1;
      }
    }
    text.append(value, from, value.length()).append('"');
  }

  private static String number(JsonNode number) {
    if (number.isIntegralNumber()) {
      return Long.toString(number.longValue());
    }
    try {
      return NumberToJSON.serializeNumber(Double.parseDouble(number.asText()));
    } catch (IOException impossible) {
      throw new IllegalStateException("a strict JSON number must have a text", impossible);
    }
  }

  /** The UTF-8 bytes of {@link #canonicalText}. */
  public static Bytes canonicalBytes(JsonNode node) {
    return Utf8.encode(canonicalText(node));
  }

  /** The 32-byte JSON Document Hash of did:btcr2: SHA-256 of {@link #canonicalBytes}. */
  public static Bytes documentHash(JsonNode node) {
    return TaggedHash.sha256(canonicalBytes(node));
  }
}
