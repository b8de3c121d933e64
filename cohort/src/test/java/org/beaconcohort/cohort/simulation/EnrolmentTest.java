package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.junit.jupiter.api.Test;

/** What closes enrolment: full, enough pending updates, or the deadline; else NOT_ENOUGH (BT-3). */
final class EnrolmentTest {
  @Test
  void enrolmentClosesWhenTheCohortIsFull() {
    Simulation simulation = new Simulation(1, Simulation.terms(2, 3));
    add(simulation, 3, true);
    assertEquals(CloseReason.FULL, closeReason(simulation));
    assertTrue(closedWithin(simulation, Duration.ofMinutes(1)));
  }

  @Test
  void enrolmentClosesEarlyWhenEnoughUpdatesArePending() {
    Simulation simulation = new Simulation(2, Simulation.terms(2, 5, 2, 1));
    add(simulation, 2, true);
    assertEquals(CloseReason.PENDING_UPDATES, closeReason(simulation));
    assertTrue(closedWithin(simulation, Duration.ofMinutes(1)));
  }

  @Test
  void enrolmentClosesAtTheDeadlineWithFewerThanFull() {
    Simulation simulation = new Simulation(3, Simulation.terms(2, 5));
    add(simulation, 3, true);
    assertEquals(CloseReason.DEADLINE, closeReason(simulation));
  }

  @Test
  void tooFewCandidatesAreToldToUseTheirSingleton() {
    Simulation simulation = new Simulation(4, Simulation.terms(3, 5));
    add(simulation, 2, true);
    run(simulation);
    Outcome.Failed coordinator =
        assertInstanceOf(Outcome.Failed.class, simulation.coordinator().outcomes().get(0));
    assertEquals(Code.NOT_ENOUGH, coordinator.code());
    for (var member : simulation.members()) {
      Outcome.Failed told = assertInstanceOf(Outcome.Failed.class, member.outcomes().get(0));
      assertEquals(Code.NOT_ENOUGH, told.code());
      assertTrue(told.detail().contains("singleton"), told.detail());
    }
    assertEquals(List.of(), simulation.chain().spends());
  }

  @Test
  void surplusCandidatesGetAReasonAndTheOthersGoOn() {
    Simulation simulation = new Simulation(5, Simulation.terms(2, 2));
    add(simulation, 4, true);
    run(simulation);
    long anchored =
        simulation.members().stream()
            .filter(member -> member.outcomes().get(0) instanceof Outcome.Anchored)
            .count();
    long turnedAway =
        simulation.members().stream()
            .filter(member ->
                member.outcomes().get(0) instanceof Outcome.Failed failed
                    && failed.code() == Code.ENROLMENT_CLOSED)
            .count();
    assertEquals(2, anchored);
    assertEquals(2, turnedAway);
  }

  private static void add(Simulation simulation, int members, boolean hasUpdate) {
    for (int i = 0; i < members; i++) {
      simulation.addMember(hasUpdate);
    }
  }

  private static void run(Simulation simulation) {
    simulation.begin();
    simulation.run(Duration.ofDays(1));
  }

  private static CloseReason closeReason(Simulation simulation) {
    run(simulation);
    return closed(simulation).reason();
  }

  private static CoordinatorFact.EnrolmentClosed closed(Simulation simulation) {
    return simulation.coordinator().facts().stream()
        .filter(CoordinatorFact.EnrolmentClosed.class::isInstance)
        .map(CoordinatorFact.EnrolmentClosed.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** The deadline that follows the close shows when it was: keying takes two minutes. */
  private static boolean closedWithin(Simulation simulation, Duration most) {
    return closed(simulation)
        .until()
        .isBefore(Simulation.START.plus(most).plus(Duration.ofMinutes(2)));
  }
}
