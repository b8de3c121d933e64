package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Deadlines;

/** One coordinator and its participants, from the announcement to checked files. */
final class DemoRound {
  private static final Duration PHASE = Duration.ofMinutes(2);
  private static final Deadlines DEADLINES =
      new Deadlines(PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE)
          .probing(Duration.ofSeconds(15));

  private final Stage stage;
  private final Report report;
  private final int participants;
  private final AtomicReference<String> coordinate = new AtomicReference<>("");
  private final CompletableFuture<Cohort> formed = new CompletableFuture<>();

  DemoRound(Stage stage, Report report, int participants) {
    this.stage = stage;
    this.report = report;
    this.participants = participants;
  }

  /** Runs it all and leaves checked files in {@code out}. */
  CompletedRound run(Path out) {
    List<String> relays = stage.relays();
    List<DemoMember> members = new ArrayList<>();
    try (DemoParties parties = new DemoParties(stage, 0, this::told)) {
      try (CoordinatorRun coordinator =
          parties.coordinator(
              DemoParties.terms(relays, participants, participants, DEADLINES, List.of()))) {
        for (int number = 1; number <= participants; number++) {
          members.add(parties.member(number, parties.newKey(), relays, Instant.MAX));
        }
        Cohort cohort = Await.either(formed, coordinator.outcome());
        parties.fund(cohort.address());
        Ending.requireAnchored(Await.outcome(coordinator.outcome()));
        for (DemoMember member : members) {
          Ending.requireAnchored(Await.outcome(member.outcome()));
        }
        CompletedRound round = coordinator.lastRound().orElseThrow();
        files(new ResultFiles(out), parties.check(out), round, members);
        return round;
      } finally {
        members.forEach(DemoMember::close);
      }
    }
  }

  private void told(String who, Progress progress) {
    report.progress(who, progress);
    if (progress instanceof Progress.Announced announced) {
      coordinate.set(announced.coordinate());
    } else if (progress instanceof Progress.CohortFormed done
        && who.equals(DemoParties.COORDINATOR)) {
      formed.complete(done.cohort());
    }
  }

  private void files(
      ResultFiles files, ResultCheck check, CompletedRound round, List<DemoMember> members) {
    files.write(coordinate.get(), round);
    check.transaction(round.prevout());
    for (DemoMember member : members) {
      files.write(member.history(), member.sidecar());
      check.member(member.did(), member.transactions());
    }
  }
}
