package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.KeysetState;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One party stops for ever, in every state it can be in: everybody else ends with a name. */
final class SilenceTest {
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
  void aMemberThatStopsLeavesEveryoneWithANamedOutcome(Class<?> state) {
    Simulation simulation = new Simulation(41, Simulation.terms(3, 3));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    var stopped = simulation.members().get(1);
    assertTrue(
        simulation.runUntil(() -> state.isInstance(stopped.state()), TWO_DAYS),
        state.getSimpleName() + " must be reached");
    stopped.crash();
    simulation.run(TWO_DAYS);
    assertEquals(1, simulation.coordinator().outcomes().size(), state.getSimpleName());
    for (int i : new int[] {0, 2}) {
      List<Outcome> outcomes = simulation.members().get(i).outcomes();
      assertEquals(1, outcomes.size(), state.getSimpleName() + ", member " + i);
      assertFalse(outcomes.get(0) instanceof Outcome.Anchored, state.getSimpleName());
    }
    assertTrue(
        simulation.chain().spends().stream()
            .noneMatch(spend ->
                SignalOutput.of(spend).isPresent() && spend.outputs().get(0).value() > 40_000),
        "no beacon transaction without the stopped member");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.Recruiting.class,
        CoordinatorState.Keying.class,
        CoordinatorState.AwaitingFunding.class,
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class,
      })
  void aCoordinatorThatStopsLeavesEveryMemberWithANamedOutcome(Class<?> state) {
    Simulation simulation = new Simulation(42, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    assertTrue(
        simulation.runUntil(() -> state.isInstance(simulation.coordinator().state()), TWO_DAYS),
        state.getSimpleName() + " must be reached");
    simulation.coordinator().crash();
    simulation.runUntil(
        () ->
            simulation.members().stream()
                .allMatch(member -> member.state() instanceof ParticipantState.Closed),
        TWO_DAYS);
    for (var member : simulation.members()) {
      assertEquals(1, member.outcomes().size(), state.getSimpleName());
    }
  }

  @Test
  void afterAPartialSignatureTheOutcomeSaysWhatMayStillConfirm() {
    Simulation simulation = new Simulation(43, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    simulation.runUntil(
        () -> simulation.members().get(1).state() instanceof ParticipantState.Claimed, TWO_DAYS);
    simulation.members().get(1).crash();
    simulation.run(TWO_DAYS);
    Outcome outcome = simulation.members().get(0).outcomes().get(0);
    assertTrue(
        outcome instanceof Outcome.MayStillConfirm may && may.code() == Code.SILENT_MEMBER,
        outcome.toString());
  }
}
