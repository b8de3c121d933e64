package org.beaconcohort.adapter.journal.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * Renews leases on a thread of its own, three times in the time they last, so that a process which
 * appends nothing for hours keeps what it holds and learns when it does not.
 */
public final class LeaseKeeper implements AutoCloseable {
  private static final int BEATS = 3;

  /** Calls somebody again and again. */
  @FunctionalInterface
  public interface Beats {
    /** Begins to call {@code beat}, first after a pause; gives what ends it. */
    Runnable every(Duration pause, Runnable beat);
  }

  private final List<IdentityLease> held = new CopyOnWriteArrayList<>();
  private final Runnable end;

  /**
   * A keeper of no lease yet.
   *
   * @param ttl how long a lease lasts
   */
  public LeaseKeeper(Duration ttl, Beats beats) {
    this.end = beats.every(ttl.dividedBy(BEATS), this::beat);
  }

  /** A keeper on a daemon thread. */
  public static LeaseKeeper onItsThread(Duration ttl) {
    return new LeaseKeeper(
        ttl,
        (pause, beat) -> {
          ScheduledThreadPoolExecutor thread =
              new ScheduledThreadPoolExecutor(
                  1, task -> Thread.ofPlatform().daemon().name("journal-lease").unstarted(task));
          var unused =
              thread.scheduleWithFixedDelay(
                  beat, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
          return thread::shutdownNow;
        });
  }

  /** Keeps a lease from now on, until it is lost or given back. */
  public void keep(IdentityLease lease) {
    held.add(lease);
  }

  private void beat() {
    held.removeIf(IdentityLease::isOver);
    held.forEach(LeaseKeeper::renew);
  }

  private static void renew(IdentityLease lease) {
    try {
      lease.renew();
    } catch (JournalException failure) {
      // A loss was told to whoever asked. A server that is away is asked again: a lease that ran
      // out meanwhile is taken again, unless another has it by then.
    } catch (IllegalStateException closed) {
      // With its journal.
    }
  }

  @Override
  public void close() {
    held.clear();
    end.run();
  }
}
