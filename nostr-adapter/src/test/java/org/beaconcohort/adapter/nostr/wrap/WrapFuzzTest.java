package org.beaconcohort.adapter.nostr.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.security.SecureRandom;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.adapter.nostr.nip44.InvalidPayloadException;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** Outer events, what is sealed in them, and parts under mutation. */
final class WrapFuzzTest {
  private static final SecureRandom RANDOM = new SeededRandom(66);
  private static final SecretKey AUTHOR = SecretKey.generate(RANDOM);
  private static final SecretKey INBOX = SecretKey.generate(RANDOM);
  private static final ChannelRound ROUND =
      ChannelRound.derive(Bytes.ofHex("5a".repeat(32)).toArray(), 1);
  private static final NostrEvent INNER =
      new UnsignedEvent(1_700_000_000, 4646, List.of(), "{\"a\":[1,\"b\"]}")
          .sign(AUTHOR, Bytes.of(new byte[32]));
  private static final OuterEvents OUTER = new OuterEvents(RANDOM);
  private static final Stamp STAMP = Stamp.expiring(1_700_000_000, 1_700_000_600);

  private static OuterReader channel() {
    return OuterReader.ofChannel(ROUND, new SeenIds(10));
  }

  /** An outer event of the channel around any text; others cannot tell that nobody signed it. */
  private static NostrEvent sealed(String text) {
    return new NostrEvent(
        INNER.id(),
        INNER.pubkey(),
        1_700_000_000,
        OuterEvents.KIND,
        List.of(List.of("p", ROUND.tag().hex())),
        Nip44.encrypt(text, ROUND.conversation(), RANDOM),
        INNER.sig());
  }

  /** The last of two parts, which may be short. */
  private static Part shortPart() {
    return Parts.cut(new byte[Parts.CHUNK + 20]).get(1);
  }

  @Test
  void anOuterEventOfTheChannelIsOpenedOrRefused() {
    List<String> seeds =
        OUTER.toChannel(ROUND, INNER, STAMP).stream().map(NostrEvent::toJson).toList();
    Fuzz.ofJson("OuterReader of a channel", seeds)
        .refusing(MalformedEventException.class)
        .run(text -> assertNotNull(channel().open(NostrEvent.ofJson(text, EventLimits.DEFAULT))));
  }

  @Test
  void anOuterEventOfTheInboxIsOpenedOrRefused() {
    List<String> seeds =
        OUTER.toInbox(INBOX.xOnlyPublicKey(), INNER, STAMP).stream()
            .map(NostrEvent::toJson)
            .toList();
    Fuzz.ofJson("OuterReader of an inbox", seeds)
        .refusing(MalformedEventException.class)
        .run(text -> {
          OuterReader reader = OuterReader.ofInbox(INBOX, new SeenIds(10));
          assertNotNull(reader.open(NostrEvent.ofJson(text, EventLimits.DEFAULT)));
        });
  }

  @Test
  void whatAMemberSealsIsOpenedOrRefused() {
    Fuzz.ofJson("OuterReader of sealed text", List.of(INNER.toJson(), shortPart().toJson()))
        .refusing(InvalidPayloadException.class)
        .upTo(50_000)
        .run(text -> assertNotNull(channel().open(sealed(text))));
  }

  @Test
  void aTextIsAPartOrRefused() {
    Fuzz.ofJson("Part.ofJson", List.of(shortPart().toJson()))
        .refusing(MalformedEventException.class)
        .run(text -> {
          Part part = Part.ofJson(text);
          assertEquals(part, Part.ofJson(part.toJson()));
        });
  }
}
