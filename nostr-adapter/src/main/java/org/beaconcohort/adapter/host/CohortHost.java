package org.beaconcohort.adapter.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.Scheduler;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.jspecify.annotations.Nullable;

/**
 * Runs one machine on one thread: inputs from anywhere wait in a mailbox, and only that thread
 * calls the driver. Deferred work, which may block, runs on two daemon threads beside it.
 *
 * <p>An exception of the driver or of deferred work stops this cohort and no other. After the
 * outcome it goes on answering until it is closed.
 */
public final class CohortHost implements Scheduler, AutoCloseable {
  private static final int WORKERS = 2;

  /** How often the two clocks are compared at least, beside every input. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** A difference that no time server makes (R9). */
  private static final Duration JUMP = Duration.ofSeconds(30);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final String name;
  private final HostClock clock;
  private final LinkedBlockingQueue<Input> mailbox = new LinkedBlockingQueue<>();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final ScheduledThreadPoolExecutor workers;
  private volatile @Nullable Outcome reported;
  private volatile boolean closed;
  private volatile Quiet quiet;
  private @Nullable Thread thread;

  /** What of the wall clock's lead the machine knows; on the thread only. */
  private Duration toldAhead = Duration.ZERO;

  /**
   * Since when nothing has happened, and in which state of the machine.
   *
   * @param state null before the first
   * @param overdue whether its deadline passed while no process ran, and has yet to be acted on
   */
  public record Quiet(Instant since, @Nullable Object state, boolean overdue) {}

  /** A host that does nothing yet; {@code name} is for threads and messages. */
  public CohortHost(String name) {
    this(name, HostClock.start());
  }

  CohortHost(String name, HostClock clock) {
    this.name = name;
    this.clock = clock;
    this.quiet = new Quiet(clock.instant(), null, false);
    this.workers =
        new ScheduledThreadPoolExecutor(
            WORKERS, task -> Thread.ofPlatform().daemon().name(name + "-work").unstarted(task));
    workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    workers.setRemoveOnCancelPolicy(true);
  }

  /**
   * Begins to feed {@code driver}: first what its state waits for, then {@code first}, then the
   * mailbox.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  public synchronized void start(CohortDriver<?, ?> driver, List<Input> first) {
    if (thread != null || closed) {
      throw new IllegalStateException("host " + name + " runs one driver once");
    }
    thread = Thread.ofPlatform().daemon().name(name).start(() -> run(driver, first));
  }

  /** Puts an input into the mailbox; called from any thread. */
  public void deliver(Input input) {
    if (!closed) {
      mailbox.add(input);
    }
  }

  /** The machine has ended so. What it still has to say is said before {@link #outcome} is done. */
  public void ended(Outcome end) {
    reported = end;
  }

  /**
   * The outcome; {@link CohortStoppedException} if the cohort was stopped before it had one.
   * Cancelling it does nothing to the cohort.
   */
  public CompletableFuture<Outcome> outcome() {
    return outcome.copy();
  }

  /** The last time an input changed anything, and the state since then. */
  public Quiet quiet() {
    return quiet;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error fault) {
            stop(fault);
          }
        };
    try {
      var unused = workers.schedule(guarded, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      if (!closed) {
        throw stopped;
      }
    }
  }

  /** Stops this cohort because of {@code fault}; called from any thread. */
  public void stop(Throwable fault) {
    if (!closed) {
      closed = true;
      workers.shutdownNow();
      outcome.completeExceptionally(
          new CohortStoppedException(
              "cohort " + name + " stopped by " + fault + "; its journal is untouched", fault));
      Thread running;
      synchronized (this) {
        running = thread;
      }
      if (running != null && !running.equals(Thread.currentThread())) {
        running.interrupt();
      }
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    workers.shutdownNow();
    if (running != null && !running.equals(Thread.currentThread())) {
      running.interrupt();
      try {
        running.join(CLOSING);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    outcome.completeExceptionally(
        new CohortStoppedException("cohort " + name + " was closed before its outcome"));
  }

  private void run(CohortDriver<?, ?> driver, List<Input> first) {
    try {
      driver.resume(now());
      quiet = quietSinceNow(driver);
      for (Input input : first) {
        accept(driver, input);
      }
      // A state may ignore its deadline; it is told once.
      Object told = this;
      while (!closed) {
        settle();
        lookAtClocks(driver);
        Instant deadline = driver.deadline();
        boolean late = !now().isBefore(deadline);
        if (late && !driver.state().equals(told)) {
          told = driver.state();
          driver.tick(now());
          quiet = quietSinceNow(driver);
          continue;
        }
        Input input = next(late ? Instant.MAX : deadline);
        if (input != null) {
          lookAtClocks(driver);
          accept(driver, input);
        }
      }
    } catch (InterruptedException interrupted) {
      // Closing does it, and then this changes nothing.
      stop(interrupted);
    } catch (RuntimeException | Error fault) {
      stop(fault);
    }
  }

  private void accept(CohortDriver<?, ?> driver, Input input) {
    if (driver.accept(input, now()) instanceof Verdict.Accepted<?>) {
      quiet = quietSinceNow(driver);
    }
  }

  /** A machine that was put back to a snapshot shows it here, and before its next input. */
  private void lookAtClocks(CohortDriver<?, ?> driver) {
    Duration ahead = clock.wallAhead();
    Duration jump = ahead.minus(toldAhead);
    if (jump.abs().compareTo(JUMP) > 0) {
      toldAhead = ahead;
      long seconds = Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, jump.toSeconds()));
      accept(driver, new Input.ClockJumped(Math.toIntExact(seconds)));
    }
  }

  private Quiet quietSinceNow(CohortDriver<?, ?> driver) {
    return new Quiet(now(), driver.state(), driver.isOverdue());
  }

  private void settle() {
    Outcome end = reported;
    if (end != null && mailbox.isEmpty()) {
      outcome.complete(end);
    }
  }

  private @Nullable Input next(Instant deadline) throws InterruptedException {
    Duration left = Duration.between(now(), deadline);
    Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    return mailbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
