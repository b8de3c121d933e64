package org.beaconcohort.cohort.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

class JcsTest {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 16);

  private static String canonical(String text) {
    return Jcs.canonicalText(StrictJson.parse(text, LIMITS));
  }

  /** RFC 8785, sections 3.2.2 to 3.2.4, without the number 1E30, which is refused here. */
  @Test
  void canonicalizesTheExampleOfTheRfc() {
    String input =
        "{\"numbers\":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],"
            + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\":[null,true,false]}";
    assertEquals(
        "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333"
            + "333333333333332e333333333333332c342e352c302e3030322c31652d32375d2c22737472696e67223a22"
            + "e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d",
        Jcs.canonicalBytes(StrictJson.parse(input, LIMITS)).hex());
  }

  /** RFC 8785, section 3.2.3: keys by UTF-16 code units, not by code points. */
  @Test
  void sortsKeysByUtf16CodeUnits() {
    String input =
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
    assertEquals(
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}", canonical(input));
  }

  /** RFC 8785, appendix B, as far as the numbers are allowed here. */
  @Test
  void writesNumbersAsEcmaScriptDoes() {
    assertEquals("[0]", canonical("[0]"));
    assertEquals("[0]", canonical("[-0]"));
    assertEquals("[5e-324]", canonical("[5e-324]"));
    assertEquals("[-5e-324]", canonical("[-5e-324]"));
    assertEquals("[9007199254740991]", canonical("[9007199254740991]"));
    assertEquals("[333333333.3333332]", canonical("[333333333.33333320]"));
    assertEquals("[333333333.33333325]", canonical("[333333333.333333254]"));
    assertEquals("[333333333.3333333]", canonical("[333333333.3333333]"));
    assertEquals("[0.000001]", canonical("[0.000001]"));
    assertEquals("[1e-7]", canonical("[0.0000001]"));
    assertEquals("[1]", canonical("[1.0]"));
    assertEquals("[10]", canonical("[1e1]"));
  }

  @Test
  void escapesOnlyWhatMustBe() {
    assertEquals(
        "[\"\\b\\t\\n\\f\\r\\\"\\\\/\u007f\\u0000\\u001f\"]",
        canonical("[\"\\u0008\\u0009\\u000a\\u000c\\u000d\\\"\\\\\\/\\u007f\\u0000\\u001f\"]"));
  }

  @Test
  void keepsUnicodeAsItStandsUnnormalized() {
    assertEquals("[\"Å A\u030a\"]", canonical("[\"\\u00c5 A\\u030a\"]"));
  }

  @Test
  void theDocumentHashDependsOnNothingButTheValue() {
    Bytes one = Jcs.documentHash(StrictJson.parse("{\"b\": [1.0], \"a\": \"\\u0041\"}", LIMITS));
    Bytes other = Jcs.documentHash(StrictJson.parse("{\"a\":\"A\",\"b\":[1]}", LIMITS));
    assertEquals(one, other);
    assertEquals(TaggedHash.sha256(Utf8.encode("{\"a\":\"A\",\"b\":[1]}")), one);
  }

  @Test
  void refusesScalarsAndTreesThatNoTextHas() {
    JsonNode scalar = StrictJson.parse("1", LIMITS);
    assertThrows(MalformedJsonException.class, () -> Jcs.canonicalText(scalar));
    ObjectNode unsafe = StrictJson.newObject().put("n", Long.MAX_VALUE);
    assertThrows(MalformedJsonException.class, () -> Jcs.documentHash(unsafe));
    ObjectNode infinite = StrictJson.newObject().put("n", Double.POSITIVE_INFINITY);
    assertThrows(MalformedJsonException.class, () -> Jcs.documentHash(infinite));
    ObjectNode half = StrictJson.newObject().put("s", "\udc00");
    assertThrows(MalformedJsonException.class, () -> Jcs.documentHash(half));
    ObjectNode deep = StrictJson.newObject();
    ObjectNode inner = deep;
    for (int i = 0; i < 100_000; i++) {
      inner = inner.putObject("a");
    }
    assertThrows(MalformedJsonException.class, () -> Jcs.documentHash(deep));
  }

  /**
   * titanium-jcs over Eclipse Parsson: another parser and another canonicalizer. Without what it
   * gets wrong: it writes -752 as -8e02, loses digits of fractions and escapes U+007F.
   */
  @Test
  void agreesWithAnIndependentImplementation() {
    for (long seed = 1; seed <= 1_500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder text = new StringBuilder();
      appendObject(text, random, 4);
      String message = "seed " + seed;
      try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
        assertEquals(
            com.apicatalog.jcs.Jcs.canonize(reader.readValue()),
            canonical(text.toString()),
            message);
      }
    }
  }

  /** The JDK's shortest decimal is the second opinion on numbers. */
  @Test
  void writesTheShortestDecimalThatReadsBack() {
    for (long seed = 1; seed <= 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // From 1e-6 on, where ECMAScript writes no exponent.
      double number = random.nextDouble(0.1, 1) * Math.pow(10, random.nextInt(-5, 15));
      number = random.nextBoolean() ? number : -number;
      String expected =
          new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
      assertEquals("[" + expected + "]", canonical("[" + number + "]"), "seed " + seed);
    }
  }

  private static void appendObject(StringBuilder text, SplittableRandom random, int depth) {
    text.append('{');
    for (int i = random.nextInt(6); i > 0; i--) {
      // The number keeps keys apart.
      text.append('"');
      appendCharacters(text, random);
      text.append(i).append("\":");
      appendValue(text, random, depth - 1);
      text.append(i == 1 ? "" : ",");
    }
    text.append('}');
  }

  private static void appendValue(StringBuilder text, SplittableRandom random, int depth) {
    switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> text.append(random.nextLong(1000));
      case 1 -> text.append(random.nextLong(1L << 53));
      case 2 -> text.append(random.nextBoolean() ? "true" : "null");
      case 3 -> {
        text.append('"');
        appendCharacters(text, random);
        text.append('"');
      }
      case 4 -> appendObject(text, random, depth);
      default -> {
        text.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
          appendValue(text, random, depth - 1);
          text.append(i == 1 ? "" : ",");
        }
        text.append(']');
      }
    }
  }

  private static void appendCharacters(StringBuilder text, SplittableRandom random) {
    String[] pieces = {
      "a",
      "Z",
      "0",
      "\\\"",
      "\\\\",
      "/",
      "\\/",
      "é",
      "\\u00e9",
      "€",
      "😀",
      "\\ud83d\\ude00",
      "\\u0001",
      "\\n",
      "\\u000a",
      "\ufb33",
      "\u2028"
    };
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
  }
}
