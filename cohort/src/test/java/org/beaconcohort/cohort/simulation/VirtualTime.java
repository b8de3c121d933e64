package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.beaconcohort.cohort.port.Scheduler;

/** A clock that moves only when it runs the next task; ties go in the order they were asked. */
public final class VirtualTime implements Scheduler {
  private record Task(Instant at, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
  private final RandomGenerator random;
  private Instant now;
  private long asked;

  /** Starts at {@code start}; {@code random} gives network delays. */
  public VirtualTime(Instant start, RandomGenerator random) {
    this.now = start;
    this.random = random;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), asked++, task));
  }

  /** Runs {@code task} after a random delay of at most {@code most}. */
  public void soon(Duration most, Runnable task) {
    after(Duration.ofMillis(random.nextLong(most.toMillis() + 1)), task);
  }

  /** Runs the next task, not beyond {@code end}; false if there is none. */
  public boolean step(Instant end) {
    Task next = tasks.peek();
    if (next == null || next.at().isAfter(end)) {
      return false;
    }
    tasks.remove();
    now = next.at();
    next.work().run();
    return true;
  }
}
