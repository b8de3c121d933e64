package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members whose nonces outlive their processes (R9, N7). */
final class SealedNoncesTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration LONG_ENOUGH = Duration.ofDays(5);

  private final SimSealedNonces store = new SimSealedNonces();

  @Test
  void aMemberThatStartsAgainWhileItHoldsANonceSignsWithThatNonce() {
    Simulation simulation = simulation(store, 2);
    var member = simulation.members().get(0);
    member.crashAndRestart(
        append ->
            member.state() instanceof ParticipantState.Responded && member.restarts().size() < 2
                ? Moment.AFTER
                : Moment.NEVER,
        A_SECOND);
    simulation.begin();
    simulation.run(LONG_ENOUGH);
    Restarts.check(simulation, "while it holds a nonce");
    everyoneIsAnchored(simulation, "while it holds a nonce");
    assertEquals(2, member.restarts().size());
    assertEquals(List.of(), said(simulation, StatementKind.NONCE_LOST));
    assertEquals(Set.of(), store.held(), "nothing of a finished round stays sealed (N5)");
  }

  @Test
  void whereverAnAppendEndsTheProcessTheRoundIsAnchored() {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        Simulation simulation = simulation(new SimSealedNonces(), 1);
        var member = simulation.members().get(0);
        member.crashAndRestart(append -> append == point ? moment : Moment.NEVER, A_SECOND);
        simulation.begin();
        simulation.run(LONG_ENOUGH);
        reached = !member.restarts().isEmpty();
        if (reached) {
          points++;
          String where = Restarts.describe("sealed member", moment, "append " + at, member);
          Restarts.check(simulation, where);
          everyoneIsAnchored(simulation, where);
        }
      }
    }
    System.out.println("Crash points of a sealed member's journal: " + points);
    assertTrue(points > 30, "crash points must be many, got " + points);
  }

  @Test
  void whereverAWriteOfTheSealedNoncesEndsTheProcessTheRoundIsAnchored() {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        SimSealedNonces sealed = new SimSealedNonces();
        Simulation simulation = simulation(sealed, 1);
        var member = simulation.members().get(0);
        member.crashAndRestart(append -> Moment.NEVER, A_SECOND);
        sealed.crash(write -> write == point ? moment : Moment.NEVER);
        simulation.begin();
        simulation.run(LONG_ENOUGH);
        reached = !member.restarts().isEmpty();
        if (reached) {
          points++;
          String where = Restarts.describe("sealed member's store", moment, "write " + at, member);
          Restarts.check(simulation, where);
          everyoneIsAnchored(simulation, where);
        }
      }
    }
    System.out.println("Crash points of a sealed member's store: " + points);
    assertTrue(points >= 6, "each opening and deletion, both sides; got " + points);
  }

  @Test
  void besideMembersThatLoseTheirNoncesNoSealedNonceIsUsedTwice() {
    int lost = 0;
    for (long seed = 1; seed <= 12; seed++) {
      Simulation simulation =
          new Simulation(seed, Simulation.terms(3, 3, 0, 2, NonceCustody.SEALED, Deadlines.live()));
      SplittableRandom random = new SplittableRandom(seed);
      simulation.addSealedMember(true, new SimSealedNonces());
      simulation.addSealedMember(false, new SimSealedNonces());
      simulation.addMember(true);
      for (var party : simulation.members()) {
        party.crashAndRestart(
            append -> {
              boolean signing =
                  party.state() instanceof ParticipantState.Responded
                      || party.state() instanceof ParticipantState.Claimed
                      || party.state() instanceof ParticipantState.Signed;
              return !signing || random.nextInt(5) > 0
                  ? Moment.NEVER
                  : random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
            },
            A_SECOND);
      }
      simulation.begin();
      simulation.run(LONG_ENOUGH);
      Restarts.check(simulation, "seed " + seed);
      lost += said(simulation, StatementKind.NONCE_LOST).size();
    }
    System.out.println("Nonces lost beside sealed ones: " + lost);
    assertTrue(lost > 10, "losses must be many, got " + lost);
  }

  /** BT-11, and scenario 48 in sealed mode. */
  @Tag("scenario-48")
  @Test
  void membersOnlineOneAtATimeForTenSecondsCompleteARoundInFourPasses() {
    Duration hours = Duration.ofHours(6);
    Simulation simulation =
        new Simulation(
            48,
            Simulation.terms(
                3,
                3,
                0,
                1,
                NonceCustody.SEALED,
                new Deadlines(hours, hours, hours, hours, hours, hours, hours, hours)));
    for (int i = 0; i < 3; i++) {
      simulation.addSealedMember(true, new SimSealedNonces());
      simulation.members().get(i).crash();
    }
    simulation.begin();
    SplittableRandom random = new SplittableRandom(48);
    int forming = 0;
    while (!(simulation.coordinator().state() instanceof CoordinatorState.Collecting)) {
      pass(simulation, random);
      forming++;
      assertTrue(forming < 10, "in " + simulation.coordinator().state());
    }
    int passes = 0;
    while (simulation.members().stream().anyMatch(member -> member.outcomes().isEmpty())) {
      pass(simulation, random);
      passes++;
      assertTrue(passes < 10, "in " + simulation.coordinator().state());
    }
    System.out.println("Visits: " + forming + " passes to form, " + passes + " for the round");
    assertTrue(passes <= 4, "passes of the round must be at most 4, got " + passes);
    everyoneIsAnchored(simulation, "one at a time");
    assertEquals(List.of(), said(simulation, StatementKind.NONCE_LOST));
  }

  /** Everybody once, in any order, for ten seconds; nobody meets anybody. */
  private static void pass(Simulation simulation, SplittableRandom random) {
    List<SimParty<ParticipantState, ParticipantFact>> order = new ArrayList<>(simulation.members());
    Collections.shuffle(order, new Random(random.nextLong()));
    for (var member : order) {
      Instant arrival = simulation.time().now();
      member.comeBack();
      wait(simulation, arrival.plusSeconds(10));
      member.crash();
      wait(simulation, arrival.plusSeconds(300));
    }
  }

  private static void wait(Simulation simulation, Instant until) {
    assertFalse(simulation.runUntil(() -> false, Duration.between(simulation.time().now(), until)));
  }

  @Test
  void aSealedNonceSignsOnlyOnceAQuorumOfRelaysGivesItsClaimOut() {
    Simulation simulation = simulation(store, 1);
    AtomicBoolean forgetful = new AtomicBoolean(true);
    simulation
        .network()
        .readBack((party, stored) ->
            party.equals("member-0") && forgetful.get()
                ? new StoredStatements(true, stored.statements(), withoutClaims(stored))
                : stored);
    var member = simulation.members().get(0);
    simulation.begin();
    assertTrue(
        simulation.runUntil(() -> !said(simulation, StatementKind.CLAIM).isEmpty(), LONG_ENOUGH));
    wait(simulation, simulation.time().now().plusSeconds(10));
    assertInstanceOf(ParticipantState.Claimed.class, member.state());
    assertEquals(0, store.taken(), "the record is not touched before");
    forgetful.set(false);
    simulation.run(LONG_ENOUGH);
    everyoneIsAnchored(simulation, "after its claim was seen");
    List<StatementKind> order =
        said(simulation, StatementKind.CLAIM, StatementKind.PARTIAL_SIGNATURE).stream()
            .filter(said -> said.author().equals(plan(simulation, 0).statementKey()))
            .map(said -> said.body().kind())
            .distinct()
            .toList();
    assertEquals(List.of(StatementKind.CLAIM, StatementKind.PARTIAL_SIGNATURE), order);
  }

  @Test
  void aClaimThatNoRelayGivesOutEndsInTimeWithNothingSigned() {
    Simulation simulation = simulation(store, 1);
    simulation
        .network()
        .readBack((party, stored) ->
            party.equals("member-0")
                ? new StoredStatements(true, stored.statements(), withoutClaims(stored))
                : stored);
    simulation.begin();
    simulation.run(LONG_ENOUGH);
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, simulation.members().get(0).outcomes().getFirst());
    assertEquals(Code.NONCE_LOST, failed.code());
    assertTrue(
        said(simulation, StatementKind.PARTIAL_SIGNATURE).stream()
            .noneMatch(said -> said.author().equals(plan(simulation, 0).statementKey())));
  }

  private static Set<Bytes> withoutClaims(StoredStatements stored) {
    return stored.statements().stream()
        .filter(said -> said.body().kind() != StatementKind.CLAIM)
        .map(SignedStatement::id)
        .collect(Collectors.toSet());
  }

  private static ParticipantPlan plan(Simulation simulation, int member) {
    ParticipantState.Closed closed =
        assertInstanceOf(ParticipantState.Closed.class, simulation.members().get(member).state());
    return assertInstanceOf(ParticipantState.InCohort.class, closed.last()).joined().plan();
  }

  @Test
  void aClaimWhoseSignatureWasNotMadeCostsOneAttemptAndNotTheRound() {
    store.failToDelete(1);
    Simulation simulation = simulation(store, 1);
    simulation.begin();
    simulation.run(LONG_ENOUGH);
    Restarts.check(simulation, "a deletion failed");
    everyoneIsAnchored(simulation, "a deletion failed");
    assertEquals(1, said(simulation, StatementKind.NONCE_LOST).size());
    assertEquals(2, said(simulation, StatementKind.PROPOSAL).size());
  }

  @Test
  void aSignerThatMakesNoSignatureAtAllHasThreeTriesAndSignsNothing() {
    store.failToDelete(Integer.MAX_VALUE);
    Simulation simulation = simulation(store, 1);
    simulation.begin();
    simulation.run(LONG_ENOUGH);
    assertInstanceOf(Outcome.Failed.class, simulation.members().get(0).outcomes().getFirst());
    assertEquals(
        3, Set.copyOf(said(simulation, StatementKind.NONCE_LOST)).size(), "tries of a round");
    assertEquals(List.of(), said(simulation, StatementKind.FINAL));
  }

  @Test
  void aMemberThatSealsDoesNotJoinACohortWhoseNoncesStayInMemory() {
    Simulation simulation = new Simulation(7, Simulation.terms(2, 3));
    simulation.addMember(true);
    simulation.addMember(true);
    var sealing = simulation.addSealedMember(true, store);
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () -> sealing.refused().stream().anyMatch(no -> no.code() == Code.TERMS_NOT_ACCEPTED),
            Duration.ofHours(1)));
    assertInstanceOf(ParticipantState.Searching.class, sealing.state());
  }

  private static List<SignedStatement> said(Simulation simulation, StatementKind... kinds) {
    return simulation.network().statements().stream()
        .filter(each -> List.of(kinds).contains(each.body().kind()))
        .toList();
  }

  private static void everyoneIsAnchored(Simulation simulation, String where) {
    for (var party : Restarts.everyone(simulation)) {
      assertInstanceOf(
          Outcome.Anchored.class,
          party.outcomes().get(0),
          () -> where + ": " + party.outcomes() + ", refused " + party.refused());
    }
  }

  private static Simulation simulation(SimSealedNonces store, int rounds) {
    Simulation simulation =
        new Simulation(
            91, Simulation.terms(2, 2, 0, rounds, NonceCustody.SEALED, Deadlines.live()));
    simulation.addSealedMember(true, store);
    simulation.addSealedMember(false, new SimSealedNonces());
    return simulation;
  }
}
