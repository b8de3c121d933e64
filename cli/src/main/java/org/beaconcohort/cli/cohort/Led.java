package org.beaconcohort.cli.cohort;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.api.Outside;
import org.beaconcohort.adapter.nostr.event.Nip19;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.evidence.EvidenceFiles;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.LastRound;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cli.result.TransactionText;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A cohort that a command leads, or stands by to lead, from the first line to the last. */
final class Led {
  private final Report report;
  private final String role;
  private final SecretKey identity;
  private final Coins coins;
  private final Path directory;
  private final int confirmations;
  private final Bytes before;

  /**
   * What is the same for whoever leads.
   *
   * @param role in the lines: {@code coordinator} or {@code successor}
   * @param identity that leads, the caller's to destroy
   * @param directory for the results
   * @param confirmations from which a transaction counts
   * @param before id of the cohort that it follows, 32 bytes, or empty for none
   */
  Led(
      Report report,
      String role,
      SecretKey identity,
      Coins coins,
      Path directory,
      int confirmations,
      Bytes before) {
    this.report = report;
    this.role = role;
    this.identity = identity;
    this.coins = coins;
    this.directory = directory;
    this.confirmations = confirmations;
    this.before = before;
  }

  Report report() {
    return report;
  }

  SecretKey identity() {
    return identity;
  }

  Bytes before() {
    return before;
  }

  /**
   * Runs it to its end, and asks for what its terms want on the address. Whatever the end, evidence
   * is written before; results, if the cohort is anchored, are checked as they lie on the disk.
   *
   * @param coordinate of the announcement
   * @param start begins to lead, telling that listener
   * @param ended is told of the run when it is over, whatever the end
   */
  void lead(
      Outside outside,
      String coordinate,
      Function<ProgressListener, CoordinatorRun> start,
      Consumer<CoordinatorRun> ended) {
    CompletedRound round = play(outside, coordinate, start, ended);
    TransactionText.of(round).forEach(report::line);
    report.value("output", directory.toString());
    report.done(LastRound.told(report, outside.chain(), round, new ResultFiles(directory)));
  }

  private CompletedRound play(
      Outside outside,
      String coordinate,
      Function<ProgressListener, CoordinatorRun> start,
      Consumer<CoordinatorRun> ended) {
    Bytes key = identity.xOnlyPublicKey();
    report.value("identity", Nip19.npub(key));
    report.event(
        "started", StrictJson.newObject().put(role, key.hex()).put("npub", Nip19.npub(key)));
    CompletableFuture<Cohort> formed = new CompletableFuture<>();
    try (CoordinatorRun run =
        start.apply(progress -> {
          report.progress(role, progress);
          if (progress instanceof Progress.CohortFormed done) {
            formed.complete(done.cohort());
          }
        })) {
      try {
        Cohort cohort = Await.either(formed, run.outcome());
        askForCoins(cohort, outside);
        Ending.requireAnchored(Await.outcome(run.outcome()));
      } finally {
        EvidenceFiles.write(report, directory, run.evidence());
        ended.accept(run);
      }
      CompletedRound round = run.lastRound().orElseThrow();
      new ResultFiles(directory).write(coordinate, round);
      new ResultCheck(directory, outside.chain(), confirmations).transaction(round.prevout());
      return round;
    }
  }

  private void askForCoins(Cohort cohort, Outside outside) {
    if (cohort.terms().rounds() > 1) {
      report.value("cohort", cohort.id().hex());
    }
    // An earlier run, or another leader, may have seen to it.
    if (!outside.chain().unspent(cohort.address()).isEmpty()) {
      return;
    }
    long least = cohort.terms().minFunding();
    if (before.size() == 0) {
      coins.wanted(report, "the beacon address", cohort.address(), least);
      return;
    }
    report.line(
        "the last round of cohort "
            + before
            + " must pay the beacon address at least "
            + Brief.sat(least)
            + ":");
    report.line("  " + cohort.address());
  }
}
