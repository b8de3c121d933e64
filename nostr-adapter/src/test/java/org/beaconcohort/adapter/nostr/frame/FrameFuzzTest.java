package org.beaconcohort.adapter.nostr.frame;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** What relays say under mutation. */
final class FrameFuzzTest {
  private static final String EVENT =
      new UnsignedEvent(1_700_000_000, 4640, List.of(List.of("p", "ab".repeat(32))), "content")
          .sign(SecretKey.of(Bytes.ofHex("07".repeat(32)).toArray()), Bytes.of(new byte[32]))
          .toJson();

  @Test
  void aTextIsAFrameOrRefused() {
    List<String> frames =
        List.of(
            "[\"EVENT\",\"sub\"," + EVENT + "]",
            "[\"EOSE\",\"sub\"]",
            "[\"OK\",\"" + "ab".repeat(32) + "\",false,\"blocked: no\"]",
            "[\"CLOSED\",\"sub\",\"auth-required: who\"]",
            "[\"NOTICE\",\"words\"]",
            "[\"AUTH\",\"challenge\"]",
            "[\"COUNT\",\"sub\",{\"count\":[1,{}]}]");
    Fuzz.ofJson("RelayFrame.ofJson", frames)
        .refusing(MalformedFrameException.class)
        .upTo(140_000)
        .run(text -> RelayFrame.ofJson(text, 131_072, EventLimits.DEFAULT));
  }

  @Test
  void anyWordsAreSomeRefusal() {
    Fuzz.ofText("Refusal.of words", List.of("duplicate: have it", "error: rate-limited: wait", ""))
        .run(text -> Refusal.of(text).then());
  }

  @Test
  void anyWordsCanBePrinted() {
    Fuzz.ofText("RelayWords.printable", List.of("words", "\u001b[31m", "ü".repeat(300)))
        .run(text -> {
          String shown = RelayWords.printable(text);
          assertTrue(shown.length() <= 201 && shown.indexOf('\n') < 0, shown);
        });
  }
}
