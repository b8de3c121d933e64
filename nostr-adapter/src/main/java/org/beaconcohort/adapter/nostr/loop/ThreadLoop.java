package org.beaconcohort.adapter.nostr.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An event loop on a daemon thread of its own; a task that throws is reported, not fatal. */
public final class ThreadLoop implements EventLoop, AutoCloseable {
  private final Clock clock;
  private final Consumer<RuntimeException> faults;
  private final ScheduledThreadPoolExecutor executor;

  public ThreadLoop(String threadName, Clock clock, Consumer<RuntimeException> faults) {
    this.clock = clock;
    this.faults = faults;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name(threadName).unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  /** After {@link #close} nothing runs any more, and asking for it is no error. */
  @Override
  public Timer after(Duration delay, Runnable task) {
    try {
      Future<?> future = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  /** Ends the thread after the tasks that wait now; timers that are not due never run. */
  @Override
  public void close() {
    execute(executor::shutdownNow);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      faults.accept(e);
    }
  }
}
