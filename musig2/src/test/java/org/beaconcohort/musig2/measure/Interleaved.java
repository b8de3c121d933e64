package org.beaconcohort.musig2.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Operations measured in turns, so that they see the same machine: thread CPU time in slices of
 * some milliseconds, of which the least counts.
 */
final class Interleaved {
  private static final long SLICE_NANOS = 3_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String title;
  private final long budgetNanos;
  private final List<Operation> operations = new ArrayList<>();

  /** Of all results, and printed, so that they are computed. */
  private int seen;

  private static final class Operation {
    private final String name;
    private final Supplier<?> code;
    private int repetitions = 1;
    private double least = Double.MAX_VALUE;

    private Operation(String name, Supplier<?> code) {
      this.name = name;
      this.code = code;
    }
  }

  Interleaved(String title, long budgetSeconds) {
    this.title = title;
    this.budgetNanos = budgetSeconds * 1_000_000_000L;
  }

  Interleaved add(String name, Supplier<?> code) {
    operations.add(new Operation(name, code));
    return this;
  }

  /** Prints the least microseconds of each, and its ratio to the first. */
  void print() {
    long used = 0;
    int rounds = 0;
    while (used < budgetNanos || rounds < 10) {
      for (Operation each : operations) {
        used += slice(each);
      }
      rounds++;
    }
    double first = operations.getFirst().least;
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", title));
    for (Operation each : operations) {
      line.append(
          String.format(
              Locale.ROOT, " | %s %.1f (%.2f)", each.name, each.least / 1000, each.least / first));
    }
    System.out.println(line.append(" | rounds ").append(rounds).append(", results ").append(seen));
  }

  private long slice(Operation operation) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < operation.repetitions; i++) {
      seen += operation.code.get().hashCode();
    }
    long spent = THREADS.getCurrentThreadCpuTime() - start;
    operation.least = Math.min(operation.least, (double) spent / operation.repetitions);
    if (spent < SLICE_NANOS / 2) {
      operation.repetitions *= 2;
    }
    return spent;
  }
}
