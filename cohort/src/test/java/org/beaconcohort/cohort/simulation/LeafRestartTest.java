package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.junit.jupiter.api.Test;

/** Wherever a process ends on leaf A, in an append or a sending, another brings it to its end. */
final class LeafRestartTest {
  private static final Duration DOWN = Duration.ofSeconds(1);

  @Test
  void whereverAMemberEndsOnLeafAItsSignatureStillCounts() {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      for (boolean sending : List.of(false, true)) {
        boolean reached = true;
        for (int at = 1; reached; at++) {
          reached = memberEnds(moment, sending, at);
          points += reached ? 1 : 0;
        }
      }
    }
    System.out.println("Crash points of a member on leaf A: " + points);
    assertTrue(points >= 20, "both sides of every append and sending, got " + points);
  }

  /** Whether there was such a point: the n-th after leaf A was asked for. */
  private static boolean memberEnds(Moment moment, boolean sending, int at) {
    Simulation simulation = LeafCohorts.cohort(560, 3, 1);
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(2).state() instanceof ParticipantState.Claimed,
            LeafCohorts.TWO_DAYS));
    simulation.members().get(2).crash();
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Signed, LeafCohorts.TWO_DAYS));
    int before = sending ? member.sent() : member.facts().size();
    int[] count = {0};
    SimJournal.Crashes crashes = number -> ++count[0] == at ? moment : Moment.NEVER;
    if (sending) {
      member.crashSending(crashes, DOWN);
    } else {
      member.crashAndRestart(crashes, DOWN);
    }
    assertTrue(
        simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1), LeafCohorts.TWO_DAYS));
    String where = moment + (sending ? " sending " : " append ") + at + " after " + before;
    Transaction beacon = LeafCohorts.byLeaf(simulation, where);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          new Outcome.Anchored(beacon.displayTxid()),
          simulation.members().get(i).outcomes().getLast(),
          where);
    }
    return !member.restarts().isEmpty();
  }

  @Test
  void whereverTheCoordinatorEndsOnLeafATheMembersFinish() {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      for (boolean sending : List.of(false, true)) {
        boolean reached = true;
        for (int at = 1; reached; at++) {
          reached = coordinatorEnds(moment, sending, at);
          points += reached ? 1 : 0;
        }
      }
    }
    System.out.println("Crash points of a coordinator on leaf A: " + points);
    assertTrue(points >= 20, "both sides of every append and sending, got " + points);
  }

  private static boolean coordinatorEnds(Moment moment, boolean sending, int at) {
    Simulation simulation = LeafCohorts.cohort(561, 3, 1);
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(2).state() instanceof ParticipantState.Ready,
            LeafCohorts.TWO_DAYS));
    simulation.members().get(2).crash();
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(0).state() instanceof ParticipantState.Responded,
            LeafCohorts.TWO_DAYS));
    int[] count = {0};
    SimJournal.Crashes crashes = number -> ++count[0] == at ? moment : Moment.NEVER;
    if (sending) {
      simulation.coordinator().crashSending(crashes, DOWN);
    } else {
      simulation.coordinator().crashAndRestart(crashes, DOWN);
    }
    assertTrue(
        simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1), LeafCohorts.TWO_DAYS));
    String where = moment + (sending ? " sending " : " append ") + at;
    Transaction beacon = LeafCohorts.byLeaf(simulation, where);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          new Outcome.Anchored(beacon.displayTxid()),
          simulation.members().get(i).outcomes().getLast(),
          where);
    }
    return !simulation.coordinator().restarts().isEmpty();
  }
}
