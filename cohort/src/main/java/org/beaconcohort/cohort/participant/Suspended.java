package org.beaconcohort.cohort.participant;

import java.time.Instant;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;

/**
 * Between a deadline and what follows from it: nothing is concluded from others' silence before
 * relays have shown a word of this member's own that it said just now (R14), and before whoever has
 * what is missing had time to say it again (N14).
 */
public sealed interface Suspended extends ParticipantState.OnHold {
  /** The state that waits for others: Ready, Responded or Signed. */
  InCohort waiting();

  /** The same around another. */
  Suspended with(InCohort other);

  /** What this member has heard is said, or being said; relays are asked for it. */
  record Asking(InCohort waiting, Instant until) implements Suspended {
    @Override
    public Suspended with(InCohort other) {
      return new Asking(other, until);
    }
  }

  /** A quorum of relays shows it; what is missing may still come until the deadline. */
  record Asked(InCohort waiting, Instant until) implements Suspended {
    @Override
    public Suspended with(InCohort other) {
      return new Asked(other, until);
    }
  }

  /**
   * Relays do not show it: this member is cut off, so nobody is blamed and nothing is taken over,
   * and the deadlines of the round stand still. Its own update deadline does not (N21).
   */
  record RelaysUnreachable(InCohort waiting, Instant until) implements Suspended {
    @Override
    public Suspended with(InCohort other) {
      return new RelaysUnreachable(other, until);
    }
  }
}
