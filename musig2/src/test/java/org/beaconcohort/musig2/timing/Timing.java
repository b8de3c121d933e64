package org.beaconcohort.musig2.timing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * The difference between two operations in CPU time of this thread, as Welch's t test sees it.
 *
 * <p>Samples of both come in random order, so that whatever else the machine does meets both alike;
 * the slowest fifth of each, where it met them most, is left out.
 *
 * @param difference of the means, relative to the second: −0.5 if the first takes half the time
 * @param t how sure that is; beyond ±5 hardly chance
 */
record Timing(double difference, double t) {
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int SAMPLES = 160;
  private static final double KEPT = 0.8;
  private static final long SAMPLE_NANOS = 300_000;
  private static final long WARM_UP_NANOS = 60_000_000;

  /** Something that takes time with secrets of one class. */
  interface Operation {
    /** The next {@code times} of it, with all that is not to be measured done. */
    Runnable prepare(int times);
  }

  static Timing compare(Operation first, Operation second) {
    Random order = new Random(1);
    int times = timesPerSample(first, second);
    double[] ofFirst = new double[SAMPLES];
    double[] ofSecond = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      if (order.nextBoolean()) {
        ofFirst[i] = nanos(first.prepare(times));
        ofSecond[i] = nanos(second.prepare(times));
      } else {
        ofSecond[i] = nanos(second.prepare(times));
        ofFirst[i] = nanos(first.prepare(times));
      }
    }
    Sample one = Sample.of(ofFirst);
    Sample two = Sample.of(ofSecond);
    double difference = one.mean() - two.mean();
    return new Timing(
        difference / two.mean(), difference / Math.sqrt(one.squaredError() + two.squaredError()));
  }

  /** Also warms both up. */
  private static int timesPerSample(Operation first, Operation second) {
    int few = 4;
    long fastest = Long.MAX_VALUE;
    for (long spent = 0; spent < WARM_UP_NANOS; ) {
      long one = nanos(first.prepare(few));
      long two = nanos(second.prepare(few));
      fastest = Math.min(fastest, Math.min(one, two));
      spent += one + two;
    }
    return Math.clamp(few * SAMPLE_NANOS / Math.max(1, fastest), few, 512);
  }

  private static long nanos(Runnable work) {
    long before = CLOCK.getCurrentThreadCpuTime();
    work.run();
    return CLOCK.getCurrentThreadCpuTime() - before;
  }

  /**
   * The faster samples.
   *
   * @param squaredError of the mean
   */
  private record Sample(double mean, double squaredError) {
    static Sample of(double[] times) {
      double[] kept = Arrays.copyOf(sorted(times), (int) (times.length * KEPT));
      double mean = Arrays.stream(kept).average().orElseThrow();
      double squares = Arrays.stream(kept).map(time -> (time - mean) * (time - mean)).sum();
      return new Sample(mean, squares / (kept.length - 1) / kept.length);
    }

    private static double[] sorted(double[] times) {
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      return sorted;
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.1f %%, t %+.0f", 100 * difference, t);
  }
}
