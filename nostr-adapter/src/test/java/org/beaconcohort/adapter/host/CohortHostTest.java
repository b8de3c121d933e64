package org.beaconcohort.adapter.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.port.Observer;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CohortHostTest {
  private static final Outcome END = new Outcome.Anchored("00");

  private final CohortHost host = new CohortHost("test");

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void everyInputIsDecidedOnOneThread() throws Exception {
    Recorder recorder = new Recorder(Instant.MAX);
    host.start(recorder.driver(), List.of(new Input.Begin()));
    host.after(Duration.ZERO, () -> host.deliver(new Input.Listed()));
    host.deliver(new Input.Listed());
    List<Step> steps = recorder.take(3);
    assertEquals(1, steps.stream().map(Step::thread).distinct().count());
    assertNotEquals(Thread.currentThread(), steps.get(0).thread());
  }

  @Test
  void theFirstInputsComeBeforeWhatWasDelivered() throws Exception {
    Recorder recorder = new Recorder(Instant.MAX);
    host.deliver(new Input.Listed());
    host.start(recorder.driver(), List.of(new Input.Begin()));
    assertInstanceOf(Input.Begin.class, recorder.take(1).get(0).input());
  }

  @Test
  void aPassedDeadlineIsToldOnceEvenIfTheStateIgnoresIt() throws Exception {
    Recorder recorder = new Recorder(host.now().minusSeconds(1));
    host.start(recorder.driver(), List.of());
    assertInstanceOf(Input.DeadlinePassed.class, recorder.take(1).get(0).input());
    host.deliver(new Input.Listed());
    assertInstanceOf(Input.Listed.class, recorder.take(1).get(0).input());
  }

  @Test
  void aJumpOfTheWallClockIsToldBeforeTheNextInputAndMovesNoDeadline() throws Exception {
    AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
    AtomicLong monotonic = new AtomicLong();
    try (CohortHost slow = new CohortHost("slow", new HostClock(wall::get, monotonic::get))) {
      Recorder recorder = new Recorder(slow.now().plusSeconds(60));
      slow.start(recorder.driver(), List.of(new Input.Begin()));
      recorder.take(1);
      wall.updateAndGet(before -> before.plusSeconds(29));
      slow.deliver(new Input.Listed());
      assertInstanceOf(Input.Listed.class, recorder.take(1).get(0).input());
      wall.updateAndGet(before -> before.plusSeconds(31_536_000));
      slow.deliver(new Input.Listed());
      List<Step> steps = recorder.take(2);
      assertEquals(new Input.ClockJumped(31_536_029), steps.get(0).input());
      assertInstanceOf(Input.Listed.class, steps.get(1).input());
      wall.updateAndGet(before -> before.minusSeconds(2 * 31_536_000));
      slow.deliver(new Input.Listed());
      assertEquals(new Input.ClockJumped(-2 * 31_536_000), recorder.take(2).get(0).input());
      assertEquals(Instant.parse("2026-06-01T12:00:00Z"), slow.now());
    }
  }

  @Test
  void aDeadlineToComeIsToldWithoutAnyInput() throws Exception {
    Recorder recorder = new Recorder(host.now().plusMillis(50));
    host.start(recorder.driver(), List.of());
    assertInstanceOf(Input.DeadlinePassed.class, recorder.take(1).get(0).input());
  }

  @Test
  void theOutcomeComesAfterWhatStillHadToBeSaid() throws Exception {
    List<Input> decided = new ArrayList<>();
    Recorder recorder =
        new Recorder(Instant.MAX) {
          @Override
          void performed(Input input) {
            decided.add(input);
            if (input instanceof Input.Begin) {
              host.deliver(new Input.Listed());
              host.ended(END);
            }
          }
        };
    host.start(recorder.driver(), List.of(new Input.Begin()));
    assertEquals(END, host.outcome().get(10, TimeUnit.SECONDS));
    assertEquals(2, decided.size());
  }

  @Test
  void aFaultOfTheMachineStopsTheCohortAndSaysWhich() {
    Recorder recorder =
        new Recorder(Instant.MAX) {
          @Override
          void performed(Input input) {
            throw new IllegalStateException("journal has Noted in state Drafted");
          }
        };
    host.start(recorder.driver(), List.of(new Input.Begin()));
    Throwable stopped = stopped(host.outcome());
    assertTrue(
        String.valueOf(stopped.getMessage()).contains("journal has Noted"), stopped.getMessage());
  }

  @Test
  void aFaultOfDeferredWorkStopsTheCohort() {
    host.start(new Recorder(Instant.MAX).driver(), List.of());
    host.after(
        Duration.ZERO,
        () -> {
          throw new IllegalArgumentException("txid must be 32 bytes, got 31");
        });
    Throwable stopped = stopped(host.outcome());
    assertTrue(String.valueOf(stopped.getMessage()).contains("got 31"), stopped.getMessage());
  }

  @Test
  void closingEndsTheWaitForAnOutcome() {
    host.start(new Recorder(Instant.MAX).driver(), List.of());
    host.close();
    Throwable stopped = stopped(host.outcome());
    assertTrue(
        String.valueOf(stopped.getMessage()).contains("closed before its outcome"),
        stopped.getMessage());
  }

  @Test
  void closingInterruptsWorkThatBlocks() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    host.after(
        Duration.ZERO,
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            interrupted.countDown();
          }
        });
    begun.await();
    host.close();
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void workAfterTheCloseIsDropped() {
    host.close();
    host.after(Duration.ZERO, () -> {});
    host.deliver(new Input.Begin());
  }

  @Test
  void aHostRunsOneDriverOnce() {
    host.start(new Recorder(Instant.MAX).driver(), List.of());
    CohortDriver<Integer, Integer> second = new Recorder(Instant.MAX).driver();
    assertThrows(IllegalStateException.class, () -> host.start(second, List.of()));
  }

  @Test
  void itsTimeNeverGoesBack() {
    Instant before = host.now();
    Instant after = host.now();
    assertTrue(!after.isBefore(before), before + " then " + after);
  }

  private static Throwable stopped(CompletableFuture<Outcome> outcome) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> outcome.get(10, TimeUnit.SECONDS));
    return assertInstanceOf(CohortStoppedException.class, failed.getCause());
  }

  private record Step(Input input, Thread thread) {}

  /** A machine that accepts everything and counts. */
  private static class Recorder implements Machine<Integer, Integer> {
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final Instant deadline;

    Recorder(Instant deadline) {
      this.deadline = deadline;
    }

    /** Does what a performer would; an exception is a fault of the machine. */
    @SuppressWarnings("UnusedVariable") // for subclasses
    void performed(Input input) {}

    CohortDriver<Integer, Integer> driver() {
      Consumer<Effect> nothing = effect -> {};
      Observer<Integer, Integer> observer =
          (input, verdict, before, after) -> {
            performed(input);
            steps.add(new Step(input, Thread.currentThread()));
          };
      return new CohortDriver<>(this, new InMemoryJournal<>(Network.REGTEST), nothing, observer);
    }

    List<Step> take(int count) throws InterruptedException {
      List<Step> taken = new ArrayList<>();
      while (taken.size() < count) {
        Step step = steps.poll(10, TimeUnit.SECONDS);
        if (step == null) {
          throw new AssertionError("steps must be " + count + ", got " + taken);
        }
        taken.add(step);
      }
      return taken;
    }

    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public Verdict<Integer> decide(Integer state, Input input, Instant now) {
      return input instanceof Input.DeadlinePassed ? Verdict.ignore("late") : Verdict.accept(1);
    }

    @Override
    public Integer evolve(Integer state, Integer fact) {
      return state + fact;
    }

    @Override
    public List<Effect> resume(Integer state) {
      return List.of();
    }

    @Override
    public Instant deadline(Integer state) {
      return deadline;
    }
  }
}
