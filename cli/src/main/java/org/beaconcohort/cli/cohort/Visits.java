package org.beaconcohort.cli.cohort;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.api.DurableJournals;
import org.beaconcohort.adapter.api.MemberRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.api.SealedStores;
import org.beaconcohort.adapter.journal.sealed.FileSealedNonces;
import org.beaconcohort.adapter.keystore.file.RestoreMark;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.HeldKey;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Outcome;
import picocli.CommandLine.Option;

/** Whether a member stays or comes again, and where its nonces wait meanwhile (N7). */
final class Visits {
  @Option(
      names = "--sealed",
      description =
          "Keep secret nonces encrypted in KEYFILE.nonces instead of in memory, for cohorts whose"
              + " terms allow it. That folder belongs on this machine's disk and into no backup.")
  private boolean sealed;

  @Option(
      names = "--once",
      description =
          "One visit: do what can be done now, then exit with 75; the same command goes on from"
              + " there. Takes --sealed.")
  private boolean once;

  @Option(
      names = "--quiet-seconds",
      paramLabel = "S",
      defaultValue = "5",
      description =
          "With --once: leave when nothing has happened for so long (default: ${DEFAULT-VALUE}).")
  private long quietSeconds = 5;

  void check(boolean stays) {
    if (once && stays) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "ONCE",
          "--once must come without --stay, since two cohorts are waited for at once",
          "leave --once out and let the command run until the next cohort has taken over");
    }
    if (once && !sealed) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "ONCE",
          "--once must come with --sealed, since a nonce in memory ends with the visit",
          "add --sealed, or leave --once out and let the command run");
    }
    if (quietSeconds < 1 || quietSeconds > 3600) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "QUIET_SECONDS",
          "--quiet-seconds must be 1 to 3600, got " + quietSeconds,
          "correct that option");
    }
  }

  Outside of(Outside outside, Path keyFile) {
    return sealed ? outside.sealing(SealedStores.in(folder(keyFile))) : outside;
  }

  private static Path folder(Path keyFile) {
    return keyFile.resolveSibling(keyFile.getFileName() + ".nonces");
  }

  /**
   * A key that came back from a backup: before anything else is done with it, every nonce of before
   * is used up, sealed or not.
   */
  static void afterRestore(Report report, HeldKey held, DurableJournals journals) {
    if (held.restored().isEmpty()) {
      return;
    }
    RestoreMark mark = held.restored().get();
    List<FileSealedNonces> sealed = SealedStores.all(folder(held.base()));
    try {
      int nonces = journals.tombstone(held.key().xOnlyPublicKey(), mark.id(), sealed);
      if (nonces >= 0) {
        report.note(
            "the key came back from a backup: "
                + Brief.count(nonces, "open nonce")
                + " of before will never be signed with");
        report.event(
            "tombstoned",
            StrictJson.newObject().put("restore", mark.id().hex()).put("nonces", nonces));
      }
    } finally {
      sealed.forEach(FileSealedNonces::close);
    }
  }

  /** The outcome; empty when a visit ended before. */
  Optional<Outcome> outcome(MemberRun member) {
    return once
        ? Await.visit(member, Duration.ofSeconds(quietSeconds))
        : Optional.of(Await.outcome(member.outcome()));
  }
}
