package org.beaconcohort.musig2.batch;

/** Equations numbered from 0, of which any run can be checked together. */
public interface Batch {
  /** How many there are. */
  int size();

  /** Whether this one holds. */
  boolean holds(int index);

  /**
   * Whether all from {@code from} (inclusive) to {@code to} (exclusive) hold; that one of them does
   * not may be missed with negligible probability only.
   */
  boolean allHold(int from, int to);
}
