package org.beaconcohort.cli.bench.meter;

import java.util.ArrayList;
import java.util.List;

/** One piece of work in a {@link Meter}, and what its slices took so far. */
public final class Timed {
  /** Long enough to hide what reading the clock costs, short enough for neighbours to miss it. */
  private static final long SLICE_NANOS = 4_000_000;

  private final String name;
  private final Work work;
  private final int parts;
  private final List<double[]> slices = new ArrayList<>();
  private double fastest = Double.MAX_VALUE;

  Timed(String name, Work work, int parts) {
    this.name = name;
    this.work = work;
    this.parts = parts;
  }

  /**
   * One slice of as many runs as fill it, not counted unless {@code counted}.
   *
   * @throws IllegalStateException if the work says that its result is wrong
   */
  void slice(ThreadClock clock, boolean counted) {
    int runs = (int) Math.max(1, SLICE_NANOS / fastest);
    long bytes = clock.allocatedBytes();
    long start = clock.cpuNanos();
    boolean right = true;
    for (int i = 0; i < runs; i++) {
      right &= work.run();
    }
    double nanos = (double) (clock.cpuNanos() - start) / runs;
    if (!right) {
      throw new IllegalStateException("what is measured must compute right, wrong: " + name);
    }
    fastest = Math.min(fastest, Math.max(1, nanos));
    if (counted) {
      slices.add(
          new double[] {nanos / parts, (double) (clock.allocatedBytes() - bytes) / runs / parts});
    }
  }

  /** Per part of the work, after {@link Meter#run}. */
  public Measured measured() {
    return Measured.of(
        slices.stream().mapToDouble(slice -> slice[0]).toArray(),
        slices.stream().mapToDouble(slice -> slice[1]).toArray());
  }
}
