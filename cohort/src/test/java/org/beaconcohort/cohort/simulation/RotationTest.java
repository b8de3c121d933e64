package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaders that are silent, lie or come back: the next in order finishes (signing-safety 2.7). */
final class RotationTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Opening.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.Proposing.class,
        CoordinatorState.AwaitingPartials.class,
        CoordinatorState.Publishing.class,
      })
  void whereverTheCoordinatorStopsOnceTheAddressIsFundedTheMembersAnchorTheRound(Class<?> state) {
    for (int members = 2; members <= 4; members++) {
      Simulation simulation = cohort(200 + members, members, 1);
      reach(simulation, state);
      simulation.coordinator().crash();
      everyMemberIsAnchored(simulation, state.getSimpleName() + " of " + members, 1);
    }
  }

  @Test
  void everyRoundAfterTheOneInWhichTheCoordinatorStoppedIsAnchoredToo() {
    Simulation simulation = cohort(210, 3, 3);
    reach(simulation, CoordinatorState.Publishing.class);
    simulation.coordinator().crash();
    everyMemberIsAnchored(simulation, "three rounds", 3);
  }

  @Tag("scenario-14")
  @Test
  void aSuccessorThatLeadsNothingIsFollowedByTheNext() {
    Simulation simulation = cohort(211, 4, 1);
    reach(simulation, CoordinatorState.Collecting.class);
    simulation.coordinator().crash();
    Bytes first = order(simulation).leader(1);
    simulation
        .network()
        .tamper((receiver, said) ->
            said.author().equals(first) && starts(said) ? List.of() : List.of(said));
    everyMemberIsAnchored(simulation, "the first successor is mute", 1);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class,
        CoordinatorState.Publishing.class,
      })
  void aCoordinatorThatComesBackAfterAllIsDoneGoesAlongAndEndsAnchored(Class<?> state) {
    for (int rounds = 1; rounds <= 2; rounds++) {
      Simulation simulation = cohort(220, 3, rounds);
      AtomicBoolean once = new AtomicBoolean(true);
      simulation
          .coordinator()
          .crashAndRestart(
              append ->
                  state.isInstance(simulation.coordinator().state()) && once.getAndSet(false)
                      ? SimJournal.Moment.AFTER
                      : SimJournal.Moment.NEVER,
              Duration.ofHours(12));
      simulation.run(TWO_DAYS);
      String where = state.getSimpleName() + ", " + rounds + " rounds";
      everyMemberIsAnchored(simulation, where, rounds);
      assertInstanceOf(
          Outcome.Anchored.class, simulation.coordinator().outcomes().getLast(), where);
    }
  }

  @Tag("scenario-15")
  @Test
  void whatACoordinatorOfAnEarlierEpochProposesIsNotFollowed() {
    Simulation simulation = cohort(230, 3, 1);
    // Its proposals are held back until another leads, and then they differ.
    AtomicBoolean endorsed = new AtomicBoolean();
    simulation.coordinatorLies(
        StatementKind.PROPOSAL,
        body -> {
          Proposal honest = (Proposal) body;
          return new Proposal(
              honest.counter(),
              honest.parent(),
              honest.reason(),
              honest.path(),
              honest.responses(),
              honest.nonces().reversed(),
              honest.context(),
              honest.transcript());
        });
    Set<SignedStatement> held = new HashSet<>();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (said.body() instanceof Proposal
              && said.author().equals(simulation.coordinatorKey())
              && !endorsed.get()) {
            held.add(said);
            return List.of();
          }
          return List.of(said);
        });
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().stream().allMatch(RotationTest::endorsed), TWO_DAYS));
    endorsed.set(true);
    assertEquals(1, held.size());
    held.forEach(late ->
        simulation
            .members()
            .forEach(
                member -> member.accept(new org.beaconcohort.cohort.machine.Input.Heard(late))));
    everyMemberIsAnchored(simulation, "a late proposal", 1);
    for (var member : simulation.members()) {
      for (ParticipantFact fact : member.facts()) {
        assertTrue(
            !(fact instanceof ParticipantFact.Claimed claimed)
                || held.stream().noneMatch(late -> late.id().equals(claimed.proposalId())),
            "an old epoch was obeyed");
      }
    }
  }

  @Tag("scenario-16")
  @Test
  void whatACoordinatorThatComesBackProposesLikeItsSuccessorIsTakenAndHarmsNobody() {
    Simulation simulation = cohort(232, 3, 1);
    Set<SignedStatement> held = new HashSet<>();
    AtomicBoolean back = new AtomicBoolean();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (said.body() instanceof Proposal
              && said.author().equals(simulation.coordinatorKey())
              && !back.get()) {
            held.add(said);
            return List.of();
          }
          return List.of(said);
        });
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().stream().allMatch(RotationTest::endorsed), TWO_DAYS));
    back.set(true);
    assertEquals(1, held.size());
    Proposal late = (Proposal) held.iterator().next().body();
    for (var member : simulation.members()) {
      held.forEach(said -> member.accept(new org.beaconcohort.cohort.machine.Input.Heard(said)));
      assertTrue(member.refused().isEmpty(), () -> member.refused().toString());
    }
    everyMemberIsAnchored(simulation, "the same proposal", 1);
    for (var member : simulation.members()) {
      List<Bytes> claimed =
          member.facts().stream()
              .filter(ParticipantFact.Claimed.class::isInstance)
              .map(fact -> ((ParticipantFact.Claimed) fact).transcript())
              .toList();
      assertEquals(List.of(late.transcript()), claimed, "one claim, of the same T");
    }
  }

  @Tag("scenario-40")
  @Test
  void twoLeadersThatProposeFromTheSameStatementsProposeTheSameTranscript() {
    Simulation simulation = cohort(231, 3, 1);
    // Half of the members hear the coordinator's proposal, the others its successor's.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Proposal
                    && said.author().equals(simulation.coordinatorKey())
                    && !receiver.equals("member-0")
                ? List.of()
                : List.of(said));
    everyMemberIsAnchored(simulation, "two leaders", 1);
    Set<Bytes> transcripts = new HashSet<>();
    for (SignedStatement said : simulation.network().statements()) {
      if (said.body() instanceof Proposal proposal) {
        transcripts.add(proposal.transcript());
      }
    }
    assertEquals(1, transcripts.size(), "one T (N2)");
  }

  @Test
  void aLiveCoordinatorIsNeverTakenOverFrom() {
    for (long seed = 240; seed < 250; seed++) {
      Simulation simulation = cohort(seed, 2 + (int) (seed % 3), 2);
      simulation.run(TWO_DAYS);
      for (var member : simulation.members()) {
        assertTrue(
            member.facts().stream().noneMatch(ParticipantFact.EpochEndorsed.class::isInstance),
            "seed " + seed);
      }
    }
  }

  @Test
  void aMemberThatStopsTogetherWithTheCoordinatorEndsTheRoundInBoundedTime() {
    Simulation simulation = cohort(250, 4, 1);
    reach(simulation, CoordinatorState.Collecting.class);
    Instant stopped = simulation.time().now();
    simulation.coordinator().crash();
    simulation.members().get(3).crash();
    assertTrue(simulation.runUntil(() -> closed(simulation, 3), TWO_DAYS));
    Duration took = Duration.between(stopped, simulation.time().now());
    assertTrue(took.compareTo(Duration.ofMinutes(10)) < 0, "bounded by the order, took " + took);
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Outcome.Failed.class, simulation.members().get(i).outcomes().getLast());
    }
  }

  private static boolean starts(SignedStatement said) {
    return switch (said.body().kind()) {
      case OPPORTUNITY, PROPOSAL, EPOCH_CLAIM -> true;
      default -> false;
    };
  }

  private static boolean endorsed(SimParty<ParticipantState, ParticipantFact> member) {
    return member.facts().stream().anyMatch(ParticipantFact.EpochEndorsed.class::isInstance);
  }

  private static SuccessorOrder order(Simulation simulation) {
    ParticipantState.InCohort state =
        assertInstanceOf(ParticipantState.InCohort.class, simulation.members().get(0).state());
    return SuccessorOrder.of(simulation.coordinatorKey(), state.joined().cohort(), 1);
  }

  private static void reach(Simulation simulation, Class<?> state) {
    // One append before it is acted upon is as good as the act that was lost.
    assertTrue(
        simulation.runUntil(() -> state.isInstance(simulation.coordinator().state()), TWO_DAYS)
            || state == CoordinatorState.Opening.class
            || state == CoordinatorState.Proposing.class,
        state.getSimpleName() + " must be reached");
  }

  private static boolean closed(Simulation simulation, int members) {
    return simulation.members().subList(0, members).stream()
        .allMatch(member -> member.state() instanceof ParticipantState.Closed);
  }

  private static void everyMemberIsAnchored(Simulation simulation, String where, int rounds) {
    int size = simulation.members().size();
    assertTrue(simulation.runUntil(() -> closed(simulation, size), TWO_DAYS), where);
    List<Transaction> beacons =
        simulation.chain().spends().stream()
            .filter(spend -> spend.inputs().getFirst().witness().size() == 1)
            .filter(spend -> spend.outputs().getFirst().value() > 20_000)
            .toList();
    assertEquals(rounds, beacons.size(), where + ": beacon transactions");
    String txid = beacons.getLast().displayTxid();
    for (var member : simulation.members()) {
      assertEquals(
          new Outcome.Anchored(txid), member.outcomes().getLast(), where + ", " + member.refused());
    }
  }

  private static Simulation cohort(long seed, int members, int rounds) {
    Simulation simulation = new Simulation(seed, Simulation.terms(members, members, 0, rounds));
    for (int i = 0; i < members; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }
}
