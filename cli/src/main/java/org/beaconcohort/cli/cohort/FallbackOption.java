package org.beaconcohort.cli.cohort;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.cohort.participant.JoinPolicy.Fallback;
import org.beaconcohort.musig2.bytes.Bytes;
import picocli.CommandLine.Option;

/**
 * By when a member wants its update anchored, whether it does so alone, and who else may (R21, N9).
 */
final class FallbackOption {
  @Option(
      names = "--update-deadline",
      paramLabel = "TIME",
      defaultValue = "",
      description =
          "When the update must be anchored at the latest, for instance 2026-12-24T18:00:00Z"
              + " (default: no deadline of its own).")
  private String deadline = "";

  @Option(
      names = "--no-fallback",
      description =
          "Do not anchor the update by the DID's singleton beacon when the cohort does not in time,"
              + " and do not ask for a coin for that before joining.")
  private boolean none;

  @Option(
      names = "--min-signers",
      paramLabel = "K",
      defaultValue = "0",
      description = {
        "Join a cohort whose members may sign without this one, if at least K of them must (default:"
            + " never, VETO_LOST).",
        "Whoever holds K seats of it can invalidate this DID for ever: agree only if you trust them"
            + " not to."
      })
  private int minSigners;

  /**
   * What this member accepts.
   *
   * @throws CommandFailure usage for a deadline that is no point in time
   */
  JoinPolicy policy(Network network, Bytes coordinator, int confirmations, long maxFee) {
    return new JoinPolicy(
            network,
            coordinator,
            confirmations,
            maxFee,
            deadline(),
            none ? Fallback.NONE : Fallback.SINGLETON)
        .withMinK(minSigners);
  }

  private Instant deadline() {
    if (deadline.isEmpty()) {
      return Instant.MAX;
    }
    try {
      return Instant.parse(deadline);
    } catch (DateTimeParseException malformed) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "UPDATE_DEADLINE",
          "--update-deadline must be a point in time as 2026-12-24T18:00:00Z, got " + deadline,
          "correct that option");
    }
  }
}
