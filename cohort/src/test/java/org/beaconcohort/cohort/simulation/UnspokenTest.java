package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member that takes everybody's signatures, says nothing itself, and broadcasts. */
final class UnspokenTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatItCompletedInSilenceAnchorsEverybody(boolean leaf) {
    Simulation simulation = leaf ? LeafCohorts.cohort(700, 4, 1) : plain(700);
    keepsToItself(simulation, 2);
    simulation.run(TWO_DAYS);
    Outcome.Anchored anchored =
        assertInstanceOf(Outcome.Anchored.class, simulation.members().get(2).outcomes().getFirst());
    for (SimParty<?, ?> party : Restarts.everyone(simulation)) {
      assertEquals(anchored, party.outcomes().getFirst());
    }
    assertEquals(1, LeafCohorts.beacons(simulation).size());
  }

  @Test
  void whoeverStartsAgainMeanwhileFindsItToo() {
    Simulation simulation = plain(701);
    keepsToItself(simulation, 2);
    var member = simulation.members().get(0);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Signed, TWO_DAYS));
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingPartials,
            TWO_DAYS));
    for (SimParty<?, ?> party : List.of(member, simulation.coordinator())) {
      party.crash();
      party.comeBack();
    }
    simulation.run(TWO_DAYS);
    for (SimParty<?, ?> party : Restarts.everyone(simulation)) {
      assertInstanceOf(Outcome.Anchored.class, party.outcomes().getFirst());
    }
  }

  @Test
  void whileNothingIsBroadcastItIsMissed() {
    Simulation simulation = plain(702);
    keepsToItself(simulation, 2);
    var silent = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> silent.state() instanceof ParticipantState.Final, TWO_DAYS));
    silent.crash();
    simulation.run(TWO_DAYS);
    for (int i : new int[] {0, 1, 3}) {
      Outcome.MayStillConfirm outcome =
          assertInstanceOf(
              Outcome.MayStillConfirm.class, simulation.members().get(i).outcomes().getFirst());
      assertEquals(Code.SILENT_MEMBER, outcome.code());
    }
  }

  private static void keepsToItself(Simulation simulation, int member) {
    simulation
        .network()
        .tamper((receiver, said) ->
            (said.body().kind() == StatementKind.PARTIAL_SIGNATURE
                        || said.body().kind() == StatementKind.FINAL
                        || said.body().kind() == StatementKind.SYNC)
                    && said.author().equals(simulation.statementKey(member))
                ? List.of()
                : List.of(said));
  }

  private static Simulation plain(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(4, 4));
    for (int i = 0; i < 4; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }
}
