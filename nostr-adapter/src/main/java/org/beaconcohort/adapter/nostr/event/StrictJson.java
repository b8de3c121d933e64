package org.beaconcohort.adapter.nostr.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * Parsers for JSON from strangers: RFC 8259 only, no duplicate names, at most 8 levels deep, names
 * of at most 64 and numbers of at most 20 characters.
 */
public final class StrictJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNameLength(64)
                  .maxNumberLength(20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private StrictJson() {}

  public static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  /** Refuses any token under the parser but the start of an array. */
  public static void array(JsonParser parser, String what) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new MalformedEventException(what + " must be a JSON array, got " + name(parser));
    }
  }

  /** The string under the parser. */
  public static String string(JsonParser parser, String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new MalformedEventException(what + " must be a string, got " + name(parser));
    }
    return parser.getText();
  }

  /** The whole number under the parser, written without exponent, fraction or minus zero. */
  public static long integer(JsonParser parser, String what, long min, long max)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new MalformedEventException(what + " must be a whole number, got " + name(parser));
    }
    String text = parser.getText();
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedEventException(
          what + " must be " + min + " to " + max + ", got " + text, e);
    }
    if (value < min || value > max || !text.equals(Long.toString(value))) {
      throw new MalformedEventException(what + " must be " + min + " to " + max + ", got " + text);
    }
    return value;
  }

  /** Refuses anything but white space behind what was read. */
  public static void end(JsonParser parser, String what) throws IOException {
    if (parser.nextToken() != null) {
      throw new MalformedEventException(
          what + " must be one JSON value, got " + name(parser) + " behind it");
    }
  }

  /** A name for the token under the parser, for messages. */
  public static String name(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return token == null ? "the end of the text" : token.name();
  }
}
