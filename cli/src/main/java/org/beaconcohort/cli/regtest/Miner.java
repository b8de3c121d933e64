package org.beaconcohort.cli.regtest;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.cli.exit.CommandFailure;

/** Mines a block whenever a transaction waits for one, until it is closed. */
public final class Miner implements AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("miner").unstarted(task));
  private final Fixture fixture;

  private Miner(Fixture fixture) {
    this.fixture = fixture;
  }

  /** A miner that looks every {@code pause}. */
  public static Miner start(Fixture fixture, Duration pause) {
    Miner miner = new Miner(fixture);
    var unused =
        miner.executor.scheduleWithFixedDelay(
            miner::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return miner;
  }

  private void look() {
    try {
      if (fixture.waiting() > 0) {
        fixture.mine(1);
      }
    } catch (CommandFailure away) {
      // Whoever needs the block finds out by its own deadline; the chain may come back before.
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
