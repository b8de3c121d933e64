package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MalformedEventsTest {
  private static final String GOOD =
      "{\"id\":\""
          + "0a".repeat(32)
          + "\",\"pubkey\":\""
          + "0b".repeat(32)
          + "\",\"created_at\":1700000000,\"kind\":4640,\"tags\":[[\"p\",\"x\"]],"
          + "\"content\":\"hello\",\"sig\":\""
          + "0c".repeat(64)
          + "\"}";

  private static final EventLimits LIMITS = new EventLimits(1_000, 3, 2);

  static Stream<Arguments> nasty() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("white space", "  "),
        Arguments.of("null", "null"),
        Arguments.of("a number", "1"),
        Arguments.of("an array around it", "[" + GOOD + "]"),
        Arguments.of("an empty object", "{}"),
        Arguments.of("cut off", GOOD.substring(0, GOOD.length() - 1)),
        Arguments.of("a second value behind it", GOOD + "{}"),
        Arguments.of("text behind it", GOOD + "x"),
        Arguments.of("a byte order mark", "\ufeff" + GOOD),
        Arguments.of("a comment", GOOD.replace("\"kind\"", "/*x*/\"kind\"")),
        Arguments.of("single quotes", GOOD.replace('"', '\'')),
        Arguments.of("an unquoted name", GOOD.replace("\"kind\"", "kind")),
        Arguments.of("a trailing comma", GOOD.replace("\"}", "\",}")),
        Arguments.of("a field twice", GOOD.replace("\"kind\":4640", "\"kind\":1,\"kind\":4640")),
        Arguments.of(
            "a field twice by escape",
            GOOD.replace("\"kind\":4640", "\"kind\":1,\"k\\u0069nd\":2")),
        Arguments.of("a field more", GOOD.replace("\"kind\"", "\"ots\":\"\",\"kind\"")),
        Arguments.of("a field less", GOOD.replace("\"kind\":4640,", "")),
        Arguments.of("no signature", GOOD.replaceAll(",\"sig\".*", "}")),
        Arguments.of("a null field", GOOD.replace("\"hello\"", "null")),
        Arguments.of("a number for a string", GOOD.replace("\"hello\"", "5")),
        Arguments.of("an object for a string", GOOD.replace("\"hello\"", "{}")),
        Arguments.of("upper-case hex", GOOD.replace("0a0a", "0A0a")),
        Arguments.of("a short id", GOOD.replace("0a0a", "0a")),
        Arguments.of("a long key", GOOD.replace("0b0b0b", "0b0b0b0b")),
        Arguments.of("an odd digit", GOOD.replace("0a0a", "0a0")),
        Arguments.of("no hex", GOOD.replace("0c0c", "0c0g")),
        Arguments.of("non-ASCII digits", GOOD.replace("0c0c", "0c0١")),
        Arguments.of("a string for a number", GOOD.replace("4640", "\"4640\"")),
        Arguments.of("a fraction", GOOD.replace("4640", "4640.0")),
        Arguments.of("an exponent", GOOD.replace("4640", "4e3")),
        Arguments.of("minus zero", GOOD.replace("4640", "-0")),
        Arguments.of("a leading zero", GOOD.replace("4640", "04640")),
        Arguments.of("a plus", GOOD.replace("4640", "+4640")),
        Arguments.of("a kind too low", GOOD.replace("4640", "-1")),
        Arguments.of("a kind too high", GOOD.replace("4640", "65536")),
        Arguments.of("a time before 1970", GOOD.replace("1700000000", "-1")),
        Arguments.of("a time after 9999", GOOD.replace("1700000000", "253402300800")),
        Arguments.of("a number over 64 bits", GOOD.replace("1700000000", "18446744073709551617")),
        Arguments.of("a number of 30 digits", GOOD.replace("1700000000", "1".repeat(30))),
        Arguments.of("NaN", GOOD.replace("1700000000", "NaN")),
        Arguments.of("tags no array", GOOD.replace("[[\"p\",\"x\"]]", "{}")),
        Arguments.of("a tag no array", GOOD.replace("[[\"p\",\"x\"]]", "[\"p\"]")),
        Arguments.of("an empty tag", GOOD.replace("[\"p\",\"x\"]", "[]")),
        Arguments.of("a number in a tag", GOOD.replace("[\"p\",\"x\"]", "[\"p\",1]")),
        Arguments.of("null in a tag", GOOD.replace("[\"p\",\"x\"]", "[\"p\",null]")),
        Arguments.of("a nested tag", GOOD.replace("[\"p\",\"x\"]", "[\"p\",[\"x\"]]")),
        Arguments.of("a tag too many", GOOD.replace("[[\"p\"", "[[\"a\"],[\"b\"],[\"c\"],[\"p\"")),
        Arguments.of("an element too many", GOOD.replace("\"x\"]", "\"x\",\"y\"]")),
        Arguments.of("deep nesting", GOOD.replace("\"hello\"", "[".repeat(9) + "]".repeat(9))),
        Arguments.of("very deep nesting", "[".repeat(900)),
        Arguments.of("a raw control character", GOOD.replace("hello", "a\u0001b")),
        Arguments.of("a raw line feed", GOOD.replace("hello", "a\nb")),
        Arguments.of("an unknown escape", GOOD.replace("hello", "a\\x41")),
        Arguments.of("a lone surrogate", GOOD.replace("hello", "\ud800")),
        Arguments.of("an escaped lone surrogate", GOOD.replace("hello", "\\ud800")),
        Arguments.of("surrogates in the wrong order", GOOD.replace("hello", "\\ude00\\ud83d")),
        Arguments.of("a lone surrogate in a tag", GOOD.replace("\"x\"]", "\"\\udfff\"]")),
        Arguments.of("too many characters", GOOD.replace("hello", "a".repeat(1_000))),
        Arguments.of("too many bytes of few characters", GOOD.replace("hello", "漢".repeat(260))),
        Arguments.of("a long field name", GOOD.replace("\"kind\"", "\"" + "k".repeat(99) + "\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nasty")
  void isRefused(String what, String json) {
    MalformedEventException refused =
        assertThrows(
            MalformedEventException.class,
            () -> NostrEvent.ofJson(json, LIMITS),
            () -> "an event with " + what + " was accepted");
    assertTrue(refused.toString().length() < 600, refused.toString());
  }

  @Test
  void theUntouchedOneIsAccepted() {
    assertEquals(4640, NostrEvent.ofJson(GOOD, LIMITS).kind());
    assertEquals(4640, NostrEvent.ofJson(" \n" + GOOD + "\t ", LIMITS).kind());
  }
}
