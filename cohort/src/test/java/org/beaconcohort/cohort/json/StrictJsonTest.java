package org.beaconcohort.cohort.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final JsonLimits SMALL = new JsonLimits(64, 4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}x",
        "{} {}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "// no\n{}",
        "/* no */{}",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[+1]",
        "[01]",
        "[1.]",
        "[.5]",
        "[0x10]",
        "[1e]",
        "[tru]",
        "[\"\t\"]",
        "[\"\\x41\"]",
        "[\"\\u12\"]",
        "[\"open]",
        "\uFEFF{}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "[9007199254740992]",
        "[-9007199254740992]",
        "[99999999999999999999]",
        "[9007199254740993.5]",
        "[1e400]",
        "[\"\\ud800\"]",
        "[\"\\udc00\\ud800\"]",
        "{\"\\ud800\":1}",
        "[[[[[]]]]]",
        "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}"
      })
  void refusesWhatReadersUnderstandDifferently(String text) {
    assertThrows(MalformedJsonException.class, () -> StrictJson.parse(text, SMALL));
  }

  @Test
  void refusesHalfASurrogatePairInTheTextItself() {
    assertThrows(
        MalformedJsonException.class, () -> StrictJson.parse("[\"" + '\ud83d' + "\"]", SMALL));
  }

  @Test
  void refusesOneByteMoreThanTheLimit() {
    String fits = "[\"" + "a".repeat(60) + "\"]";
    assertEquals(1, StrictJson.parse(fits, SMALL).size());
    assertThrows(
        MalformedJsonException.class, () -> StrictJson.parse(fits.replace("]", " ]"), SMALL));
    // 30 characters of 2 bytes each, and 30 of 3.
    assertEquals(1, StrictJson.parse("[\"" + "é".repeat(30) + "\"]", SMALL).size());
    assertThrows(
        MalformedJsonException.class,
        () -> StrictJson.parse("[\"" + "€".repeat(30) + "\"]", SMALL));
  }

  @Test
  void refusesAMillionOpenBracketsWithoutOverflowing() {
    JsonLimits wide = new JsonLimits(2_000_000, JsonLimits.DEEPEST);
    String deep = "[".repeat(1_000_000);
    assertThrows(MalformedJsonException.class, () -> StrictJson.parse(deep, wide));
    assertThrows(
        MalformedJsonException.class, () -> StrictJson.parse(deep + "]".repeat(1_000_000), wide));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (String hex :
        new String[] {
          "5b22ff225d", "5b22c0af225d", "5b22eda080225d", "5b22f4908080225d", "5b22e2"
        }) {
      assertThrows(
          MalformedJsonException.class,
          () -> StrictJson.parse(Bytes.ofHex(hex), SMALL),
          () -> "bytes " + hex);
    }
  }

  @Test
  void refusesUtf16EvenThoughTheParserCouldGuessIt() {
    assertThrows(
        MalformedJsonException.class, () -> StrictJson.parse(Bytes.ofHex("005b0031005d"), SMALL));
  }

  @Test
  void readsUtf8() {
    Bytes bytes = Utf8.encode("{\"grüße\":\"€ 😀\"}");
    assertEquals("€ 😀", StrictJson.parse(bytes, SMALL).path("grüße").textValue());
  }

  @Test
  void readsOneNumberTheSameHoweverItIsSpelled() {
    JsonNode numbers = StrictJson.parse("[1, 1.0, 1e0, 10e-1, 0.1e1]", SMALL);
    numbers.forEach(number -> assertEquals(numbers.get(0), number));
    assertEquals(StrictJson.parse("[0]", SMALL), StrictJson.parse("[-0.0]", SMALL));
    assertEquals(
        StrictJson.parse("[4503599627370496]", SMALL),
        StrictJson.parse("[4503599627370496.0]", SMALL));
  }

  @Test
  void keepsTheGreatestSafeIntegersExactly() {
    JsonNode numbers = StrictJson.parse("[9007199254740991,-9007199254740991]", SMALL);
    assertEquals(StrictJson.MAX_SAFE_INTEGER, numbers.get(0).longValue());
    assertEquals(-StrictJson.MAX_SAFE_INTEGER, numbers.get(1).longValue());
  }

  @Test
  void aCopySharesNothing() {
    ObjectNode original = StrictJson.newObject();
    original.putObject("a").put("b", 1L);
    JsonNode copy = StrictJson.copy(original, SMALL);
    original.putObject("a").put("b", 2);
    assertEquals("{\"a\":{\"b\":1}}", StrictJson.write(copy));
    assertNotSame(original, copy);
  }

  @Test
  void refusesToCopyATreeThatNoTextHas() {
    assertThrows(
        MalformedJsonException.class,
        () -> StrictJson.copy(StrictJson.newObject().put("a", Double.NaN), SMALL));
    assertThrows(
        MalformedJsonException.class,
        () -> StrictJson.copy(StrictJson.newObject().put("a", new byte[1]), SMALL));
    assertThrows(
        MalformedJsonException.class,
        () -> StrictJson.copy(StrictJson.newObject().put("a", BigInteger.TWO.pow(60)), SMALL));
    assertThrows(
        MalformedJsonException.class,
        () -> StrictJson.copy(StrictJson.newObject().putPOJO("a", new Object()), SMALL));
  }

  @Test
  void writesForPeopleWithFieldsInTheirOrder() {
    ObjectNode object = StrictJson.newObject().put("z", 1);
    object.putArray("a").add("x").add("y");
    object.putArray("none");
    assertEquals(
        "{\n  \"z\": 1,\n  \"a\": [\n    \"x\",\n    \"y\"\n  ],\n  \"none\": []\n}\n",
        StrictJson.writePretty(object));
  }

  @Test
  void randomDamageGivesAValueOrATypedError() {
    String sound = "{\"a\":[1,2.5,\"é\\n\",null],\"b\":{\"c\":true}}";
    for (long seed = 1; seed <= 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = Utf8.encode(sound).toArray();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String message = "seed " + seed;
      try {
        JsonNode node = StrictJson.parse(Bytes.of(bytes), SMALL);
        JsonNode again = StrictJson.parse(StrictJson.write(node), JsonLimits.DOCUMENT);
        assertEquals(node, again, message);
      } catch (MalformedJsonException expected) {
        assertTrue(expected.getMessage() != null && !expected.getMessage().isEmpty(), message);
      }
    }
  }
}
