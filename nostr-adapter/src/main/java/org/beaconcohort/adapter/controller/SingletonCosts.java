package org.beaconcohort.adapter.controller;

import org.beaconcohort.cohort.model.FeeCorridor;

/**
 * What a controller pays for an announcement of its own.
 *
 * @param feeRate wanted, sat/kvB; kept within {@code fees}
 * @param fees bounds
 */
public record SingletonCosts(long feeRate, FeeCorridor fees) {
  /** 2 sat/vB, at most 50 sat/vB and 20,000 sat. */
  public static final SingletonCosts DEFAULT =
      new SingletonCosts(2_000, new FeeCorridor(1_000, 50_000, 20_000));
}
