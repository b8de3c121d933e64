package org.beaconcohort.adapter.nostr.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RelayFrameTest {
  private static final Bytes ID = Bytes.ofHex("0a".repeat(32));
  private static final NostrEvent EVENT =
      new NostrEvent(
          ID,
          Bytes.ofHex("0b".repeat(32)),
          1_700_000_000L,
          4640,
          List.of(List.of("p", "x")),
          "hello",
          Bytes.ofHex("0c".repeat(64)));

  private static RelayFrame read(String json) {
    return RelayFrame.ofJson(json, 4_000, EventLimits.DEFAULT);
  }

  @Test
  void everyFrameOfTheProtocolIsRead() {
    assertEquals(
        new RelayFrame.Event("s", EVENT), read("[\"EVENT\",\"s\"," + EVENT.toJson() + "]"));
    assertEquals(new RelayFrame.EndOfStored("s"), read(" [\"EOSE\" , \"s\"] "));
    assertEquals(new RelayFrame.Ok(ID, true, ""), read("[\"OK\",\"" + ID + "\",true,\"\"]"));
    assertEquals(
        new RelayFrame.Ok(ID, false, "blocked: no"),
        read("[\"OK\",\"" + ID + "\",false,\"blocked: no\"]"));
    assertEquals(new RelayFrame.Ok(ID, true, ""), read("[\"OK\",\"" + ID + "\",true]"));
    assertEquals(new RelayFrame.Closed("s", "error: x"), read("[\"CLOSED\",\"s\",\"error: x\"]"));
    assertEquals(new RelayFrame.Closed("s", ""), read("[\"CLOSED\",\"s\"]"));
    assertEquals(new RelayFrame.Notice("hi"), read("[\"NOTICE\",\"hi\"]"));
    assertEquals(new RelayFrame.Auth("abc"), read("[\"AUTH\",\"abc\"]"));
    assertEquals(new RelayFrame.Other("COUNT"), read("[\"COUNT\",\"s\",{\"count\":[1,{}]}]"));
  }

  static Stream<Arguments> nasty() {
    String event = EVENT.toJson();
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("null", "null"),
        Arguments.of("text", "hello"),
        Arguments.of("an object", "{\"EVENT\":1}"),
        Arguments.of("an empty array", "[]"),
        Arguments.of("a number as verb", "[1]"),
        Arguments.of("null as verb", "[null]"),
        Arguments.of("an event alone", event),
        Arguments.of("EVENT without event", "[\"EVENT\",\"s\"]"),
        Arguments.of("EVENT without subscription", "[\"EVENT\"," + event + "]"),
        Arguments.of("EVENT with a number as name", "[\"EVENT\",1," + event + "]"),
        Arguments.of("EVENT with null", "[\"EVENT\",\"s\",null]"),
        Arguments.of("EVENT with an array", "[\"EVENT\",\"s\",[" + event + "]]"),
        Arguments.of("EVENT with text for an event", "[\"EVENT\",\"s\",\"" + "x".repeat(9) + "\"]"),
        Arguments.of("EVENT with two events", "[\"EVENT\",\"s\"," + event + "," + event + "]"),
        Arguments.of(
            "EVENT with a bad event", "[\"EVENT\",\"s\"," + event.replace("0a0a", "0A0a") + "]"),
        Arguments.of(
            "EVENT with a field twice",
            "[\"EVENT\",\"s\"," + event.replace("\"kind\"", "\"kind\":1,\"kind\"") + "]"),
        Arguments.of("OK without a verdict", "[\"OK\",\"" + ID + "\"]"),
        Arguments.of("OK with text as verdict", "[\"OK\",\"" + ID + "\",\"true\",\"\"]"),
        Arguments.of("OK with a number as verdict", "[\"OK\",\"" + ID + "\",1,\"\"]"),
        Arguments.of("OK with a short id", "[\"OK\",\"0a\",true,\"\"]"),
        Arguments.of("OK with an upper-case id", "[\"OK\",\"" + "0A".repeat(32) + "\",true,\"\"]"),
        Arguments.of("OK with an object as message", "[\"OK\",\"" + ID + "\",true,{}]"),
        Arguments.of("OK with a fifth element", "[\"OK\",\"" + ID + "\",true,\"\",1]"),
        Arguments.of("EOSE without a name", "[\"EOSE\"]"),
        Arguments.of("EOSE with more", "[\"EOSE\",\"s\",1]"),
        Arguments.of("EOSE with null", "[\"EOSE\",null]"),
        Arguments.of("CLOSED without a name", "[\"CLOSED\"]"),
        Arguments.of("NOTICE of a number", "[\"NOTICE\",5]"),
        Arguments.of("two frames", "[\"EOSE\",\"s\"][\"EOSE\",\"s\"]"),
        Arguments.of("text behind it", "[\"EOSE\",\"s\"]x"),
        Arguments.of("cut off", "[\"EOSE\",\"s\""),
        Arguments.of("cut off in an unknown frame", "[\"COUNT\",{\"a\":[1,"),
        Arguments.of("deep nesting", "[\"COUNT\"," + "[".repeat(500) + "]".repeat(500) + "]"),
        Arguments.of("unclosed deep nesting", "[".repeat(3_000)),
        Arguments.of(
            "a lone surrogate", "[\"EVENT\",\"s\"," + event.replace("hello", "\\ud800") + "]"),
        Arguments.of("too long", "[\"NOTICE\",\"" + "x".repeat(4_000) + "\"]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nasty")
  void isRefused(String what, String json) {
    assertThrows(
        MalformedFrameException.class, () -> read(json), () -> "a frame with " + what + " passed");
  }

  @Test
  void wordsAreMadeFitForATerminal() {
    assertEquals("a?[31mb?c", RelayWords.printable("a\u001b[31mb\nc"));
    assertEquals(201, RelayWords.printable("x".repeat(1_000)).length());
    assertEquals("??", RelayWords.printable("\u202e\u0085"));
  }

  @Test
  void refusalsAreFoundWhereverTheyStand() {
    assertEquals(Refusal.AUTH_REQUIRED, Refusal.of("ERROR: auth-required: not for you"));
    assertEquals(Refusal.DUPLICATE, Refusal.of("duplicate: have this event"));
    assertEquals(Refusal.RATE_LIMITED, Refusal.of("rate-limited: slow down"));
    assertEquals(Refusal.BLOCKED, Refusal.of("Blocked: by policy"));
    assertEquals(Refusal.ERROR, Refusal.of("error: disk full"));
    assertEquals(Refusal.UNKNOWN, Refusal.of("go away"));
    assertEquals(Refusal.UNKNOWN, Refusal.of("unblocked: well"));
    assertEquals(Refusal.UNKNOWN, Refusal.of(""));
    assertEquals(Refusal.Then.RETRY, Refusal.of("go away").then());
    assertEquals(Refusal.Then.FINAL, Refusal.of("pow: 28 bits").then());
    assertEquals(Refusal.Then.DONE, Refusal.of("duplicate:").then());
  }
}
