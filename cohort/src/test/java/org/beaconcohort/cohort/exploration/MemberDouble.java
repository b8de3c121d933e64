package org.beaconcohort.cohort.exploration;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;

/** A member's machine that decides something else now and then. */
class MemberDouble implements Machine<ParticipantState, ParticipantFact> {
  private final Machine<ParticipantState, ParticipantFact> real;

  MemberDouble(Machine<ParticipantState, ParticipantFact> real) {
    this.real = real;
  }

  /** The verdict in the place of the real one. */
  Verdict<ParticipantFact> instead(
      ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
    return verdict;
  }

  @Override
  public ParticipantState initial() {
    return real.initial();
  }

  @Override
  public Verdict<ParticipantFact> decide(ParticipantState state, Input input, Instant now) {
    return instead(state, input, now, real.decide(state, input, now));
  }

  @Override
  public ParticipantState evolve(ParticipantState state, ParticipantFact fact) {
    return real.evolve(state, fact);
  }

  @Override
  public List<Effect> resume(ParticipantState state) {
    return real.resume(state);
  }

  @Override
  public Instant deadline(ParticipantState state) {
    return real.deadline(state);
  }

  @Override
  public boolean hearsAnswersFirst(ParticipantState state) {
    return real.hearsAnswersFirst(state);
  }
}
