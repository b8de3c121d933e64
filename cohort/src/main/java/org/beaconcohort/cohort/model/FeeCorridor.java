package org.beaconcohort.cohort.model;

/**
 * What a round's transaction may cost. Rates are sat per 1,000 vB (1 sat/vB = 1,000), fees sat.
 *
 * @param minRate lowest fee rate, sat/kvB
 * @param maxRate highest fee rate, sat/kvB
 * @param maxFee highest absolute fee, sat
 */
public record FeeCorridor(long minRate, long maxRate, long maxFee) {
  /** Checks 0 &lt; minRate ≤ maxRate and 0 &lt; maxFee. */
  public FeeCorridor {
    if (minRate <= 0 || maxRate < minRate || maxFee <= 0) {
      throw new IllegalArgumentException(
          "fee corridor must satisfy 0 < minRate <= maxRate and 0 < maxFee, got "
              + minRate
              + ".."
              + maxRate
              + " sat/kvB up to "
              + maxFee
              + " sat");
    }
  }

  /** Whether {@code fee} sat for {@code vsize} vB lies within. */
  public boolean admits(long fee, long vsize) {
    return fee <= maxFee && fee * 1000 >= minRate * vsize && fee * 1000 <= maxRate * vsize;
  }

  /**
   * The fee in sat for {@code vsize} vB at {@code rate} sat/kvB, rounded up, within the corridor.
   */
  public long feeFor(long vsize, long rate) {
    long within = Math.clamp(rate, minRate, maxRate);
    return Math.min(maxFee, (within * vsize + 999) / 1000);
  }
}
