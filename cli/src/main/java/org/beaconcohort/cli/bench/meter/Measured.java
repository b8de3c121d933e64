package org.beaconcohort.cli.bench.meter;

import java.util.Arrays;

/**
 * What one piece of work took.
 *
 * @param leastNanos CPU nanoseconds in the fastest slice: what is left when neighbours, compiler
 *     and caches disturb least
 * @param medianNanos the same in the middle slice: what to expect
 * @param allocatedBytes on the heap, in the middle slice
 * @param slices how many there were
 */
public record Measured(double leastNanos, double medianNanos, double allocatedBytes, int slices) {
  private static final double NANOS_IN_MILLI = 1e6;
  private static final double NANOS_IN_SECOND = 1e9;

  /** Of slices, at least one. */
  static Measured of(double[] nanos, double[] allocatedBytes) {
    double[] times = nanos.clone();
    double[] bytes = allocatedBytes.clone();
    Arrays.sort(times);
    Arrays.sort(bytes);
    int middle = times.length / 2;
    return new Measured(times[0], times[middle], bytes[middle], times.length);
  }

  /** {@link #leastNanos} in milliseconds. */
  public double leastMillis() {
    return leastNanos / NANOS_IN_MILLI;
  }

  /** {@link #medianNanos} in milliseconds. */
  public double medianMillis() {
    return medianNanos / NANOS_IN_MILLI;
  }

  /** How often it could be done in a second of one core. */
  public double perSecond() {
    return NANOS_IN_SECOND / leastNanos;
  }

  /** How many times as long as {@code other} it took. */
  public double ratioTo(Measured other) {
    return leastNanos / other.leastNanos;
  }
}
