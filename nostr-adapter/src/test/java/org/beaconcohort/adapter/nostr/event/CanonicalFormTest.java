package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class CanonicalFormTest {
  private static final Bytes PUBKEY =
      Bytes.ofHex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  /** The expected id was computed with Python's json.dumps(ensure_ascii=False), as JS and C do. */
  @Test
  void theIdOfEveryControlCharacterAndOfUnescapedOnesIsThatOfOtherClients() {
    StringBuilder content = new StringBuilder();
    for (char c = 0; c < 0x20; c++) {
      content.append(c);
    }
    content.append("\u007f/<>&\u2028\u2029é漢😀\"\\");

    Bytes id =
        NostrEvent.idOf(
            PUBKEY,
            1_700_000_000L,
            4640,
            List.of(List.of("t", "a\u001fb"), List.of("x")),
            content.toString());

    assertEquals("1187c05c3fe2898d162820a5ff3e94e0afeb79f9d1e8b446cd1c1b9eb11acbf1", id.hex());
  }

  @Test
  void aForeignEventWithControlCharactersIsReadAndHashed() {
    String text = "a\u0001\u001f\u007f\n";
    Bytes id = NostrEvent.idOf(PUBKEY, 5, 1, List.of(), text);
    String json =
        "{\"id\":\""
            + id.hex()
            + "\",\"pubkey\":\""
            + PUBKEY.hex()
            + "\",\"created_at\":5,\"kind\":1,\"tags\":[],\"content\":\"a\\u0001\\u001F\u007f\\n\","
            + "\"sig\":\""
            + "00".repeat(64)
            + "\"}";

    NostrEvent event = NostrEvent.ofJson(json, EventLimits.DEFAULT);

    assertEquals(text, event.content());
    assertTrue(event.hasRightId());
  }

  @Test
  void anEventWithAControlCharacterIsNotCreated() {
    for (String bad : List.of("a\nb", "\u0000", "\t", "\u001f", "\u007f")) {
      assertThrows(
          MalformedEventException.class, () -> new UnsignedEvent(1, 1, List.of(), bad), bad);
      assertThrows(
          MalformedEventException.class,
          () -> new UnsignedEvent(1, 1, List.of(List.of("t", bad)), ""),
          bad);
    }
  }

  @Test
  void anEventWithALoneSurrogateIsNotCreated() {
    for (String bad : List.of("\ud83d", "\ude00", "a\ude00\ud83d", "\ud83d\ud83d\ude00")) {
      MalformedEventException refused =
          assertThrows(
              MalformedEventException.class, () -> new UnsignedEvent(1, 1, List.of(), bad));
      assertTrue(refused.toString().contains("lone surrogate"), refused.toString());
    }
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    NostrEvent event =
        new NostrEvent(
            Bytes.of(new byte[32]),
            PUBKEY,
            NostrEvent.MAX_CREATED_AT,
            NostrEvent.MAX_KIND,
            List.of(List.of("p", "é\"\\"), List.of("d", "")),
            "\u0000\b\f\n\r\t\u001f\u007f \"quoted\" \\ 😀",
            Bytes.of(new byte[64]));

    assertEquals(event, NostrEvent.ofJson(event.toJson(), EventLimits.DEFAULT));
  }

  @Test
  void utf8LengthCountsBytes() {
    for (String text : List.of("", "a", "é", "漢", "😀", "a😀é", "\u007f\u0080\u07ff\u0800\uffff")) {
      assertEquals(
          text.getBytes(StandardCharsets.UTF_8).length, CanonicalText.utf8Length(text), text);
    }
  }
}
