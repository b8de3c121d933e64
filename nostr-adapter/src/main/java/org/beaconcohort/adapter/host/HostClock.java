package org.beaconcohort.adapter.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Wall time when it was made plus the monotonic clock since (R13): a step of the system's clock
 * moves no deadline.
 */
public final class HostClock implements InstantSource {
  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final Instant start;
  private final long startNanos;

  /** A clock over these two. */
  HostClock(InstantSource wall, LongSupplier monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.start = wall.instant();
    this.startNanos = monotonic.getAsLong();
  }

  /** A clock that begins at the system's time. */
  public static HostClock start() {
    return new HostClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(monotonic.getAsLong() - startNanos);
  }

  /** By how much the wall clock is ahead of this one now; negative if it is behind. */
  Duration wallAhead() {
    return Duration.between(instant(), wall.instant());
  }
}
