package org.beaconcohort.adapter.journal.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a journal says to an append: without it no signature is made, or none leaves. */
final class NoSignatureTest {
  private static final int SEED = 11;

  private final Simulation simulation = new Simulation(SEED, Simulation.terms(2, 2));

  NoSignatureTest() {
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
  }

  private void failing(Fault fault, Class<? extends ParticipantFact> at) {
    simulation
        .members()
        .get(0)
        .journal()
        .crashOn(facts -> {
          if (facts.stream().anyMatch(at::isInstance)) {
            throw new JournalException(fault, "for this test");
          }
          return SimJournal.Moment.NEVER;
        });
    JournalException refusal =
        assertThrows(JournalException.class, () -> simulation.run(Duration.ofDays(1)));
    assertEquals(fault, refusal.fault());
    simulation.members().get(0).crash();
  }

  private boolean signatureWasSeen(int member) {
    return simulation.network().statements().stream()
        .anyMatch(each ->
            each.body().kind() == StatementKind.PARTIAL_SIGNATURE
                && each.author().equals(simulation.statementKey(member)));
  }

  private void nothingWasSigned() {
    boolean unused =
        simulation.runUntil(
            () -> simulation.members().get(1).state() instanceof ParticipantState.Closed,
            Duration.ofDays(2));
    assertFalse(signatureWasSeen(0));
    assertTrue(signatureWasSeen(1), "the other member had everything it needs to sign");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aClaimThatCannotBeKeptIsNotSignedFor(Fault fault) {
    failing(fault, ParticipantFact.Claimed.class);
    List<ParticipantFact> facts = simulation.members().get(0).facts();
    assertTrue(facts.stream().noneMatch(ParticipantFact.Claimed.class::isInstance));
    assertTrue(facts.stream().noneMatch(ParticipantFact.PartialRecorded.class::isInstance));
    nothingWasSigned();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aSignatureThatCannotBeKeptDoesNotLeave(Fault fault) {
    failing(fault, ParticipantFact.PartialRecorded.class);
    nothingWasSigned();
  }

  @Test
  void aClockAheadByAYearEndsTheRoundAndSignsNothing() {
    simulation
        .members()
        .get(0)
        .crashAndRestart(append -> SimJournal.Moment.NEVER, Duration.ofDays(365));
    simulation.members().get(0).journal().crashOn(new OnceBefore(ParticipantFact.Claimed.class));
    simulation.run(Duration.ofDays(800));
    assertFalse(signatureWasSeen(0));
    assertInstanceOf(ParticipantState.Closed.class, simulation.members().get(0).state());
  }

  /** Ends the process at the first append of such a fact. */
  private static final class OnceBefore implements SimJournal.CrashesOn<ParticipantFact> {
    private final Class<? extends ParticipantFact> at;
    private boolean done;

    OnceBefore(Class<? extends ParticipantFact> at) {
      this.at = at;
    }

    @Override
    public SimJournal.Moment at(List<ParticipantFact> facts) {
      if (done || facts.stream().noneMatch(at::isInstance)) {
        return SimJournal.Moment.NEVER;
      }
      done = true;
      return SimJournal.Moment.BEFORE;
    }
  }
}
