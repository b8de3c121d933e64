package org.beaconcohort.cli.bench.meter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures several pieces of work in turn, a slice of each and round again, so that whatever
 * disturbs the machine disturbs all of them alike. For one thread.
 */
public final class Meter {
  private static final int FEWEST_TURNS = 3;

  private final ThreadClock clock = new ThreadClock();
  private final Duration warmUp;
  private final Duration measuring;
  private final List<Timed> all = new ArrayList<>();

  /**
   * A meter of nothing yet.
   *
   * @param warmUp CPU time of turns that do not count, at least one turn
   * @param measuring CPU time of turns that count, at least three turns
   */
  public Meter(Duration warmUp, Duration measuring) {
    this.warmUp = warmUp;
    this.measuring = measuring;
  }

  /** Adds a piece of work. */
  public Timed time(String name, Work work) {
    return time(name, work, 1);
  }

  /** Adds a piece of work that consists of equal parts; what is measured is one of them. */
  public Timed time(String name, Work work, int parts) {
    Timed timed = new Timed(name, work, parts);
    all.add(timed);
    return timed;
  }

  /** Measures everything added. */
  public void run() {
    turns(warmUp, 1, false);
    turns(measuring, FEWEST_TURNS, true);
  }

  private void turns(Duration atLeast, int fewest, boolean counted) {
    long end = clock.cpuNanos() + atLeast.toNanos();
    for (int turn = 0; turn < fewest || clock.cpuNanos() < end; turn++) {
      for (Timed each : all) {
        each.slice(clock, counted);
      }
    }
  }
}
