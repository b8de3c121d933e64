package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.KeysetState;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cohort does not anchor in time, its members anchor alone (R20, R21). */
final class FallbackTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @ParameterizedTest
  @ValueSource(
      classes = {
        ParticipantState.OptedIn.class,
        ParticipantState.Verifying.class,
        KeysetState.Acked.class,
        KeysetState.AwaitingFunding.class,
        ParticipantState.AwaitingListing.class,
        ParticipantState.Ready.class,
        ParticipantState.Responded.class,
        ParticipantState.Claimed.class,
      })
  void whereverAMemberStopsTheOthersAnchorTheirUpdatesAlone(Class<?> state) {
    Simulation simulation = cohort(301, 3, Instant.MAX);
    var stopped = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> state.isInstance(stopped.state()), TWO_DAYS),
        state.getSimpleName());
    stopped.crash();
    assertTrue(simulation.runUntil(() -> closed(simulation, 2), TWO_DAYS), state.getSimpleName());
    for (int i = 0; i < 2; i++) {
      anchoredAlone(simulation, i, state.getSimpleName());
    }
  }

  @Test
  void acrossEveryRestartTheSameBytesAreAnchoredAndNoOthers() {
    int points = 0;
    for (SimJournal.Moment moment : List.of(SimJournal.Moment.BEFORE, SimJournal.Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        Simulation simulation = cohort(302, 2, Instant.MAX);
        var member = simulation.members().get(0);
        member.crashAndRestart(
            append -> append == point ? moment : SimJournal.Moment.NEVER, Duration.ofSeconds(1));
        // The other one goes once this one's update has left.
        boolean committed =
            simulation.runUntil(
                () -> member.state() instanceof ParticipantState.Responded, TWO_DAYS);
        assertTrue(committed);
        simulation.members().get(1).crash();
        assertTrue(simulation.runUntil(() -> closed(simulation, 1), TWO_DAYS));
        reached = !member.restarts().isEmpty();
        if (reached) {
          points++;
          anchoredAlone(simulation, 0, moment + " append " + at);
        }
      }
    }
    System.out.println("Crash points of a member that falls back: " + points);
    assertTrue(points > 30, "crash points must be many, got " + points);
  }

  @Test
  void withItsOwnDeadlineAMemberGoesOutAloneAndTheCohortStillAnchorsTheOthers() {
    Simulation simulation = new Simulation(303, Simulation.terms(2, 2));
    // Three hours from the start, less the six that a confirmation may take.
    simulation.fallBackToSingletons(Simulation.START.plus(Duration.ofHours(9)));
    simulation.addMember(true);
    simulation.fallBackToSingletons(Instant.MAX);
    simulation.addMember(true);
    // Nobody hears of another that it is listed, so the round opens at the listing deadline.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.ROUND_REQUEST
                    && (!receiver.equals("coordinator")
                        || said.author().equals(simulation.statementKey(1)))
                ? List.of()
                : List.of(said));
    simulation.begin();
    var first = simulation.members().get(0);
    assertTrue(simulation.runUntil(() -> isAlone(first), Duration.ofHours(4)), "alone in time");
    assertInstanceOf(ParticipantState.Ready.class, first.state(), "and still a member");
    simulation.run(TWO_DAYS);
    for (var member : simulation.members()) {
      assertInstanceOf(
          Outcome.Anchored.class, member.outcomes().getLast(), () -> member.outcomes().toString());
    }
    onlyOneUpdatePerVersion(simulation, 0);
  }

  @Test
  void whoIsAnchoredAloneAfterItsResponseStillSignsForTheOthers() {
    Simulation plain = responding(Instant.MAX);
    Duration responded = Duration.between(Simulation.START, plain.time().now());
    Simulation simulation =
        responding(Simulation.START.plus(responded).plusSeconds(40).plus(Duration.ofHours(6)));
    simulation.run(TWO_DAYS);
    assertTrue(isAlone(simulation.members().get(0)), "alone in time");
    for (var member : simulation.members()) {
      assertInstanceOf(
          Outcome.Anchored.class,
          member.outcomes().getLast(),
          () -> member.outcomes() + " " + member.refused());
    }
    onlyOneUpdatePerVersion(simulation, 0);
  }

  private static boolean isAlone(SimParty<ParticipantState, ParticipantFact> member) {
    return member.facts().stream().anyMatch(ParticipantFact.FallbackAnchored.class::isInstance);
  }

  /**
   * Until the first member has responded, in a cohort where nothing is proposed before it is
   * anchored alone.
   */
  private static Simulation responding(Instant deadline) {
    Simulation simulation = new Simulation(304, Simulation.terms(3, 3));
    simulation.fallBackToSingletons(deadline);
    simulation.addMember(true);
    simulation.fallBackToSingletons(Instant.MAX);
    simulation.addMember(true);
    simulation.addMember(true);
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.PROPOSAL && !isAlone(simulation.members().get(0))
                ? List.of()
                : List.of(said));
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(0).state() instanceof ParticipantState.Responded,
            Duration.ofHours(1)));
    return simulation;
  }

  @Test
  void whatWasSignedMayStillConfirmAndTheOutcomeSaysSo() {
    Simulation simulation = cohort(304, 2, Instant.MAX);
    simulation.runUntil(
        () -> simulation.members().get(1).state() instanceof ParticipantState.Claimed, TWO_DAYS);
    simulation.members().get(1).crash();
    assertTrue(simulation.runUntil(() -> closed(simulation, 1), TWO_DAYS));
    Outcome.AnchoredAlone alone = anchoredAlone(simulation, 0, "after a partial signature");
    assertEquals(Code.SILENT_MEMBER, alone.code());
    assertTrue(alone.detail().contains("may still confirm"), alone.detail());
  }

  @Test
  void aMemberWithNothingToAnchorEndsAsItsCohortDid() {
    Simulation simulation = new Simulation(305, Simulation.terms(2, 2));
    simulation.fallBackToSingletons(Instant.MAX);
    simulation.addMember(false);
    simulation.addMember(true);
    simulation.begin();
    simulation.runUntil(
        () -> simulation.members().get(1).state() instanceof ParticipantState.Responded, TWO_DAYS);
    simulation.members().get(1).crash();
    assertTrue(simulation.runUntil(() -> closed(simulation, 1), TWO_DAYS));
    assertInstanceOf(Outcome.Failed.class, simulation.members().get(0).outcomes().getLast());
  }

  @Test
  void aJournalThatMayHaveBeenPutBackOffersNoUpdateOfItsOwn() {
    Simulation simulation = cohort(308, 2, Instant.MAX);
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Responded, TWO_DAYS));
    int before = 0;
    while (!(member.facts().get(before) instanceof ParticipantFact.OpportunityTaken)) {
      before++;
    }
    // The backup is from before the commitment, and no relay answers.
    simulation
        .network()
        .readBack((party, stored) ->
            party.equals("member-0") ? new StoredStatements(false, List.of(), Set.of()) : stored);
    simulation
        .network()
        .tamper((receiver, said) -> receiver.equals("member-0") ? List.of() : List.of(said));
    member.restore(before);
    assertTrue(simulation.runUntil(() -> closed(simulation, 1), TWO_DAYS));
    assertInstanceOf(Outcome.Failed.class, member.outcomes().getLast());
    assertTrue(member.facts().stream().noneMatch(ParticipantFact.FallbackBegun.class::isInstance));
  }

  @Test
  void aSingletonThatRefusesForGoodEndsNobodysRound() {
    Simulation simulation = cohort(309, 2, Instant.MAX);
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Responded, TWO_DAYS));
    List<ParticipantFact> before = member.facts();
    member.accept(new Input.CannotAnchorAlone("its coin is gone"));
    assertEquals(before, member.facts());
    simulation.run(TWO_DAYS);
    for (var each : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, each.outcomes().getLast());
    }
  }

  @Test
  void aSingletonThatRefusesForGoodOnceTheCohortIsOverIsInTheOutcome() {
    Simulation simulation = cohort(310, 2, Instant.MAX);
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Responded, TWO_DAYS));
    simulation.members().get(1).crash();
    assertTrue(
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.SingletonTaken, TWO_DAYS));
    member.accept(new Input.CannotAnchorAlone("its coin is gone"));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, member.outcomes().getLast());
    assertEquals(Code.SILENT_MEMBER, failed.code());
    assertTrue(failed.detail().contains("its coin is gone"), failed.detail());
  }

  @Test
  void aQuietCohortMakesNoSingletonTransactionBesidesItsListings() {
    Simulation simulation = cohort(306, 3, Simulation.START.plus(Duration.ofDays(3)));
    simulation.run(TWO_DAYS);
    AtomicInteger signals = new AtomicInteger();
    for (Transaction spend : simulation.chain().spends()) {
      SignalOutput.of(spend).ifPresent(signal -> signals.incrementAndGet());
    }
    assertEquals(3 + 1, signals.get(), "three listings and the beacon's");
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
  }

  @Test
  void aDeadlineThatLeavesNoTimeForARoundIsNoReasonToJoin() {
    Simulation simulation = cohort(307, 2, Simulation.START.plus(Duration.ofHours(6)));
    simulation.runUntil(() -> closed(simulation, 2), TWO_DAYS);
    for (int i = 0; i < 2; i++) {
      assertTrue(
          simulation.members().get(i).refused().stream()
              .anyMatch(no -> no.code() == Code.DEADLINE_PASSED));
      anchoredAlone(simulation, i, "no cohort in time");
    }
  }

  private static Outcome.AnchoredAlone anchoredAlone(
      Simulation simulation, int member, String where) {
    Outcome outcome = simulation.members().get(member).outcomes().getLast();
    Outcome.AnchoredAlone alone =
        assertInstanceOf(
            Outcome.AnchoredAlone.class,
            outcome,
            where + ": " + simulation.members().get(member).refused());
    List<SignedUpdate> made = simulation.dids().get(member).made();
    for (String txid : alone.txids()) {
      Transaction transaction =
          simulation
              .chain()
              .transaction(Outpoint.ofDisplay(txid, 0).txid())
              .orElseThrow()
              .transaction();
      assertEquals(made.getLast().hash(), SignalOutput.of(transaction).orElseThrow(), where);
    }
    onlyOneUpdatePerVersion(simulation, member);
    return alone;
  }

  /** I4, from what is on the chain. */
  private static void onlyOneUpdatePerVersion(Simulation simulation, int member) {
    Set<Integer> versions = new HashSet<>();
    Set<Bytes> hashes = new HashSet<>();
    for (SignedUpdate update : simulation.dids().get(member).made()) {
      hashes.add(update.hash());
      assertTrue(versions.add(update.targetVersionId()), "two updates of one version");
    }
    assertEquals(versions.size(), hashes.size());
  }

  private static boolean closed(Simulation simulation, int members) {
    return simulation.members().subList(0, members).stream()
        .allMatch(member -> member.state() instanceof ParticipantState.Closed);
  }

  private static Simulation cohort(long seed, int members, Instant deadline) {
    Simulation simulation = new Simulation(seed, Simulation.terms(members, members));
    simulation.fallBackToSingletons(deadline);
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    return simulation;
  }

  @Test
  void aMemberWithoutAFundedSingletonDoesNotJoinAndSaysNothingToTheCohort() {
    Simulation simulation = new Simulation(77, Simulation.terms(2, 3));
    simulation.fallBackToSingletons(Instant.MAX);
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.dids().get(0).hasNoFallback();
    simulation.begin();
    simulation.run(Duration.ofDays(2));

    Outcome outcome = simulation.members().get(0).outcomes().get(0);
    assertEquals(Optional.of(Code.NO_FALLBACK), Restarts.code(outcome));
    assertTrue(outcome.toString().contains("fund bcrt1"), outcome::toString);
    assertTrue(
        simulation.network().statements().stream()
            .noneMatch(said -> said.author().equals(simulation.statementKey(0))),
        "nothing leaves it");
    for (int i = 1; i < 3; i++) {
      assertInstanceOf(Outcome.Anchored.class, simulation.members().get(i).outcomes().get(0));
    }
  }

  @Test
  void aMemberThatWantsNoFallbackJoinsWithoutOne() {
    Simulation simulation = new Simulation(78, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.dids().forEach(SimDid::hasNoFallback);
    simulation.begin();
    simulation.run(Duration.ofDays(2));
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
  }
}
