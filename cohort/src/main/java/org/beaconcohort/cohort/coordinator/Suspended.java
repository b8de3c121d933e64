package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;

/**
 * Between a deadline and what follows from it: no silence is concluded from before relays have
 * shown a word of this coordinator's own that it said just now (R14), and before whoever has what
 * is missing had time to say it again (N14).
 */
public sealed interface Suspended extends CoordinatorState.OnHold {
  /** The state that waits for others' words. */
  InCohort on();

  @Override
  default InCohort waiting() {
    return on().waiting();
  }

  @Override
  default Formed formed() {
    return on().formed();
  }

  /** The same around another. */
  Suspended around(InCohort other);

  @Override
  default InCohort with(Formed other) {
    return around(on().with(other));
  }

  /** What this coordinator has heard is said, or being said; relays are asked for it. */
  record Asking(InCohort on, Instant until) implements Suspended {
    @Override
    public Suspended around(InCohort other) {
      return new Asking(other, until);
    }
  }

  /** A quorum of relays shows it; what is missing may still come until the deadline. */
  record Asked(InCohort on, Instant until) implements Suspended {
    @Override
    public Suspended around(InCohort other) {
      return new Asked(other, until);
    }
  }

  /**
   * Relays do not show it: this coordinator is cut off, so nobody is blamed and the deadline stands
   * still. The members have others to follow (N15).
   */
  record RelaysUnreachable(InCohort on, Instant until) implements Suspended {
    @Override
    public Suspended around(InCohort other) {
      return new RelaysUnreachable(other, until);
    }
  }
}
