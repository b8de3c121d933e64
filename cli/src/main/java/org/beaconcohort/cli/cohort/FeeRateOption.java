package org.beaconcohort.cli.cohort;

import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.model.FeeCorridor;
import picocli.CommandLine.Option;

/** What whoever leads wants to pay for a round. */
final class FeeRateOption {
  /** What {@code coordinator run} announces. */
  static final FeeCorridor CORRIDOR = new FeeCorridor(1_000, 50_000, 20_000);

  @Option(
      names = "--fee-rate",
      paramLabel = "SAT/KVB",
      defaultValue = "2000",
      description =
          "Fee rate of rounds that it opens, 1000 to 50000, within what the terms say (default:"
              + " ${DEFAULT-VALUE}).")
  private long feeRate = 2_000;

  /**
   * sat/kvB.
   *
   * @throws CommandFailure if it lies outside of {@link #CORRIDOR}
   */
  long checked() {
    if (feeRate < CORRIDOR.minRate() || feeRate > CORRIDOR.maxRate()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "FEE_RATE",
          "fee rate must be 1000 to 50000 sat/kvB, got " + feeRate,
          "correct that option");
    }
    return feeRate;
  }
}
