package org.beaconcohort.adapter.nostr.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoopTest {
  @Test
  void delaysAreUniformBetweenTheLeastAndADoublingCeiling() {
    long seed = 42;
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(seed));
    long ceiling = 1_000;
    for (int i = 0; i < 40; i++) {
      ceiling = Math.min(60_000, ceiling * 2);
      long delay = backoff.next().toMillis();
      assertTrue(delay >= 1_000 && delay <= ceiling, "seed " + seed + ", delay " + delay);
    }
    backoff.reset();
    assertTrue(backoff.next().toMillis() <= 2_000, "seed " + seed);
  }

  @Test
  void theCeilingIsReachedAndDelaysDiffer() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(7));
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      delays.add(backoff.next().toMillis());
    }
    assertTrue(delays.stream().anyMatch(delay -> delay > 50_000), delays.toString());
    assertTrue(delays.stream().distinct().count() > 100, delays.toString());
  }

  @Test
  void aBackoffWithoutRoomIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), new Random(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), new Random(1)));
  }

  @Test
  void tasksRunInOrderOnOneThreadAndAFaultIsReported() throws InterruptedException {
    BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    try (ThreadLoop loop =
        new ThreadLoop("test-loop", Clock.systemUTC(), fault -> ran.add("fault " + fault))) {
      loop.execute(() -> ran.add("first " + Thread.currentThread().getName()));
      loop.execute(() -> {
        throw new IllegalStateException("on purpose");
      });
      loop.execute(() -> ran.add("last"));

      assertEquals("first test-loop", ran.poll(10, TimeUnit.SECONDS));
      assertEquals(
          "fault java.lang.IllegalStateException: on purpose", ran.poll(10, TimeUnit.SECONDS));
      assertEquals("last", ran.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void closingRunsWhatWaitsAndNothingThatIsNotDue() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    BlockingQueue<String> late = new LinkedBlockingQueue<>();
    ThreadLoop loop = new ThreadLoop("test-loop", Clock.systemUTC(), fault -> {});
    EventLoop.Timer timer = loop.after(Duration.ofHours(1), () -> late.add("late"));
    loop.execute(ran::countDown);
    loop.close();

    assertTrue(ran.await(10, TimeUnit.SECONDS));
    loop.execute(() -> late.add("after close"));
    timer.cancel();
    assertTrue(late.isEmpty(), late.toString());
  }
}
