package org.beaconcohort.adapter.nostr.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * Runs tasks one after the other, never two at once. May be called from any thread; what tasks
 * touch needs no lock.
 */
public interface EventLoop {
  /** Wall time, for people and for {@code created_at}; delays do not depend on it. */
  Instant now();

  /** Runs {@code task} after those already waiting. */
  void execute(Runnable task);

  /** Runs {@code task} once, not before {@code delay} has passed. */
  Timer after(Duration delay, Runnable task);

  /** A task that has yet to run. */
  interface Timer {
    /** The task will not run, unless it is running already; calling again does nothing. */
    void cancel();
  }
}
