package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

final class NostrNotaryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.750Z");

  private final SeededRandom random = new SeededRandom(34640);
  private final SecretKey key = SecretKey.generate(random);
  private final NostrNotary notary = new NostrNotary(key, () -> NOW, random);
  private final Header header =
      new Header(
          Bytes.of(new byte[32]),
          Bytes.EMPTY,
          Bytes.of(new byte[16]),
          3,
          Bytes.of(new byte[32]),
          0);

  @Test
  void aStatementIsAnEventThatAnyoneCanCheck() {
    SignedStatement said = notary.sign(header, new RoundStatement.RoundRequest(1));
    NostrEvent event = NostrEvent.ofJson(said.event(), EventLimits.DEFAULT);
    assertTrue(event.verify());
    assertEquals(said.id(), event.id());
    assertEquals(notary.statementKey(), event.pubkey());
    assertEquals(4646, event.kind());
    assertEquals(List.of(), event.tags());
    assertEquals(Instant.parse("2026-01-01T12:00:00Z"), said.createdAt());
  }

  @Test
  void itsContentDecodesToWhatWasSaid() {
    SignedStatement said = notary.sign(header, new RoundStatement.RoundRequest(7));
    NostrEvent event = NostrEvent.ofJson(said.event(), EventLimits.DEFAULT);
    StatementCodec.Decoded decoded =
        StatementCodec.decode(
            said.body().kind(), event.content(), new NostrStatementReader()::read);
    assertEquals(header, decoded.header());
    assertEquals(new RoundStatement.RoundRequest(7), decoded.body());
  }

  @Test
  void anAnnouncementNamesItselfAndExpiresAfterItsDeadlines() {
    Deadlines deadlines = Deadlines.live();
    SignedStatement said =
        notary.sign(header, new Statement.Announcement("round-1", terms(deadlines, 1)));
    NostrEvent event = NostrEvent.ofJson(said.event(), EventLimits.DEFAULT);
    long expiration = NOW.getEpochSecond() + deadlines.total().toSeconds();
    assertEquals(
        List.of(List.of("d", "round-1"), List.of("expiration", Long.toString(expiration))),
        event.tags());
    assertEquals(34640, event.kind());
  }

  @Test
  void moreRoundsExpireLater() {
    Deadlines deadlines = Deadlines.live();
    List<List<String>> tags =
        NostrNotary.tags(new Statement.Announcement("round-1", terms(deadlines, 3)), 0);
    assertEquals(Long.toString(3 * deadlines.total().toSeconds()), tags.get(1).get(1));
  }

  private static CohortTerms terms(Deadlines deadlines, int rounds) {
    return Simulation.terms(2, 3, 0, rounds, NonceCustody.MEMORY, deadlines);
  }
}
