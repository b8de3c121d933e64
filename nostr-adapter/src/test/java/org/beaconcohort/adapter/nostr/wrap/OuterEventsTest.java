package org.beaconcohort.adapter.nostr.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.adapter.nostr.nip44.ConversationKey;
import org.beaconcohort.adapter.nostr.nip44.Nip44;
import org.beaconcohort.adapter.nostr.wrap.Opened.Duplicate;
import org.beaconcohort.adapter.nostr.wrap.Opened.Fault;
import org.beaconcohort.adapter.nostr.wrap.Opened.Inner;
import org.beaconcohort.adapter.nostr.wrap.Opened.PartKept;
import org.beaconcohort.adapter.nostr.wrap.Opened.Refused;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

final class OuterEventsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Bytes AUX = Bytes.of(new byte[32]);
  private static final long NOW = 1_800_000_000L;

  private final SecretKey statementKey = SecretKey.generate(RANDOM);
  private final SecretKey inbox = SecretKey.generate(RANDOM);
  private final ChannelRound round = channel(1, 4);
  private final OuterEvents outerEvents = new OuterEvents(RANDOM);

  private static ChannelRound channel(int first, long number) {
    byte[] secret = new byte[32];
    secret[0] = (byte) first;
    return ChannelRound.derive(secret, number);
  }

  private NostrEvent inner(int contentLength) {
    return new UnsignedEvent(NOW - 5, 4641, List.of(), "q".repeat(contentLength))
        .sign(statementKey, AUX);
  }

  private NostrEvent sealed(String text) {
    return new UnsignedEvent(
            NOW,
            OuterEvents.KIND,
            List.of(List.of("p", round.tag().hex())),
            Nip44.encrypt(text, round.conversation(), RANDOM))
        .sign(SecretKey.generate(RANDOM), AUX);
  }

  private OuterReader channelReader() {
    return OuterReader.ofChannel(round, new SeenIds(10));
  }

  private OuterReader inboxReader() {
    return OuterReader.ofInbox(inbox, new SeenIds(10));
  }

  private static void assertFault(Fault expected, Opened opened) {
    assertEquals(expected, assertInstanceOf(Refused.class, opened).fault(), opened.toString());
  }

  @Test
  void anOuterEventShowsATagAndNothingElse() {
    NostrEvent inner = inner(10);
    NostrEvent outer = outerEvents.toChannel(round, inner, Stamp.lasting(NOW)).getFirst();

    assertTrue(outer.verify());
    assertEquals(4640, outer.kind());
    assertEquals(NOW, outer.createdAt());
    assertEquals(List.of(List.of("p", round.tag().hex())), outer.tags());
    assertNotEquals(inner.pubkey(), outer.pubkey());
    assertFalse(outer.toJson().contains(inner.pubkey().hex()));
    assertFalse(outer.toJson().contains("qqqqqq"));
  }

  @Test
  void anExpirationIsOneTagMore() {
    NostrEvent outer =
        outerEvents.toChannel(round, inner(1), Stamp.expiring(NOW, NOW + 60)).getFirst();
    assertEquals("1800000060", outer.tagValue("expiration").orElseThrow());
    assertEquals(2, outer.tags().size());
    assertThrows(IllegalArgumentException.class, () -> Stamp.expiring(NOW, NOW));
  }

  @Test
  void everyOuterEventHasAnAuthorOfItsOwn() {
    NostrEvent inner = inner(50_000);
    List<NostrEvent> outer = outerEvents.toChannel(round, inner, Stamp.lasting(NOW));
    List<NostrEvent> again = outerEvents.toInbox(inbox.xOnlyPublicKey(), inner, Stamp.lasting(NOW));

    assertEquals(2, outer.size());
    assertEquals(2, again.size());
    assertEquals(
        4,
        Stream.concat(outer.stream(), again.stream()).map(NostrEvent::pubkey).distinct().count());
  }

  @Test
  void whatIsSentToTheChannelIsReadByEveryHolderOfTheKey() {
    NostrEvent inner = inner(100);
    NostrEvent outer = outerEvents.toChannel(round, inner, Stamp.lasting(NOW)).getFirst();
    OuterReader other = OuterReader.ofChannel(channel(1, 4), new SeenIds(10));

    assertEquals(new Inner(inner), other.open(outer));
  }

  @Test
  void whatIsSentToAnInboxIsReadByItsOwner() {
    NostrEvent inner = inner(100);
    NostrEvent outer =
        outerEvents.toInbox(inbox.xOnlyPublicKey(), inner, Stamp.lasting(NOW)).getFirst();

    assertEquals(List.of(inbox.xOnlyPublicKey().hex()), outer.tagValues("p"));
    assertEquals(new Inner(inner), inboxReader().open(outer));
  }

  @Test
  void anInnerEventIsHandedOverOnceHoweverOftenItIsWrapped() {
    NostrEvent inner = inner(1);
    OuterReader reader = channelReader();
    assertInstanceOf(
        Inner.class,
        reader.open(outerEvents.toChannel(round, inner, Stamp.lasting(NOW)).getFirst()));
    assertEquals(
        new Duplicate(inner.id()),
        reader.open(outerEvents.toChannel(round, inner, Stamp.lasting(NOW + 1)).getFirst()));
  }

  @Test
  void aForgottenIdIsHandedOverAgain() {
    NostrEvent inner = inner(1);
    SeenIds seen = new SeenIds(10);
    OuterReader reader = OuterReader.ofChannel(round, seen);
    NostrEvent outer = outerEvents.toChannel(round, inner, Stamp.lasting(NOW)).getFirst();
    assertInstanceOf(Inner.class, reader.open(outer));
    seen.forget(inner.id());
    assertInstanceOf(Inner.class, reader.open(outer));
  }

  @Test
  void anotherRoundOrChannelDoesNotReadIt() {
    NostrEvent outer = outerEvents.toChannel(round, inner(1), Stamp.lasting(NOW)).getFirst();
    for (ChannelRound other : List.of(channel(1, 5), channel(2, 4))) {
      assertFault(Fault.NOT_OURS, OuterReader.ofChannel(other, new SeenIds(10)).open(outer));
    }
  }

  @Test
  void theChannelDoesNotLookAtTheOuterSignatureButAnInboxDoes() {
    NostrEvent inner = inner(1);
    NostrEvent toChannel = outerEvents.toChannel(round, inner, Stamp.lasting(NOW)).getFirst();
    NostrEvent toInbox =
        outerEvents.toInbox(inbox.xOnlyPublicKey(), inner, Stamp.lasting(NOW)).getFirst();

    assertInstanceOf(Inner.class, channelReader().open(resigned(toChannel)));
    assertFault(Fault.OUTER_SIGNATURE, inboxReader().open(resigned(toInbox)));
  }

  private static NostrEvent resigned(NostrEvent e) {
    return new NostrEvent(
        e.id(), e.pubkey(), e.createdAt(), e.kind(), e.tags(), e.content(), Bytes.of(new byte[64]));
  }

  @Test
  void eachCheckOfTheRuleRefusesByItsOwnName() {
    NostrEvent good = inner(20);
    String json = good.toJson();
    String wrongId = json.replace("\"qqqq", "\"rqqq");
    NostrEvent wrongSig = resigned(good);
    NostrEvent otherTag = new UnsignedEvent(NOW, 4640, List.of(), "x").sign(statementKey, AUX);
    NostrEvent twoTags =
        new UnsignedEvent(
                NOW, 4640, List.of(List.of("p", round.tag().hex()), List.of("p", "x")), "x")
            .sign(statementKey, AUX);
    NostrEvent notEncrypted =
        new UnsignedEvent(NOW, 4640, List.of(List.of("p", round.tag().hex())), json)
            .sign(statementKey, AUX);

    assertFault(Fault.NOT_OURS, channelReader().open(otherTag));
    assertFault(Fault.NOT_OURS, channelReader().open(twoTags));
    assertFault(Fault.NOT_OURS, channelReader().open(good));
    assertFault(Fault.PAYLOAD, channelReader().open(notEncrypted));
    assertFault(Fault.MALFORMED, channelReader().open(sealed("null")));
    assertFault(Fault.MALFORMED, channelReader().open(sealed("{}")));
    assertFault(Fault.MALFORMED, channelReader().open(sealed(json + "x")));
    assertFault(Fault.MALFORMED, channelReader().open(sealed("[]")));
    assertFault(Fault.INNER_ID, channelReader().open(sealed(wrongId)));
    assertFault(Fault.INNER_SIGNATURE, channelReader().open(sealed(wrongSig.toJson())));
    assertInstanceOf(Inner.class, channelReader().open(sealed(json)));
  }

  @Test
  void aForgeryDoesNotShutOutTheGenuineEvent() {
    NostrEvent good = inner(20);
    OuterReader reader = channelReader();

    assertFault(Fault.INNER_SIGNATURE, reader.open(sealed(resigned(good).toJson())));
    assertFault(Fault.INNER_ID, reader.open(sealed(good.toJson().replace("\"qqqq", "\"rqqq"))));
    assertEquals(new Inner(good), reader.open(sealed(good.toJson())));
  }

  @Test
  void aDirectedEventByAnAuthorThatIsNoPointIsRefused() {
    NostrEvent genuine =
        outerEvents.toInbox(inbox.xOnlyPublicKey(), inner(1), Stamp.lasting(NOW)).getFirst();
    NostrEvent forged =
        new NostrEvent(
            genuine.id(),
            Bytes.of(new byte[32]),
            NOW,
            4640,
            genuine.tags(),
            genuine.content(),
            genuine.sig());
    assertFault(Fault.OUTER_SIGNATURE, inboxReader().open(forged));
  }

  @Test
  void aPayloadForAnotherInboxIsRefused() {
    SecretKey eve = SecretKey.generate(RANDOM);
    ConversationKey wrong = ConversationKey.between(eve, statementKey.xOnlyPublicKey());
    NostrEvent outer =
        new UnsignedEvent(
                NOW,
                4640,
                List.of(List.of("p", inbox.xOnlyPublicKey().hex())),
                Nip44.encrypt(inner(1).toJson(), wrong, RANDOM))
            .sign(eve, AUX);
    assertFault(Fault.PAYLOAD, inboxReader().open(outer));
  }

  @Test
  void aLargeEventTravelsInPartsInAnyOrder() {
    NostrEvent inner = inner(200_000);
    List<NostrEvent> outer =
        new ArrayList<>(outerEvents.toChannel(round, inner, Stamp.lasting(NOW)));
    assertEquals(7, outer.size());
    Collections.shuffle(outer, new Random(7));
    OuterReader reader = channelReader();

    for (NostrEvent part : outer.subList(0, 6)) {
      assertInstanceOf(PartKept.class, reader.open(part));
      assertInstanceOf(PartKept.class, reader.open(part));
    }
    assertEquals(new Inner(inner), reader.open(outer.get(6)));
  }

  @Test
  void theLimitOfOnePieceIsExact() {
    int overhead = inner(0).toJson().length();
    int most = OuterEvents.MAX_IN_ONE - overhead;
    assertEquals(1, outerEvents.toChannel(round, inner(most), Stamp.lasting(NOW)).size());
    assertEquals(2, outerEvents.toChannel(round, inner(most + 1), Stamp.lasting(NOW)).size());
  }

  @Test
  void moreThanFourMebibytesAreRefused() {
    NostrEvent inner = inner(Parts.MAX_WHOLE);
    assertThrows(
        OversizedEventException.class,
        () -> outerEvents.toChannel(round, inner, Stamp.lasting(NOW)));
  }

  @Test
  void noOuterEventIsAboveWhatRelaysTake() {
    NostrEvent inner = inner(150 * 1000);
    for (NostrEvent outer : outerEvents.toChannel(round, inner, Stamp.expiring(NOW, NOW + 9))) {
      assertTrue(outer.toJson().length() <= 65_536, "size " + outer.toJson().length());
    }
  }
}
