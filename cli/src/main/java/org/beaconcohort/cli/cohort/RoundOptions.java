package org.beaconcohort.cli.cohort;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.beaconcohort.cli.command.Reach;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a cohort gives everybody, and what its rounds may cost. */
final class RoundOptions {
  private static final Duration WAIT_REGTEST = Duration.ofHours(1);
  private static final Duration WAIT = Duration.ofHours(12);

  /** Longest wait for candidates that stay running to say that they do. */
  private static final Duration PROBE = Duration.ofSeconds(15);

  @Option(
      names = "--recruit-seconds",
      paramLabel = "S",
      defaultValue = "600",
      description = "Close enrolment after so long (default: ${DEFAULT-VALUE}).")
  private long recruitSeconds = 600;

  @Option(
      names = "--answer-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long members may take for each answer (default: ${DEFAULT-VALUE}).")
  private long answerSeconds = 60;

  @Option(
      names = "--wait-seconds",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "How long funding, listing and confirmation may take each (default: 3600 on regtest, else"
              + " 43200).")
  private long waitSeconds;

  @Option(
      names = "--extensions",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How often a round may give members that have not answered more time, 0 to 8 (default:"
              + " ${DEFAULT-VALUE}).")
  private int extensions;

  @Option(
      names = "--extend-seconds",
      paramLabel = "S",
      defaultValue = "0",
      description = "How much more time each extension gives (default: as --answer-seconds).")
  private long extendSeconds;

  @Mixin private FeeRateOption feeRate = new FeeRateOption();

  @Option(
      names = "--min-funding",
      paramLabel = "SAT",
      defaultValue = "20000",
      description = "Least value of the output to spend (default: ${DEFAULT-VALUE}).")
  private long minFunding = 20_000;

  /** Wanted for the rounds, sat/kvB. */
  long feeRate() {
    return feeRate.checked();
  }

  private Extensions extensions() {
    Duration by = Duration.ofSeconds(extendSeconds != 0 ? extendSeconds : answerSeconds);
    return extensions == 0 ? Extensions.NONE : new Extensions(extensions, by);
  }

  /**
   * What {@code other} makes of terms for two members and one round.
   *
   * @throws CommandFailure usage, for terms that cannot be
   */
  CohortTerms terms(
      Network network, Reach reach, OnChain onChain, UnaryOperator<CohortTerms> other) {
    long unused = feeRate.checked();
    try {
      Duration answer = Duration.ofSeconds(answerSeconds);
      Duration wait =
          waitSeconds != 0
              ? Duration.ofSeconds(waitSeconds)
              : network == Network.REGTEST ? WAIT_REGTEST : WAIT;
      return other.apply(
          new CohortTerms(
                  network,
                  BeaconType.CAS,
                  2,
                  2,
                  1,
                  0,
                  CohortTerms.LeafA.ABSENT,
                  CohortTerms.ResponseOrder.NONCES_FIRST,
                  CohortTerms.SignerClass.LIVE,
                  CohortTerms.NonceCustody.MEMORY,
                  new Deadlines(
                          Duration.ofSeconds(recruitSeconds),
                          answer,
                          wait,
                          wait,
                          answer,
                          answer,
                          answer,
                          wait)
                      .probing(answer.compareTo(PROBE) < 0 ? answer : PROBE),
                  FeeRateOption.CORRIDOR,
                  CohortTerms.Funder.COORDINATOR,
                  minFunding,
                  onChain.confirmations(),
                  1,
                  reach.relays(),
                  List.of())
              .extending(extensions()));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE, "TERMS", String.valueOf(wrong.getMessage()), "correct that option");
    }
  }
}
