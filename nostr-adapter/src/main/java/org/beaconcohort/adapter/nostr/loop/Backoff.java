package org.beaconcohort.adapter.nostr.loop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays between tries with full jitter: the n-th is uniform between {@code min} and {@code min} ×
 * 2^n, never above {@code max}, so that clients cut off together do not come back together.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration min;
  private final Duration max;
  private final RandomGenerator random;
  private int tries;

  public Backoff(Duration min, Duration max, RandomGenerator random) {
    if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "backoff must have 0 < min ≤ max, got " + min + " and " + max);
    }
    this.min = min;
    this.max = max;
    this.random = random;
  }

  /** The delay before the next try. */
  public Duration next() {
    tries = Math.min(tries + 1, MAX_DOUBLINGS);
    long least = min.toMillis();
    long most = Math.min(max.toMillis(), least << tries);
    return Duration.ofMillis(least + random.nextLong(most - least + 1));
  }

  /** The next delay is a first one again. */
  public void reset() {
    tries = 0;
  }
}
