package org.beaconcohort.musig2.protocol;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two threads that begin at the same moment, again and again. Both wait spinning, since waking a
 * thread up takes longer than what it is to race with, and each in turn is the one that starts the
 * other.
 */
final class Race implements AutoCloseable {
  private static final int SPINS_BEFORE_PARKING = 2_000;
  private static final int STOP = -1;

  private final Thread second = Thread.ofPlatform().daemon().unstarted(this::run);
  private final AtomicInteger ready = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger finished = new AtomicInteger();
  private int rounds;
  private volatile @Nullable Callable<?> task;
  private volatile @Nullable Object result;

  Race() {
    second.start();
  }

  /** What both gave: a value, or the exception it threw. */
  record Results(Object first, Object second) {}

  /** Runs both at once, {@code first} in the calling thread. */
  Results between(Callable<?> first, Callable<?> other) {
    rounds++;
    task = other;
    await(ready, rounds);
    started.set(rounds);
    if (otherStarts(rounds)) {
      await(gone, rounds);
    }
    Object mine = resultOf(first);
    await(finished, rounds);
    return new Results(mine, Objects.requireNonNull(result));
  }

  private void run() {
    for (int round = 1; ; round++) {
      ready.set(round);
      await(started, round);
      if (started.get() == STOP) {
        return;
      }
      gone.set(round);
      result = resultOf(Objects.requireNonNull(task));
      finished.set(round);
    }
  }

  private static boolean otherStarts(int round) {
    return round % 2 == 0;
  }

  private static Object resultOf(Callable<?> task) {
    try {
      return task.call();
    } catch (Exception e) {
      return e;
    }
  }

  private static void await(AtomicInteger counter, int value) {
    for (int spins = 0; counter.get() != value && counter.get() != STOP; spins++) {
      if (spins < SPINS_BEFORE_PARKING) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1_000);
      }
    }
  }

  @Override
  public void close() {
    started.set(STOP);
  }
}
