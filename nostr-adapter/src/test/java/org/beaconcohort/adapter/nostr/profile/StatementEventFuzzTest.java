package org.beaconcohort.adapter.nostr.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.cohort.view.TestCohort;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

/** Events that carry statements under mutation. */
final class StatementEventFuzzTest {
  private static List<String> events() {
    TestCohort cohort = new TestCohort(67);
    SeededRandom random = new SeededRandom(67);
    NostrNotary notary =
        new NostrNotary(
            SecretKey.generate(random), () -> Instant.ofEpochSecond(1_700_000_000), random);
    return Stream.of(cohort.announcement(), cohort.optIns().get(0), cohort.keysetProposal())
        .map(said -> notary.sign(said.header(), said.body()))
        .map(SignedStatement::event)
        .toList();
  }

  @Test
  void anEventIsAStatementOrRefused() {
    Fuzz.ofJson("StatementEvents.read", events())
        .refusing(MalformedEventException.class, MalformedStatementException.class)
        .run(text ->
            assertNotNull(StatementEvents.read(NostrEvent.ofJson(text, EventLimits.DEFAULT))));
  }

  @Test
  void anEventThatWasKeptIsAStatementOrRefused() {
    NostrStatementReader reader = new NostrStatementReader();
    Fuzz.ofJson("NostrStatementReader.read", events())
        .refusing(MalformedStatementException.class)
        .run(text -> assertEquals(text, reader.read(text).event()));
  }
}
