package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantFact.Claimed;
import org.beaconcohort.cohort.participant.ParticipantFact.Made;
import org.beaconcohort.cohort.participant.ParticipantFact.PartialRecorded;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Relays that repeat everything, and members that stop at each step of a claim: 19, 20 and 38. */
final class ReplayTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  /** 19, with the members already closed. */
  @Tag("scenario-19")
  @Test
  void everyEventOfAFinishedRoundThriceShuffledADayLaterChangesNothing() {
    Simulation simulation = cohort(19, 2, 1);
    simulation.run(A_DAY);
    everyoneIsAnchored(simulation);
    List<Integer> facts = factsOf(simulation);
    simulation.runUntil(() -> false, A_DAY);
    simulation.network().replay(3);
    simulation.runUntil(() -> false, A_DAY);
    assertEquals(facts, factsOf(simulation), "nobody settled anything");
    Restarts.check(simulation, "replayed");
  }

  /** 19, while the members wait for the next round. */
  @Tag("scenario-19")
  @Test
  void everyEventOfARoundReplayedIntoTheNextOneLeadsToNoSecondSignature() {
    Simulation simulation = cohort(119, 2, 2);
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Ready ready && ready.number() == 2,
            A_DAY));
    simulation.network().replay(3);
    simulation.run(A_DAY);
    everyoneIsAnchored(simulation);
    for (var each : simulation.members()) {
      assertEquals(2, count(each.facts(), Claimed.class), "a signature for each round");
    }
    Restarts.check(simulation, "replayed into round 2");
  }

  /** 19, by a member that starts again from its journal and hears everything anew. */
  @Tag("scenario-19")
  @Test
  void aMemberThatStartsAgainAndHearsAllOfAFinishedRoundSignsNothingMore() {
    Simulation simulation = cohort(219, 2, 1);
    simulation.run(A_DAY);
    var member = simulation.members().get(0);
    int facts = member.facts().size();
    member.restore(facts);
    simulation.network().replay(3);
    simulation.runUntil(() -> false, A_DAY);
    assertEquals(facts, member.facts().size());
  }

  enum Step {
    CLAIM_WRITTEN,
    SIGNED_NOT_CACHED,
    CACHED_NOT_PUBLISHED,
    PUBLISHED;

    Moment at(List<ParticipantFact> append) {
      return switch (this) {
        case CLAIM_WRITTEN -> any(append, Claimed.class) ? Moment.AFTER : Moment.NEVER;
        case SIGNED_NOT_CACHED -> any(append, PartialRecorded.class) ? Moment.BEFORE : Moment.NEVER;
        case CACHED_NOT_PUBLISHED ->
            any(append, PartialRecorded.class) ? Moment.AFTER : Moment.NEVER;
        case PUBLISHED ->
            append.stream().anyMatch(ReplayTest::isPartial) ? Moment.AFTER : Moment.NEVER;
      };
    }
  }

  /** 20. */
  @Tag("scenario-20")
  @ParameterizedTest
  @EnumSource
  void aMemberThatStopsAtAStepOfItsLedgerBurnsTheNonceOrSendsTheSameBytes(Step step) {
    Simulation simulation = cohort(20, 2, 1);
    var member = simulation.members().get(0);
    once(member, step::at);
    simulation.run(A_DAY);
    assertEquals(1, member.restarts().size(), "it stopped there");
    everyoneIsAnchored(simulation);
    Restarts.check(simulation, step.name());
    long attempts = count(member.facts(), Claimed.class);
    long expected =
        switch (step) {
          // The signature never was, or never left: the nonce is burned, another attempt is made.
          case CLAIM_WRITTEN, SIGNED_NOT_CACHED -> 2;
          case CACHED_NOT_PUBLISHED, PUBLISHED -> 1;
        };
    assertEquals(expected, attempts);
  }

  /** 38, first half. */
  @Tag("scenario-38")
  @Test
  void aMemberThatRestartsBetweenResponseAndProposalCompletesWithNoEvidenceAgainstIt() {
    Simulation simulation = cohort(38, 3, 1);
    var member = simulation.members().get(0);
    once(
        member,
        append ->
            append.stream().anyMatch(fact -> isMade(fact, StatementKind.RESPONSE))
                ? Moment.AFTER
                : Moment.NEVER);
    simulation.run(A_DAY);
    assertEquals(1, member.restarts().size());
    everyoneIsAnchored(simulation);
    nobodyIsBlamed(simulation);
  }

  /** 38, second half: another's loss makes the second attempt, this one restarts before it. */
  @Tag("scenario-38")
  @Test
  void aMemberThatRestartsBetweenItsSignatureAndASecondAttemptCompletesToo() {
    Simulation simulation = cohort(138, 3, 1);
    var member = simulation.members().get(0);
    once(
        member,
        append -> append.stream().anyMatch(ReplayTest::isPartial) ? Moment.AFTER : Moment.NEVER);
    var other = simulation.members().get(1);
    once(other, append -> any(append, Claimed.class) ? Moment.AFTER : Moment.NEVER);
    simulation.run(A_DAY);
    assertEquals(1, member.restarts().size());
    assertEquals(1, other.restarts().size());
    everyoneIsAnchored(simulation);
    assertEquals(2, count(member.facts(), Claimed.class), "it signed two attempts");
    Restarts.check(simulation, "38");
    nobodyIsBlamed(simulation);
  }

  /** R16: the latch outlives the process, and says so by its code. */
  @Test
  void anOutpointLatchedBeforeARestartIsLatchedAfterIt() {
    Simulation simulation = cohort(16, 2, 1);
    var member = simulation.members().get(0);
    once(member, append -> any(append, PartialRecorded.class) ? Moment.AFTER : Moment.NEVER);
    assertTrue(simulation.runUntil(() -> !member.restarts().isEmpty(), A_DAY));
    var signed = (ParticipantState.Signed) member.restarts().get(0);
    assertEquals(1, signed.joined().claims().size());
    assertEquals(
        signed.claim().txid(), signed.joined().claims().get(0).txid(), "folded from the claim");
    simulation.run(A_DAY);
    everyoneIsAnchored(simulation);
    int facts = member.facts().size();
    member.accept(new Input.HeadRead(signed.claim().transcript()));
    assertEquals(facts, member.facts().size());
  }

  /** Clock forward by a year: whatever is awaited is over, by its name, and nothing is signed. */
  @ParameterizedTest
  @EnumSource
  void aMemberThatStartsAgainAYearLaterEndsByNameAndSignsNothing(Step step) {
    Simulation simulation = cohort(365, 2, 1);
    var member = simulation.members().get(0);
    once(member, step::at);
    member.crashAndRestart(append -> Moment.NEVER, Duration.ofDays(365));
    assertTrue(simulation.runUntil(() -> !member.restarts().isEmpty(), Duration.ofDays(366)));
    long claims = count(member.facts(), Claimed.class);
    simulation.run(A_DAY);
    assertEquals(claims, count(member.facts(), Claimed.class));
    assertEquals(1, member.outcomes().size());
    Restarts.check(simulation, "a year after " + step);
  }

  /** What the chain confirmed while a member was down is heard before its deadline counts. */
  @Test
  void aSignalThatWasConfirmedWhileTheMemberWasDownIsAnchoredForItToo() {
    Simulation simulation = cohort(366, 2, 1);
    var member = simulation.members().get(0);
    once(
        member,
        append -> any(append, ParticipantFact.Completed.class) ? Moment.AFTER : Moment.NEVER);
    member.crashAndRestart(append -> Moment.NEVER, Duration.ofDays(30));
    simulation.run(Duration.ofDays(31));
    assertEquals(1, member.restarts().size());
    assertInstanceOf(ParticipantState.Final.class, member.restarts().get(0));
    everyoneIsAnchored(simulation);
  }

  private static Simulation cohort(long seed, int members, int rounds) {
    Simulation simulation = new Simulation(seed, Simulation.terms(members, members, 0, rounds));
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    return simulation;
  }

  private static void once(
      SimParty<ParticipantState, ParticipantFact> member,
      SimJournal.CrashesOn<ParticipantFact> crashes) {
    member.crashAndRestart(append -> Moment.NEVER, A_SECOND);
    member
        .journal()
        .crashOn(append -> member.restarts().isEmpty() ? crashes.at(append) : Moment.NEVER);
  }

  private static boolean isMade(ParticipantFact fact, StatementKind kind) {
    return fact instanceof Made made && made.statement().body().kind() == kind;
  }

  private static boolean isPartial(ParticipantFact fact) {
    return isMade(fact, StatementKind.PARTIAL_SIGNATURE);
  }

  private static boolean any(List<ParticipantFact> facts, Class<? extends ParticipantFact> type) {
    return count(facts, type) > 0;
  }

  private static long count(List<ParticipantFact> facts, Class<? extends ParticipantFact> type) {
    return facts.stream().filter(type::isInstance).count();
  }

  private static List<Integer> factsOf(Simulation simulation) {
    return Restarts.everyone(simulation).stream()
        .<Integer>map(party -> party.facts().size())
        .toList();
  }

  private static void everyoneIsAnchored(Simulation simulation) {
    for (var party : Restarts.everyone(simulation)) {
      assertInstanceOf(Outcome.Anchored.class, party.outcomes().get(0), "" + party.state());
    }
  }

  private static void nobodyIsBlamed(Simulation simulation) {
    List<Code> proofs =
        List.of(Code.EQUIVOCATION, Code.DUPLICATE_INSTANCE, Code.BAD_PARTIAL_SIGNATURE);
    for (var party : Restarts.everyone(simulation)) {
      assertTrue(
          party.refused().stream().noneMatch(violation -> proofs.contains(violation.code())),
          () -> "" + party.refused());
    }
  }
}
