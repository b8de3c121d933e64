package org.beaconcohort.fuzz;

import java.util.Locale;

/** What a run counted. Not for use by two threads at once. */
public final class Tally {
  private final String decoder;
  private int accepted;
  private int refused;
  private long mostBytes;
  private double mostPerUnit;
  private long slowestNanos;
  private long totalNanos;

  Tally(String decoder) {
    this.decoder = decoder;
  }

  void count(boolean taken, Cost cost, int length) {
    accepted += taken ? 1 : 0;
    refused += taken ? 0 : 1;
    mostBytes = Math.max(mostBytes, cost.bytes());
    // Below that the constant part says more than the length.
    if (length >= 1_000) {
      mostPerUnit = Math.max(mostPerUnit, (double) cost.bytes() / length);
    }
    slowestNanos = Math.max(slowestNanos, cost.cpuNanos());
    totalNanos += cost.cpuNanos();
  }

  /** Cases that the decoder took. */
  public int accepted() {
    return accepted;
  }

  /** Cases that it refused with its own error. */
  public int refused() {
    return refused;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "fuzz %s: %d cases, %d accepted, %d refused; most %d KiB, %.0f B per unit; slowest %.1f ms,"
            + " all %.1f s",
        decoder,
        accepted + refused,
        accepted,
        refused,
        mostBytes / 1024,
        mostPerUnit,
        slowestNanos / 1e6,
        totalNanos / 1e9);
  }
}
