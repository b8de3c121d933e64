package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.Suspended;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A coordinator whose relays are gone: what it does not hear says nothing about anybody (R14). */
final class LeaderRelayLossTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static Simulation cohort(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 4));
    for (int i = 0; i < 4; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }

  private static void cutAt(Simulation simulation, Class<?> state) {
    // In Keying the welcome has arrived, and the last acknowledgement has not.
    assertTrue(
        simulation.runUntil(
            () ->
                state.isInstance(simulation.coordinator().state())
                    && simulation.members().stream()
                        .allMatch(member -> member.state() instanceof ParticipantState.InCohort),
            TWO_DAYS));
    simulation.network().cut(name -> name.equals("coordinator"));
  }

  private static void keptQuiet(List<CoordinatorFact> facts) {
    for (CoordinatorFact fact : facts) {
      assertFalse(
          fact instanceof CoordinatorFact.KeysetShrunk
              || fact instanceof CoordinatorFact.DeadlineExtended
              || fact instanceof CoordinatorFact.RoundOpened
              || fact instanceof CoordinatorFact.LeafProposed
              || fact instanceof CoordinatorFact.FellBack
              // What the members complete meanwhile is on the chain.
              || (fact instanceof CoordinatorFact.Ended ended
                  && !(ended.outcome() instanceof Outcome.Anchored)),
          "while cut off: " + fact);
    }
  }

  @Tag("scenario-23")
  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.Keying.class,
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class
      })
  void aCoordinatorWithoutRelaysForTenMinutesBlamesNobodyAndGoesOnWithItsMembers(Class<?> state) {
    Simulation simulation = cohort(701);
    cutAt(simulation, state);
    var coordinator = simulation.coordinator();
    int before = coordinator.facts().size();
    Duration wait =
        state == CoordinatorState.AwaitingListing.class
            ? Simulation.terms(2, 4).deadlines().listing().plus(TEN_MINUTES)
            : TEN_MINUTES;
    assertTrue(
        simulation.runUntil(() -> coordinator.state() instanceof Suspended.RelaysUnreachable, wait),
        "in " + coordinator.state());
    simulation.runUntil(() -> false, TEN_MINUTES);
    keptQuiet(coordinator.facts().subList(before, coordinator.facts().size()));
    simulation.network().heal();
    simulation.run(TWO_DAYS);
    List<Transaction> beacons = LeafCohorts.beacons(simulation);
    assertEquals(1, beacons.size(), "members lost nothing");
    Outcome anchored = new Outcome.Anchored(beacons.getFirst().displayTxid());
    for (var member : simulation.members()) {
      assertEquals(anchored, member.outcomes().getLast());
    }
    assertEquals(anchored, coordinator.outcomes().getLast(), "it follows");
  }

  @Test
  void aCoordinatorThatIsCutOffForGoodEndsByThatNameAndNamesNobody() {
    for (Class<?> state :
        List.of(CoordinatorState.Keying.class, CoordinatorState.AwaitingPartials.class)) {
      Simulation simulation = cohort(702);
      cutAt(simulation, state);
      simulation
          .chain()
          .weather(
              new SimChain.Weather() {
                @Override
                public boolean takes() {
                  return false;
                }
              });
      var coordinator = simulation.coordinator();
      assertTrue(
          simulation.runUntil(
              () -> coordinator.state() instanceof CoordinatorState.Closed, TWO_DAYS));
      String detail =
          switch (coordinator.outcomes().getLast()) {
            case Outcome.Failed failed -> {
              assertEquals(Code.RELAYS_UNREACHABLE, failed.code());
              yield failed.detail();
            }
            case Outcome.MayStillConfirm may -> {
              assertEquals(Code.RELAYS_UNREACHABLE, may.code());
              yield may.detail();
            }
            default -> throw new AssertionError("" + coordinator.outcomes());
          };
      assertFalse(detail.contains("slot"), detail);
      assertEquals(
          state == CoordinatorState.Keying.class,
          coordinator.outcomes().getLast() instanceof Outcome.Failed);
    }
  }

  @Test
  void aProcessThatBeginsWhileItsRelaysAreGoneWaitsForThemToo() {
    Simulation simulation = cohort(703);
    cutAt(simulation, CoordinatorState.Collecting.class);
    var coordinator = simulation.coordinator();
    assertTrue(
        simulation.runUntil(
            () -> coordinator.state() instanceof Suspended.RelaysUnreachable, TEN_MINUTES));
    coordinator.crash();
    coordinator.comeBack();
    simulation.runUntil(() -> false, TEN_MINUTES);
    assertInstanceOf(Suspended.RelaysUnreachable.class, coordinator.state());
    simulation.network().heal();
    simulation.run(TWO_DAYS);
    assertInstanceOf(Outcome.Anchored.class, coordinator.outcomes().getLast());
  }

  @Test
  void aSilentMemberIsStillNamedOnceRelaysHaveShownTheCoordinatorsWord() {
    Simulation simulation = cohort(704);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting,
            TWO_DAYS));
    simulation.members().get(3).crash();
    simulation.members().get(2).crash();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Closed, TWO_DAYS));
    List<CoordinatorFact> facts = simulation.coordinator().facts();
    int asked = indexOf(facts, CoordinatorFact.RelaysAsked.class);
    int seen = indexOf(facts, CoordinatorFact.RelaysSeen.class);
    int ended = indexOf(facts, CoordinatorFact.Ended.class);
    assertTrue(asked >= 0 && asked < seen && seen < ended, "" + facts.subList(asked, facts.size()));
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, simulation.coordinator().outcomes().getLast());
    assertEquals(Code.SILENT_MEMBER, failed.code());
  }

  private static int indexOf(List<CoordinatorFact> facts, Class<?> kind) {
    for (int i = 0; i < facts.size(); i++) {
      if (kind.isInstance(facts.get(i))) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void whatRelaysLostOnTheWayToTheCoordinatorItGetsFromWhoeverHasIt() {
    Simulation simulation = cohort(705);
    Set<SignedStatement> lost = new HashSet<>();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.RESPONSE
                    && receiver.equals("coordinator")
                    && !said.author().equals(simulation.statementKey(0))
                    && lost.add(said)
                ? List.of()
                : List.of(said));
    // What arrives twice would not be lost.
    simulation.run(TWO_DAYS);
    assertTrue(
        simulation.network().statements().stream()
            .anyMatch(said ->
                said.body() instanceof Sync && said.author().equals(simulation.coordinatorKey())),
        "the coordinator asked");
    assertTrue(
        simulation.network().statements().stream()
            .noneMatch(said -> said.body().kind() == StatementKind.EPOCH_CLAIM),
        "before anybody took over");
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
    }
  }

  @Test
  void aRoundWhereEverybodyAnswersAsksNobody() {
    Simulation simulation = cohort(706);
    simulation.run(TWO_DAYS);
    assertTrue(
        simulation.coordinator().facts().stream()
            .noneMatch(CoordinatorFact.RelaysAsked.class::isInstance));
    assertTrue(
        simulation.members().stream()
            .allMatch(member -> member.state() instanceof ParticipantState.Closed));
  }
}
