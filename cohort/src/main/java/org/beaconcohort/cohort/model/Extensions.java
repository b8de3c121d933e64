package org.beaconcohort.cohort.model;

import java.time.Duration;

/**
 * How far a leader may extend deadlines of a round (N20).
 *
 * @param most extensions of one round, by all its leaders together; 0 for none, at most {@value
 *     #MOST}
 * @param by how much later each makes a deadline, whole seconds, up to 366 days; zero for none
 */
public record Extensions(int most, Duration by) {
  /** Most extensions that terms can allow. */
  public static final int MOST = 8;

  /** Deadlines stand. */
  public static final Extensions NONE = new Extensions(0, Duration.ZERO);

  /** Checks the bounds. */
  public Extensions {
    boolean none = most == 0 && by.isZero();
    boolean some =
        most >= 1
            && most <= MOST
            && by.toSeconds() >= 1
            && by.toDays() <= 366
            && by.equals(Duration.ofSeconds(by.toSeconds()));
    if (!none && !some) {
      throw new IllegalArgumentException(
          "extensions must be none, or 1.."
              + MOST
              + " by 1 second to 366 days in whole seconds, got "
              + most
              + " by "
              + by);
    }
  }
}
