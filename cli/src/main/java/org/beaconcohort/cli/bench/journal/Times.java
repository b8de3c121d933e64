package org.beaconcohort.cli.bench.journal;

import java.util.ArrayList;
import java.util.List;

/** What one thing took on the wall's clock each time it was done; disks are waited for. */
final class Times {
  private static final double NANOS_IN_MILLI = 1e6;

  private final List<Double> nanos = new ArrayList<>();

  /** Adds one time. */
  void add(double took) {
    nanos.add(took);
  }

  /** How many there are. */
  int count() {
    return nanos.size();
  }

  /** The first in milliseconds, when neither compiler nor caches have seen it before. */
  double firstMillis() {
    return nanos.getFirst() / NANOS_IN_MILLI;
  }

  /** The shortest in milliseconds. */
  double leastMillis() {
    return sorted().getFirst() / NANOS_IN_MILLI;
  }

  /** The middle one in milliseconds. */
  double medianMillis() {
    return sorted().get(nanos.size() / 2) / NANOS_IN_MILLI;
  }

  /** The longest in milliseconds. */
  double mostMillis() {
    return sorted().getLast() / NANOS_IN_MILLI;
  }

  private List<Double> sorted() {
    return nanos.stream().sorted().toList();
  }
}
