package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.check.Evidence.Life;
import org.beaconcohort.cohort.check.Journals.Fact;
import org.beaconcohort.cohort.check.Journals.Read;
import org.beaconcohort.musig2.bytes.Bytes;

/** I5 and I6: how everybody ended, and when. */
final class Ends {
  private static final List<String> OUTCOMES =
      List.of("Failed", "MayStillConfirm", "AnchoredAlone", "Halted");

  /** A coordinator still answers those who come late. */
  private static final Set<String> NOT_AFTER =
      Set.of(
          "UpdatesCommitted",
          "NonceOpened",
          "NonceReplaced",
          "Claimed",
          "PartialRecorded",
          "Ended");

  /** A member waits for what may take a leader its whole phase, each on a clock of its own. */
  private static final int BOTH_SIDES = 2;

  /** Attempts of a round (R22). */
  private static final int ATTEMPTS = 3;

  private final List<Finding> findings;

  Ends(List<Finding> findings) {
    this.findings = findings;
  }

  /** I5; how many ended. */
  int checkReasons(List<Read> journals, Set<Bytes> complete) {
    int ended = 0;
    for (Read journal : journals) {
      Optional<JsonNode> end = journal.last("Ended");
      Optional<JsonNode> halt = journal.last("RolledBack");
      end.ifPresent(fact -> outcome(journal, fact.path("outcome"), complete));
      halt.ifPresent(fact -> reason(journal, "RolledBack", fact));
      ended += end.isPresent() || halt.isPresent() ? 1 : 0;
      // A backup that was put back may be from before the end.
      boolean noted =
          journal.ever().stream()
              .anyMatch(fact -> fact.name().equals("Ended") || fact.name().equals("RolledBack"));
      if (!noted && journal.source().life().outcomes() > 0) {
        find(
            Invariant.I5_REASON, journal.party() + " said that it had ended, its journal does not");
      }
      boolean over = false;
      for (Fact fact : journal.facts()) {
        if (over && NOT_AFTER.contains(fact.name())) {
          find(Invariant.I5_REASON, journal.party() + " went on after its end: " + fact.name());
        }
        over |= fact.name().equals("Ended");
      }
    }
    return ended;
  }

  private void outcome(Read journal, JsonNode outcome, Set<Bytes> complete) {
    String type = outcome.path("type").asText();
    if (type.equals("Anchored") || type.equals("SucceededBy")) {
      String txid = outcome.path("txid").asText();
      if (!complete.contains(Outpoint.ofDisplay(txid, 0).txid())) {
        find(
            Invariant.I5_REASON,
            journal.party() + " ended as anchored by " + txid + ", which nobody has signed");
      }
    } else if (OUTCOMES.contains(type)) {
      reason(journal, type, outcome);
    } else {
      find(Invariant.I5_REASON, journal.party() + " ended without an outcome: " + outcome);
    }
  }

  private void reason(Read journal, String type, JsonNode fact) {
    if (!fact.path("code").asText().matches("[A-Z][A-Z_]+")) {
      find(Invariant.I5_REASON, journal.party() + " ended as " + type + " without a code: " + fact);
    }
  }

  /** I6, by the longest that the announced terms allow. */
  void checkTime(List<Read> journals, List<Event> events) {
    Optional<Duration> most =
        events.stream()
            .filter(event -> event.kind().equals("ANNOUNCEMENT"))
            .map(event -> bound(event.body().path("terms")))
            .max(Duration::compareTo);
    if (most.isEmpty()) {
      return;
    }
    for (Read journal : journals) {
      Life life = journal.source().life();
      Duration busy = life.lived().minus(life.away());
      boolean over = life.outcomes() > 0;
      // One that looks for an announcement looks for ever; one that was stopped for good cannot
      // end.
      boolean bound = over || (life.running() && journal.author().isPresent());
      if (bound && busy.compareTo(most.get()) > 0) {
        find(
            Invariant.I6_BOUNDED_TIME,
            "%s %s after %s, the terms allow %s"
                .formatted(journal.party(), over ? "ended" : "has not ended", busy, most.get()));
      }
    }
  }

  private static Duration bound(JsonNode terms) {
    JsonNode deadlines = terms.path("deadlines");
    long forming =
        seconds(deadlines, "recruiting")
            + seconds(deadlines, "keying")
            + seconds(deadlines, "funding");
    long attempt = seconds(deadlines, "proposal") + seconds(deadlines, "partial");
    long round =
        seconds(deadlines, "listing")
            + seconds(deadlines, "response")
            + ATTEMPTS * attempt
            + seconds(deadlines, "confirmation");
    return Duration.ofSeconds(BOTH_SIDES * (forming + terms.path("rounds").asLong() * round));
  }

  private static long seconds(JsonNode deadlines, String phase) {
    JsonNode value = deadlines.path(phase);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("terms must have the deadline " + phase);
    }
    return value.asLong();
  }

  private void find(Invariant invariant, String what) {
    findings.add(new Finding(invariant, what));
  }
}
