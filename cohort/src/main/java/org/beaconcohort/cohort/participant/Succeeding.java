package org.beaconcohort.cohort.participant;

import java.time.Instant;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;

/**
 * Another cohort follows this one; own documents are asked whether they list it, and the answer is
 * which kind of round this member wants next.
 *
 * @param next the cohort that follows
 */
public record Succeeding(Ready ready, Cohort next) implements InCohort {
  @Override
  public Joined joined() {
    return ready.joined();
  }

  @Override
  public Instant until() {
    return ready.until();
  }

  @Override
  public InCohort with(Joined other) {
    return new Succeeding((Ready) ready.with(other), next);
  }
}
