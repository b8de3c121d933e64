package org.beaconcohort.adapter.nostr.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** An event loop on virtual time: tasks run when the test lets time pass. */
public final class VirtualLoop implements EventLoop {
  private static final int TOO_MANY = 1_000_000;

  private record Task(Instant due, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::order));
  private Instant now = Instant.ofEpochSecond(1_800_000_000L);
  private long order;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    after(Duration.ZERO, task);
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    Task task = new Task(now.plus(delay), order++, work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Runs what is due now. */
  public void run() {
    advance(Duration.ZERO);
  }

  /** Lets {@code time} pass and runs what becomes due, in order. */
  public void advance(Duration time) {
    Instant end = now.plus(time);
    int ran = 0;
    for (Task next = tasks.peek(); next != null && !next.due().isAfter(end); next = tasks.peek()) {
      tasks.remove(next);
      now = next.due().isAfter(now) ? next.due() : now;
      next.work().run();
      if (++ran > TOO_MANY) {
        throw new AssertionError("tasks must come to rest, got " + ran + " of them");
      }
    }
    now = end;
  }

  public int waiting() {
    return tasks.size();
  }
}
