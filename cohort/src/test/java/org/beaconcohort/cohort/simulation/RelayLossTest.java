package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.Suspended;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays that are gone, divided or forgetful: silence is heard out before anything follows. */
final class RelayLossTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @Tag("scenario-23")
  @ParameterizedTest
  @ValueSource(
      classes = {
        ParticipantState.Ready.class,
        ParticipantState.Responded.class,
        ParticipantState.Signed.class
      })
  void aMemberWithoutRelaysForTenMinutesBlamesNobodyTakesNothingOverAndResumes(Class<?> state) {
    Simulation simulation = cohort(601);
    var cut = simulation.members().get(1);
    assertTrue(simulation.runUntil(() -> state.isInstance(cut.state()), TWO_DAYS));
    simulation.network().cut(name -> name.equals("member-1"));
    int before = cut.facts().size();
    boolean seen =
        simulation.runUntil(() -> cut.state() instanceof Suspended.RelaysUnreachable, TEN_MINUTES);
    assertEquals(state != ParticipantState.Ready.class, seen, "a deadline comes within 10 minutes");
    simulation.runUntil(() -> false, TEN_MINUTES);
    List<ParticipantFact> facts = cut.facts().subList(before, cut.facts().size());
    assertTrue(
        facts.stream().noneMatch(ParticipantFact.EpochEndorsed.class::isInstance),
        "taken over while cut off");
    assertFalse(cut.state() instanceof ParticipantState.Closed, "given up while cut off");
    simulation.network().heal();
    simulation.run(TWO_DAYS);
    // Of what was held for it, the final signature may come before its own words.
    assertTrue(
        !seen
            || state == ParticipantState.Signed.class
            || cut.facts().stream().anyMatch(ParticipantFact.RelaysBack.class::isInstance));
    for (var member : simulation.members()) {
      assertTrue(
          !(member.outcomes().getLast() instanceof Outcome.Failed failed)
              || failed.code() != Code.RELAYS_UNREACHABLE,
          "relays came back");
    }
  }

  @Test
  void aMemberThatIsCutOffUntilItsOwnUpdateDeadlineAnchorsAlone() {
    Simulation simulation = new Simulation(602, Simulation.terms(3, 3));
    simulation.addMember(true);
    simulation.addMember(true);
    Duration confirmation = Simulation.terms(3, 3).deadlines().confirmation();
    simulation.fallBackToSingletons(Simulation.START.plus(confirmation).plus(Duration.ofHours(1)));
    simulation.addMember(true);
    simulation.begin();
    var cut = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> cut.state() instanceof ParticipantState.Responded, TWO_DAYS));
    simulation.network().cut(name -> name.equals("member-2"));
    assertTrue(
        simulation.runUntil(() -> cut.state() instanceof Suspended.RelaysUnreachable, TWO_DAYS));
    assertTrue(
        simulation.runUntil(
            () -> cut.facts().stream().anyMatch(ParticipantFact.FallbackAnchored.class::isInstance),
            TWO_DAYS));
    assertTrue(
        cut.facts().stream().noneMatch(ParticipantFact.EpochEndorsed.class::isInstance),
        "nothing taken over");
    simulation.run(TWO_DAYS);
    Outcome outcome = cut.outcomes().getLast();
    assertTrue(
        outcome instanceof Outcome.AnchoredAlone alone && alone.code() == Code.RELAYS_UNREACHABLE,
        outcome.toString());
  }

  @Tag("scenario-24")
  @Test
  void halfTheMembersOnEachSideOfAPartitionCompleteOneAttemptAfterItHeals() {
    Simulation simulation = cohort(603);
    Set<String> other = Set.of("member-2", "member-3");
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting,
            TWO_DAYS));
    simulation.network().split(other::contains);
    // As long as half of the order's leases: the other side may claim epochs, but has half of n.
    simulation.runUntil(() -> false, Duration.ofSeconds(200));
    for (var member : simulation.members()) {
      assertFalse(member.state() instanceof ParticipantState.Final, "nobody has n signatures");
      assertFalse(member.state() instanceof ParticipantState.Closed, "" + member.outcomes());
    }
    simulation.network().heal();
    simulation.runUntil(
        () ->
            simulation.members().stream()
                .allMatch(member -> member.state() instanceof ParticipantState.Closed),
        TWO_DAYS);
    List<Transaction> beacons =
        simulation.chain().spends().stream()
            .filter(spend -> spend.outputs().getFirst().value() > 20_000)
            .toList();
    assertEquals(1, beacons.size(), "one transaction");
    for (var member : simulation.members()) {
      assertEquals(
          new Outcome.Anchored(beacons.getFirst().displayTxid()), member.outcomes().getLast());
    }
  }

  @Tag("scenario-25")
  @Test
  void aYearAheadOrBehindInCreatedAtHasNoInfluenceOnAnyDeadline() {
    List<List<Duration>> times = new ArrayList<>();
    for (long days : new long[] {0, 365, -365}) {
      Simulation simulation = cohort(604);
      simulation.datedOff(Duration.ofDays(days));
      List<Duration> ends = new ArrayList<>();
      simulation.run(TWO_DAYS);
      for (var member : simulation.members()) {
        assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast(), days + " days");
        assertTrue(
            member.facts().stream().noneMatch(ParticipantFact.EpochEndorsed.class::isInstance),
            "a live leader is not taken over from, " + days + " days");
      }
      ends.add(
          Duration.between(Simulation.START, simulation.time().now())
              .truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
      times.add(ends);
    }
    assertEquals(1, new HashSet<>(times).size(), "as fast with every clock: " + times);
  }

  @Test
  void whatRelaysLostOnTheWayToTheNextLeaderItGetsFromWhoeverHasIt() {
    Simulation simulation = cohort(605);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting,
            TWO_DAYS));
    simulation.coordinator().crash();
    Set<SignedStatement> lost = new HashSet<>();
    // Every member's response is lost once on its way to each other member, for good.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.RESPONSE
                    && !receiver.equals("member-" + slot(simulation, said))
                    && lost.add(said)
                ? List.of()
                : List.of(said));
    simulation.runUntil(
        () ->
            simulation.members().stream()
                .allMatch(member -> member.state() instanceof ParticipantState.Closed),
        TWO_DAYS);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
    assertTrue(
        simulation.network().statements().stream().anyMatch(said -> said.body() instanceof Sync),
        "members asked");
  }

  @Test
  void aClockThatJumpsWhileAMemberAsksIsNoLossOfItsRelays() {
    Simulation simulation = cohort(607);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting,
            TWO_DAYS));
    simulation.coordinator().crash();
    var member = simulation.members().get(1);
    assertTrue(
        simulation.runUntil(
            () ->
                member.state() instanceof Suspended.Asking
                    && member.facts().getLast() instanceof ParticipantFact.Made,
            TWO_DAYS));
    member.accept(new Input.ClockJumped(3_600));
    allAreAnchored(simulation);
    assertTrue(
        member.facts().stream().noneMatch(ParticipantFact.RelaysLost.class::isInstance),
        "relays showed its words all the time");
  }

  @Test
  void aProposalThatComesWhenTheDeadlineStandsStillIsTakenWhenItGoesOn() {
    Simulation simulation = cohort(608);
    boolean[] shown = {true};
    simulation
        .network()
        .readBack((name, found) ->
            name.equals("member-1") && !shown[0]
                ? new StoredStatements(false, List.of(), Set.of())
                : found);
    simulation
        .network()
        .delays((receiver, said) ->
            said.body().kind() == StatementKind.PROPOSAL && receiver.equals("member-1")
                ? Duration.ofSeconds(152)
                : Duration.ZERO);
    var cut = simulation.members().get(1);
    assertTrue(
        simulation.runUntil(() -> cut.state() instanceof ParticipantState.Responded, TWO_DAYS));
    shown[0] = false;
    assertTrue(
        simulation.runUntil(() -> cut.state() instanceof Suspended.RelaysUnreachable, TWO_DAYS));
    simulation.runUntil(() -> false, Duration.ofSeconds(20));
    assertInstanceOf(Suspended.RelaysUnreachable.class, cut.state());
    shown[0] = true;
    allAreAnchored(simulation);
  }

  private static void allAreAnchored(Simulation simulation) {
    simulation.runUntil(
        () ->
            simulation.members().stream()
                .allMatch(member -> member.state() instanceof ParticipantState.Closed),
        TWO_DAYS);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
  }

  @Test
  void aFloodOfSyncsCostsNobodyMoreThanTheQuota() {
    Simulation simulation = cohort(606);
    simulation.unchecked();
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(0).state() instanceof ParticipantState.Responded,
            TWO_DAYS));
    SignedStatement like =
        simulation.network().statements().stream()
            .filter(said -> said.body().kind() == StatementKind.RESPONSE)
            .findFirst()
            .orElseThrow();
    var victim = simulation.members().get(slot(simulation, like) == 0 ? 1 : 0);
    int before = simulation.network().statements().size();
    for (int i = 0; i < 500; i++) {
      var old = like.header();
      victim.accept(
          new Input.Heard(
              simulation
                  .forger()
                  .instead(
                      like,
                      new org.beaconcohort.cohort.message.Header(
                          old.cohortId(), old.roundId(), old.instance(), 500 + i, like.id(), 0),
                      new Sync(List.of()))));
    }
    assertEquals(
        500 - StatementKind.SYNC.quota(),
        victim.refused().stream()
            .filter(violation -> violation.code() == Code.RATE_LIMITED)
            .count());
    Instant begun = simulation.time().now();
    simulation.runUntil(
        () -> simulation.time().now().isAfter(begun.plusSeconds(20)), Duration.ofSeconds(30));
    int said = simulation.network().statements().size() - before;
    assertTrue(said < 200, "said again: " + said);
  }

  private static int slot(Simulation simulation, SignedStatement said) {
    for (int i = 0; i < simulation.members().size(); i++) {
      if (simulation.statementKey(i).equals(said.author())) {
        return i;
      }
    }
    return -1;
  }

  private static Simulation cohort(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(4, 4));
    for (int i = 0; i < 4; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }
}
