package org.beaconcohort.cli.bench.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeterTest {
  private final Meter meter = new Meter(Duration.ZERO, Duration.ZERO);

  @Test
  void allTakeTurns() {
    List<String> order = new ArrayList<>();
    meter.time("a", () -> slow() && order.add("a"));
    meter.time("b", () -> slow() && order.add("b"));
    meter.run();
    assertEquals("a b a b a b a b", String.join(" ", order));
  }

  @Test
  void theTurnsOfTheWarmUpAreNotCounted() {
    Timed timed = meter.time("a", MeterTest::slow);
    meter.run();
    assertEquals(3, timed.measured().slices());
  }

  @Test
  void whatIsFastIsRepeatedInEverySlice() {
    List<Boolean> runs = new ArrayList<>();
    Timed timed = meter.time("a", () -> runs.add(true));
    meter.run();
    assertTrue(runs.size() > 100, "got " + runs.size());
    assertTrue(timed.measured().leastNanos() < 1e6, timed.measured().toString());
  }

  @Test
  void aResultOfSeveralPartsIsThatOfOne() {
    Timed whole = meter.time("whole", MeterTest::slow);
    Timed part = meter.time("part", MeterTest::slow, 1000);
    meter.run();
    assertTrue(part.measured().ratioTo(whole.measured()) < 0.1);
    assertTrue(part.measured().perSecond() > 10 * whole.measured().perSecond());
  }

  @Test
  void wrongResultsEndTheMeasuring() {
    meter.time("something", () -> false);
    Exception wrong = assertThrows(IllegalStateException.class, meter::run);
    assertTrue(String.valueOf(wrong.getMessage()).contains("something"), wrong.toString());
  }

  @Test
  void theLeastAndTheMiddleOfTheSlicesAreKept() {
    Measured measured = Measured.of(new double[] {3e6, 1e6, 2e6}, new double[] {7, 5, 6});
    assertEquals(new Measured(1e6, 2e6, 6, 3), measured);
    assertEquals(1, measured.leastMillis());
    assertEquals(2, measured.medianMillis());
    assertEquals(1000, measured.perSecond());
  }

  @Test
  void whatIsAllocatedIsCounted() {
    List<byte[]> kept = new ArrayList<>();
    Timed timed = meter.time("a", () -> slow() && kept.add(new byte[100_000]));
    meter.run();
    double bytes = timed.measured().allocatedBytes();
    assertTrue(bytes >= 100_000 && bytes < 200_000, "got " + bytes);
  }

  /** Takes more than a slice, so that it runs once in each. */
  private static boolean slow() {
    ThreadClock clock = new ThreadClock();
    long end = clock.cpuNanos() + 5_000_000;
    while (clock.cpuNanos() < end) {
      Thread.onSpinWait();
    }
    return true;
  }
}
