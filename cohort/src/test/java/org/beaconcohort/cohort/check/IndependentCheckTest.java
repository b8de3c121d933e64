package org.beaconcohort.cohort.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.check.Evidence.Journal;
import org.beaconcohort.cohort.check.Evidence.Kept;
import org.beaconcohort.cohort.check.Evidence.Life;
import org.beaconcohort.cohort.simulation.BrokenMembers;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;

/** The checker finds what is broken, says what it found, and finds nothing in what is not. */
final class IndependentCheckTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void aQuietCohortOfTwoRoundsBreaksNothingAndEverythingIsLookedAt() {
    Evidence evidence = quiet().evidence();
    IndependentCheck.Result result = IndependentCheck.require(evidence, "quiet");
    System.out.println("Independent check of two members and two rounds: " + result);
    assertEquals(new IndependentCheck.Result(List.of(), 4, 2, 2, 4, 3), result);
  }

  @Test
  void aVaultThatSignsTwiceWithOneNonceIsFound() {
    Evidence evidence = BrokenMembers.withOneNonceForEverything(A_DAY);
    found(
        evidence,
        Set.of(Invariant.I1_ONE_TRANSCRIPT_PER_NONCE),
        "has 2 signatures",
        "is claimed for 2 T");
  }

  /** Both as anybody can see them on a relay, and the second is no signature at all. */
  @Test
  void anotherPartialSignatureForOneTranscriptIsFound() {
    Evidence whole = quiet().evidence();
    List<String> events = new ArrayList<>(whole.events());
    String partial =
        events.stream()
            .filter(event -> event.contains("|PARTIAL_SIGNATURE|"))
            .findFirst()
            .orElseThrow();
    events.add(
        partial.replaceFirst("\"signature\":\"[0-9a-f]{64}", "\"signature\":\"" + "11".repeat(32)));
    found(
        new Evidence(events, whole.forged(), whole.journals(), whole.transactions()),
        Set.of(Invariant.I1_ONE_TRANSCRIPT_PER_NONCE, Invariant.CLAIM_BEFORE_SIGNATURE),
        "has 2 signatures",
        "is no signature with the nonce",
        "claims that T before");
  }

  @Test
  void aVaultWhoseClaimIsNotDurableWhenItsSignatureIsOutIsFound() {
    Evidence evidence = BrokenMembers.thatClaimsAfterItSigns(A_DAY);
    found(evidence, Set.of(Invariant.CLAIM_BEFORE_SIGNATURE), "claims that T before");
  }

  @Test
  void aMemberThatLatchesTwoTxidsOnOneOutpointIsFound() {
    Evidence evidence = BrokenMembers.thatSignsTwoTransactions(A_DAY);
    found(
        evidence,
        Set.of(Invariant.I2_ONE_TXID_PER_OUTPOINT),
        "claimed 2 txids on",
        "has 2 completely signed txids");
  }

  @Test
  void twoUpdatesForOneVersionAreFound() {
    Evidence evidence = BrokenMembers.thatChangesItsMind(A_DAY);
    found(evidence, Set.of(Invariant.I4_ONE_UPDATE_PER_VERSION), "has 2 updates of version 3");
  }

  @Test
  void anUpdateThatNoJournalCommittedToIsFound() {
    found(
        without("participant.UpdatesCommitted"),
        Set.of(Invariant.I4_ONE_UPDATE_PER_VERSION),
        "no journal committed to it");
  }

  @Test
  void aTerminalStateWithoutReasonIsFound() {
    for (String outcome :
        List.of(
            "{\"outcome\":{\"type\":\"Failed\",\"detail\":\"no\"}}",
            "{\"outcome\":{\"type\":\"Halted\",\"code\":\"\"}}",
            "{\"outcome\":{}}",
            "{\"outcome\":{\"type\":\"Anchored\",\"txid\":\"" + "ab".repeat(32) + "\"}}")) {
      Evidence evidence =
          changed(record ->
              record.type().endsWith(".Ended") ? new Kept(record.type(), outcome) : record);
      found(evidence, Set.of(Invariant.I5_REASON), "member-0 ended");
    }
  }

  @Test
  void anEndThatTheJournalDoesNotHoldIsFound() {
    found(without("participant.Ended"), Set.of(Invariant.I5_REASON), "its journal does not");
  }

  @Test
  void aMemberWithoutTheBundleIsFound() {
    found(
        without("participant.ProposalTaken"),
        Set.of(Invariant.I3_BUNDLE_IS_HELD),
        "does not hold what");
  }

  @Test
  void aMemberThatDoesNotEndInTimeIsFound() {
    Evidence whole = quiet().evidence();
    List<Journal> late =
        whole.journals().stream()
            .map(journal ->
                new Journal(
                    journal.party(),
                    journal.records(),
                    journal.ever(),
                    new Life(Duration.ofDays(300), Duration.ofDays(1), true, 0)))
            .toList();
    found(
        new Evidence(whole.events(), whole.forged(), late, whole.transactions()),
        Set.of(Invariant.I6_BOUNDED_TIME),
        "member-0 has not ended after PT7176H");
  }

  private static Simulation quiet() {
    Simulation simulation = new Simulation(5, Simulation.terms(2, 2, 0, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    simulation.run(A_DAY);
    return simulation;
  }

  private static Evidence without(String type) {
    return changed(
        record -> record.type().equals(type) ? new Kept("participant.Noted", "{}") : record);
  }

  /** The quiet cohort's, with other records in the members' journals. */
  private static Evidence changed(UnaryOperator<Kept> change) {
    Evidence whole = quiet().evidence();
    List<Journal> journals = new ArrayList<>();
    for (Journal journal : whole.journals()) {
      UnaryOperator<Kept> here =
          journal.party().startsWith("member") ? change : UnaryOperator.identity();
      journals.add(
          new Journal(
              journal.party(),
              journal.records().stream().map(here).toList(),
              journal.ever().stream().map(here).toList(),
              journal.life()));
    }
    return new Evidence(whole.events(), whole.forged(), journals, whole.transactions());
  }

  /** Exactly these invariants are broken, and the findings say these things. */
  private static void found(Evidence evidence, Set<Invariant> invariants, String... said) {
    List<Finding> findings = IndependentCheck.of(evidence).findings();
    findings.forEach(finding -> System.out.println("Found: " + finding));
    assertEquals(
        invariants,
        Set.copyOf(findings.stream().map(Finding::invariant).distinct().toList()),
        () -> "" + findings);
    for (String words : said) {
      assertTrue(
          findings.stream().anyMatch(finding -> finding.what().contains(words)),
          () -> words + " must be found, got " + findings);
    }
  }
}
