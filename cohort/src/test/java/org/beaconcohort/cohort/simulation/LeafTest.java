package org.beaconcohort.cohort.simulation;

import static org.beaconcohort.cohort.simulation.LeafCohorts.TWO_DAYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.junit.jupiter.api.Test;

/**
 * Leaf A: whoever is missing on the key path, k of n anchor the same transaction (N8, R18, R19).
 */
final class LeafTest {
  @Test
  void aRoundWhereEverybodySignsTakesTheKeyPath() {
    Simulation simulation = LeafCohorts.cohort(500, 3, 2);
    simulation.run(TWO_DAYS);
    assertEquals(2, LeafCohorts.beacons(simulation).size());
    for (Transaction beacon : LeafCohorts.beacons(simulation)) {
      assertEquals(1, beacon.inputs().getFirst().witness().size());
    }
  }

  @Test
  void aMemberThatStopsBeforeItSignsIsLeftOutOfTheSameTransaction() {
    Simulation simulation = LeafCohorts.cohort(501, 4, 1);
    var stopped = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> stopped.state() instanceof ParticipantState.Claimed, TWO_DAYS));
    stopped.crash();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "stopped before its signature");
    for (int i : new int[] {0, 1, 3}) {
      assertEquals(
          new Outcome.Anchored(beacon.displayTxid()),
          simulation.members().get(i).outcomes().getLast());
    }
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Closed, TWO_DAYS));
    assertEquals(
        new Outcome.Anchored(beacon.displayTxid()), simulation.coordinator().outcomes().getLast());
  }

  @Test
  void aMemberThatStopsBeforeItAnswersHasNoEntry() {
    Simulation simulation = LeafCohorts.cohort(502, 4, 1);
    var stopped = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> stopped.state() instanceof ParticipantState.Ready, TWO_DAYS));
    stopped.crash();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "stopped before its answer");
    for (int i : new int[] {0, 1, 3}) {
      assertEquals(
          new Outcome.Anchored(beacon.displayTxid()),
          simulation.members().get(i).outcomes().getLast());
    }
  }

  @Test
  void twoThatStopAreTooManyForAThirdOfFour() {
    Simulation simulation = LeafCohorts.cohort(503, 4, 1);
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(2).state() instanceof ParticipantState.Claimed,
            TWO_DAYS));
    simulation.members().get(2).crash();
    simulation.members().get(3).crash();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1), TWO_DAYS));
    assertEquals(0, LeafCohorts.beacons(simulation).size());
    assertTrue(
        simulation.members().get(0).outcomes().getLast() instanceof Outcome.MayStillConfirm may
            && may.code() == Code.SILENT_MEMBER);
  }
}
