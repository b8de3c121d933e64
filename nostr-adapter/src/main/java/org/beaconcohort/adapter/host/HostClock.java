package org.beaconcohort.adapter.host;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Wall time when it was made plus the monotonic clock since (R13): a step of the system's clock
 * moves no deadline.
 */
public final class HostClock implements InstantSource {
  private final Instant start;
  private final long startNanos;

  private HostClock(Instant start) {
    this.start = start;
    this.startNanos = System.nanoTime();
  }

  /** A clock that begins at the system's time. */
  public static HostClock start() {
    return new HostClock(Instant.now());
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
