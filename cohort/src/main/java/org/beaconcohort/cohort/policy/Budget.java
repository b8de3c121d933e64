package org.beaconcohort.cohort.policy;

import java.time.Duration;
import org.beaconcohort.cohort.model.Deadlines;

/** How often something is tried, and how long each try may take (R22). */
public final class Budget {
  /** Most attempts of a round on one path. */
  public static final int MOST_ATTEMPTS = 3;

  private Budget() {}

  /**
   * The time that try number {@code counter} (from 0) has: once, one and a half times, twice {@code
   * first}, and no more after that.
   */
  public static Duration grown(Duration first, int counter) {
    int halves = 2 + Math.min(Math.max(counter, 0), MOST_ATTEMPTS - 1);
    return first.multipliedBy(halves).dividedBy(2);
  }

  /** From the choice of an attempt to its last partial signature. */
  public static Duration attempt(Deadlines deadlines, int counter) {
    return grown(deadlines.proposal().plus(deadlines.partial()), counter);
  }

  /** From a leaf-A request to its last signature. */
  public static Duration leaf(Deadlines deadlines, int counter) {
    return grown(deadlines.partial(), counter);
  }

  /**
   * How long before a deadline one asks for what is missing, and looks whether relays show one's
   * own words: a third of the time that a leader has for one step, 30 seconds at most.
   */
  public static Duration asking(Deadlines deadlines) {
    Duration third = deadlines.proposal().dividedBy(3);
    return third.compareTo(Duration.ofSeconds(30)) < 0 ? third : Duration.ofSeconds(30);
  }

  /**
   * How far two parties' clocks and sightings may be apart: what a leader does so much before a
   * member's own deadline is not early (R13).
   */
  public static Duration tolerance(Deadlines deadlines) {
    return deadlines.proposal();
  }
}
