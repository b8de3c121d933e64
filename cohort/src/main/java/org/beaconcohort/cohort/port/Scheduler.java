package org.beaconcohort.cohort.port;

import java.time.Duration;
import java.time.Instant;

/** Time and deferred work. Real time is wall time at start plus the monotonic clock. */
public interface Scheduler {
  /** Now. */
  Instant now();

  /**
   * Runs {@code task} after {@code delay}, away from the caller's thread of control; it may block.
   */
  void after(Duration delay, Runnable task);
}
