package org.beaconcohort.adapter.nostr.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** Events and their names under mutation. */
final class EventFuzzTest {
  private static final Bytes AUX = Bytes.of(new byte[32]);
  private static final NostrEvent PLAIN = signed(1, List.of(), "text");
  private static final NostrEvent TAGGED =
      signed(
          34_640,
          List.of(List.of("d", "name"), List.of("e", "ab".repeat(32), ""), List.of("é😀")),
          "{\"a\":\"\\\\\"}");

  private static SecretKey key() {
    return SecretKey.of(Bytes.ofHex("07".repeat(32)).toArray());
  }

  private static NostrEvent signed(int kind, List<List<String>> tags, String content) {
    return new UnsignedEvent(1_700_000_000, kind, tags, content).sign(key(), AUX);
  }

  @Test
  void aTextIsAnEventOrRefused() {
    Fuzz.ofJson("NostrEvent.ofJson", List.of(PLAIN.toJson(), TAGGED.toJson()))
        .refusing(MalformedEventException.class)
        .upTo(140_000)
        .run(text -> {
          NostrEvent event = NostrEvent.ofJson(text, EventLimits.DEFAULT);
          assertEquals(
              event, NostrEvent.ofJson(event.toJson(), new EventLimits(1 << 20, 2_000, 64)));
          event.hasRightId();
          event.tagValues("d");
        });
  }

  @Test
  void anEventVerifiesOrDoesNot() {
    Fuzz.ofJson("NostrEvent.verify", List.of(PLAIN.toJson(), TAGGED.toJson()))
        .refusing(MalformedEventException.class)
        .run(text -> NostrEvent.ofJson(text, EventLimits.DEFAULT).verify());
  }

  @Test
  void aTextIsLowerHexadecimalOrRefused() {
    Fuzz.ofText("LowerHex.parse", List.of("0123456789abcdef".repeat(4)))
        .refusing(MalformedEventException.class)
        .run(text -> assertEquals(text, LowerHex.parse("text", text, 32).hex()));
  }

  @Test
  void contentCanBeSignedOrIsRefused() {
    Fuzz.ofText("UnsignedEvent", List.of("text", "{\"a\":1}"))
        .refusing(MalformedEventException.class)
        .run(text -> new UnsignedEvent(1, 1, List.of(List.of("d", text)), text));
  }

  @Test
  void aTextIsAnNpubOrRefused() {
    Fuzz.ofText("Nip19.publicKeyOf", List.of(Nip19.npub(PLAIN.pubkey())))
        .refusing(MalformedEventException.class)
        .run(text -> assertEquals(text, Nip19.npub(Nip19.publicKeyOf(text))));
  }

  @Test
  void aTextIsANoteOrRefused() {
    Fuzz.ofText("Nip19.eventIdOf", List.of(Nip19.note(PLAIN.id())))
        .refusing(MalformedEventException.class)
        .run(text -> assertEquals(text, Nip19.note(Nip19.eventIdOf(text))));
  }

  @Test
  void aTextIsAnNsecOrRefused() {
    // The one of NIP-19.
    String nsec = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
    Fuzz.ofText("Nip19.secretKeyOf", List.of(nsec))
        .refusing(MalformedEventException.class)
        .run(text -> Nip19.secretKeyOf(text).destroy());
  }
}
