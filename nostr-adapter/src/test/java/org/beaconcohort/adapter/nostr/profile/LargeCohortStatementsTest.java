package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.wrap.ChannelRound;
import org.beaconcohort.adapter.nostr.wrap.Opened;
import org.beaconcohort.adapter.nostr.wrap.OuterEvents;
import org.beaconcohort.adapter.nostr.wrap.OuterReader;
import org.beaconcohort.adapter.nostr.wrap.Stamp;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the statements of large cohorts are as Nostr events, and that they get across. */
final class LargeCohortStatementsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ChannelKey CHANNEL = new ChannelKey(Bytes.ofHex("5a".repeat(32)));

  /** What is allowed, not what the usual terms say. */
  private static CohortTerms longestTerms(int members) {
    CohortTerms terms = Simulation.terms(members, members);
    return Simulation.withSuccessors(
        new CohortTerms(
            terms.network(),
            terms.beaconType(),
            members,
            members,
            100,
            terms.pendingUpdateTrigger(),
            terms.leafA(),
            terms.order(),
            terms.signerClass(),
            terms.custody(),
            terms.deadlines(),
            terms.fees(),
            terms.funder(),
            terms.minFunding(),
            terms.confirmations(),
            terms.rounds(),
            Collections.nCopies(16, "wss://" + "r".repeat(250)),
            List.of()),
        Collections.nCopies(16, Bytes.ofHex("5c".repeat(32))));
  }

  private static int size(SignedStatement said) {
    return said.event().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Map<StatementKind, Integer> sizes(CohortOfMany cohort) {
    Map<StatementKind, Integer> sizes = new EnumMap<>(StatementKind.class);
    cohort.all().forEach(said -> sizes.merge(said.body().kind(), size(said), Math::max));
    return sizes;
  }

  @Test
  @Tag("scenario-45")
  void withTwoHundredMembersAndTheLongestAnnouncementEveryStatementGoesOutInOnePiece() {
    Map<StatementKind, Integer> sizes =
        sizes(new CohortOfMany(longestTerms(200), "i".repeat(64), 200, 1));
    // A cohort that follows another is shown in the words of all its members.
    sizes.remove(StatementKind.SUCCESSION);

    sizes.forEach((kind, size) ->
        assertTrue(
            size <= OuterEvents.MAX_IN_ONE,
            kind + " must be at most " + OuterEvents.MAX_IN_ONE + " bytes, got " + size));
  }

  /** The table of docs/performance.md, to the byte. */
  @ParameterizedTest(name = "{0} members")
  @CsvSource({
    "2, 3239, 1282, 1179, 12911",
    "16, 5201, 3214, 3503, 55403",
    "200, 30963, 28606, 34047, 613845",
    "1000, 142965, 139006, 166847, 3041847"
  })
  void whatGrowsGrowsWithTheNumberOfMembersAndNotFaster(
      int members, int keyset, int proposal, int sync, int succession) {
    Map<StatementKind, Integer> sizes =
        sizes(new CohortOfMany(Simulation.terms(members, members), "friday", members, 1));
    assertEquals(keyset, sizes.get(StatementKind.KEYSET_PROPOSAL));
    assertEquals(proposal, sizes.get(StatementKind.PROPOSAL));
    assertEquals(sync, sizes.get(StatementKind.SYNC));
    assertEquals(succession, sizes.get(StatementKind.SUCCESSION));
  }

  @Test
  @Tag("scenario-45")
  void statementsOfAThousandMembersComeTogetherFromPartsInAnyOrder() {
    CohortOfMany cohort = new CohortOfMany(longestTerms(1_000), "i".repeat(64), 1_000, 1);
    ChannelRound round = ChannelRound.derive(CHANNEL.secret().toArray(), 1);
    OuterReader reader = OuterReader.ofChannel(round, new SeenIds(100));
    List<SignedStatement> large =
        List.of(
            cohort.one(StatementKind.KEYSET_PROPOSAL),
            cohort.one(StatementKind.PROPOSAL),
            cohort.one(StatementKind.SYNC),
            cohort.one(StatementKind.SUCCESSION));
    List<NostrEvent> outer = new ArrayList<>();
    for (SignedStatement said : large) {
      NostrEvent inner = NostrEvent.ofJson(said.event(), StatementEvents.LIMITS);
      List<NostrEvent> parts =
          new OuterEvents(RANDOM).toChannel(round, inner, Stamp.lasting(1_800_000_000L));
      assertEquals((size(said) + 29_999) / 30_000, parts.size(), said.toString());
      outer.addAll(parts);
    }
    Collections.shuffle(outer, new Random(45));

    List<SignedStatement> read = new ArrayList<>();
    for (NostrEvent each : outer) {
      assertTrue(each.toJson().length() <= 65_536, "relays take an event of 64 KiB");
      if (reader.open(NostrEvent.ofJson(each.toJson(), EventLimits.DEFAULT))
          instanceof Opened.Inner inner) {
        read.add(new NostrStatementReader().read(inner.event().toJson()));
      }
    }
    assertEquals(large.size(), read.size());
    assertTrue(read.containsAll(large));
  }

  /** Leaf A is for 100 members at most, and each may register 100 DIDs. */
  @Test
  @Tag("scenario-45")
  void theLargestBundleAndAThousandMembersProposalsGoOverARelay() throws Exception {
    CohortOfMany thousand = new CohortOfMany(Simulation.terms(1_000, 1_000), "friday", 1_000, 1);
    CohortOfMany hundred = new CohortOfMany(longestTerms(100), "friday", 100, 100);
    List<SignedStatement> large =
        List.of(
            thousand.one(StatementKind.KEYSET_PROPOSAL),
            thousand.one(StatementKind.PROPOSAL),
            hundred.one(StatementKind.BUNDLE));
    BlockingQueue<SignedStatement> got = new LinkedBlockingQueue<>();
    try (FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults())) {
      NostrTransport sender = transport(relay);
      NostrTransport receiver = transport(relay);
      receiver.listenToChannel(CHANNEL, 1, got::add);
      for (SignedStatement said : large) {
        sender.publish(said, new Recipient.Channel(CHANNEL, 1));
      }
      for (SignedStatement said : large) {
        assertEquals(said, got.poll(60, TimeUnit.SECONDS));
      }
      assertTrue(sender.flush(Duration.ofSeconds(60)));
      assertEquals(
          large.stream().mapToInt(said -> (size(said) + 29_999) / 30_000).sum(),
          relay.storedEvents().size());
      sender.close();
      receiver.close();
    }
  }

  private static NostrTransport transport(FixtureRelay relay) {
    return NostrTransport.connect(
        List.of(new RelayUrl(relay.url())),
        SecretKey.generate(RANDOM),
        RANDOM,
        TransportSettings.defaults(),
        TransportListener.NONE,
        fault -> {
          throw new AssertionError(fault);
        });
  }
}
