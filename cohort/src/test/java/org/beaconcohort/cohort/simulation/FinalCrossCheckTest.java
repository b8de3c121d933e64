package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Final signatures are compared with the own one: a difference is told and ends nothing (BC-15).
 */
final class FinalCrossCheckTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void anotherFinalSignatureForTheSameTranscriptIsNamedAndEndsNobodysRound() {
    Simulation simulation = new Simulation(95, Simulation.terms(3, 3));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    var member = simulation.members().get(1);
    assertTrue(
        simulation.runUntil(
            () ->
                member.state() instanceof ParticipantState.Final
                    && simulation.network().statements().stream()
                        .anyMatch(said -> said.body() instanceof Final),
            A_DAY));
    SignedStatement said =
        simulation.network().statements().stream()
            .filter(each -> each.body() instanceof Final)
            .findFirst()
            .orElseThrow();
    Final honest = (Final) said.body();
    byte[] other = honest.signature().toArray();
    other[63] ^= 1;
    member.accept(
        new Input.Heard(
            simulation
                .forger()
                .instead(
                    said,
                    Changed.with(said.header(), "seq", said.header().seq() + 1_000),
                    Changed.with(honest, "signature", Bytes.of(other)))));
    assertEquals(Code.FINAL_MISMATCH, member.refused().getLast().code());
    simulation.run(A_DAY);
    for (var each : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, each.outcomes().getLast());
    }
  }
}
