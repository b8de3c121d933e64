package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy.Leaving;

/**
 * A cohort goes over to the next one: one member leaves, one comes new, the others stay. Its last
 * round pays all it had to the next one's address, and the next one's first round spends that.
 */
final class SuccessionRound {
  private static final Duration PHASE = Duration.ofSeconds(60);
  private static final Deadlines DEADLINES =
      new Deadlines(PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE, PHASE);

  /** One that carries the next address into the documents, one that pays it. */
  private static final int ROUNDS = 2;

  private static final Duration LONGEST = Duration.ofSeconds(45);

  private final Stage stage;
  private final Report report;
  private final int participants;
  private final List<DemoMember> present = new ArrayList<>();
  private final List<DemoMember> next = new ArrayList<>();
  private final CompletableFuture<Cohort> formed = new CompletableFuture<>();
  private final CompletableFuture<Cohort> nextFormed = new CompletableFuture<>();
  private final CompletableFuture<Cohort> shown = new CompletableFuture<>();
  private final AtomicReference<String> coordinate = new AtomicReference<>("");

  /**
   * What there is to see afterwards.
   *
   * @param sweep the last round of the first cohort
   * @param first round of the next cohort, which spends what that paid
   * @param anchors one per DID: those that stay, the one that left, the one that came
   */
  record Result(CompletedRound sweep, CompletedRound first, List<Anchor> anchors) {
    /** Copies the list. */
    Result {
      anchors = List.copyOf(anchors);
    }
  }

  SuccessionRound(Stage stage, Report report, int participants) {
    this.stage = stage;
    this.report = report;
    this.participants = participants;
  }

  /**
   * Runs it all and leaves checked files in {@code out}.
   *
   * @throws CommandFailure if anything is left at the old address, or a document lists the wrong
   *     one
   */
  Result run(Path out) {
    try (DemoParties parties = new DemoParties(stage, 0, this::told);
        DemoParties nextParties = new DemoParties(stage, 0, this::toldOfNext);
        CoordinatorRun coordinator =
            parties.coordinator(
                DemoParties.terms(stage.relays(), participants, participants, DEADLINES, ROUNDS))) {
      for (int number = 1; number <= participants; number++) {
        present.add(
            parties.member(number, number == participants ? Leaving.CONSENTS : Leaving.REFUSES));
      }
      Cohort cohort = inTime(formed, coordinator);
      try (CoordinatorRun following =
          nextParties.following(
              DemoParties.terms(stage.relays(), participants, participants, DEADLINES, 1),
              cohort)) {
        follow(nextParties, following, coordinator);
        return result(parties, coordinator, following, cohort, out);
      }
    } finally {
      next.forEach(DemoMember::close);
      present.forEach(DemoMember::close);
    }
  }

  /** Forms the next cohort while the present one waits for its coin. */
  private void follow(
      DemoParties nextParties, CoordinatorRun following, CoordinatorRun coordinator) {
    for (DemoMember stays : present.subList(0, participants - 1)) {
      DemoMember again = nextParties.again(stays);
      stays.followedBy(again);
      next.add(again);
    }
    next.add(nextParties.member(participants + 1, Leaving.REFUSES));
    coordinator.followedBy(following::succession);
    Cohort after = inTime(nextFormed, following);
    report.line("    -->    next      " + after.address() + " is acknowledged by all its members");
    report.event(
        "fault",
        StrictJson.newObject()
            .put("name", Fault.SUCCESSION.label())
            .put("what", Fault.SUCCESSION.victim().struck()));
    var unused = inTime(shown, coordinator);
  }

  private Result result(
      DemoParties parties,
      CoordinatorRun coordinator,
      CoordinatorRun following,
      Cohort cohort,
      Path out) {
    parties.fund(cohort.address());
    for (DemoMember member : present) {
      if (!(Await.outcome(member.outcome()) instanceof Outcome.SucceededBy)) {
        throw wrong("every member must see the coins at the next address, " + member.did());
      }
    }
    Ending.requireAnchored(Await.outcome(coordinator.outcome()));
    for (DemoMember member : next) {
      Ending.requireAnchored(Await.outcome(member.outcome()));
    }
    Ending.requireAnchored(Await.outcome(following.outcome()));
    CompletedRound sweep = coordinator.lastRound().orElseThrow();
    CompletedRound first = following.lastRound().orElseThrow();
    requireMoved(parties, cohort, sweep, first);
    return new Result(sweep, first, files(parties.check(out), first, out));
  }

  private void requireMoved(
      DemoParties parties, Cohort cohort, CompletedRound sweep, CompletedRound first) {
    if (!parties.isEmpty(cohort.address())) {
      throw wrong("nothing may be left at " + cohort.address());
    }
    if (!first
        .transaction()
        .inputs()
        .getFirst()
        .outpoint()
        .txid()
        .equals(sweep.transaction().txid())) {
      throw wrong("the next cohort must spend what the last round paid");
    }
    List<DemoMember> all = new ArrayList<>(next);
    all.add(present.getLast());
    for (DemoMember member : all) {
      if (member.history().current().lists(cohort.address(), BeaconType.CAS)) {
        throw wrong(member.did() + " must list the old address no longer");
      }
      boolean stays = !member.equals(present.getLast());
      if (member.history().current().lists(first.cohort().address(), BeaconType.CAS) != stays) {
        throw wrong(member.did() + " must list the next address if it is in that cohort only");
      }
    }
  }

  private List<Anchor> files(ResultCheck check, CompletedRound first, Path out) {
    ResultFiles files = new ResultFiles(out);
    files.write(coordinate.get(), first);
    check.transaction(first.prevout());
    List<DemoMember> all = new ArrayList<>(next);
    all.add(present.getLast());
    List<Anchor> anchors = new ArrayList<>();
    for (DemoMember member : all) {
      files.write(member.history(), member.sidecar());
      check.member(member.did(), member.transactions());
      anchors.add(
          new Anchor(
              member.did(), false, Optional.of(member.newestTransaction()), Anchor.Way.COHORT));
    }
    return anchors;
  }

  private static CommandFailure wrong(String what) {
    return new CommandFailure(
        ExitCode.INTERNAL, "RESULT_WRONG", what, "report it with the output directory");
  }

  private static <T> T inTime(CompletableFuture<T> what, CoordinatorRun coordinator) {
    return Await.either(
        what.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS), coordinator.outcome());
  }

  private void told(String who, Progress progress) {
    report.progress(who, progress);
    if (progress instanceof Progress.CohortFormed done) {
      formed.complete(done.cohort());
    } else if (progress instanceof Progress.SuccessorShown done) {
      shown.complete(done.next());
    }
  }

  /** Told by its coordinator alone: who stays is told of in the present one too. */
  private void toldOfNext(String who, Progress progress) {
    if (progress instanceof Progress.Announced announced) {
      coordinate.set(announced.coordinate());
    } else if (progress instanceof Progress.CohortFormed done) {
      nextFormed.complete(done.cohort());
    }
    if (who.equals(DemoParties.COORDINATOR)) {
      report.progress("next cohort", progress);
    }
  }

  /** What moved where, and what anchors whom. */
  static void end(Report report, Result result, Path out) {
    report.line("");
    report.value("old address", result.sweep().cohort().address() + ", empty");
    report.value("next address", result.first().cohort().address());
    report.value(
        "last round",
        result.sweep().transaction().displayTxid()
            + " paid it "
            + Brief.sat(result.sweep().transaction().outputs().getFirst().value()));
    report.value("first round", result.first().transaction().displayTxid());
    report.line("");
    report.line(
        "Checked from the files and the chain: the old address holds nothing, no document lists it"
            + " any more, and every sidecar resolves.");
    report.value("output", out.toAbsolutePath().normalize().toString());
    var done =
        StrictJson.newObject()
            .put("fault", Fault.SUCCESSION.label())
            .put("oldAddress", result.sweep().cohort().address())
            .put("nextAddress", result.first().cohort().address())
            .put("sweep", result.sweep().transaction().displayTxid())
            .put("txid", result.first().transaction().displayTxid());
    var members = done.putArray("members");
    for (Anchor anchor : result.anchors()) {
      var member =
          members
              .addObject()
              .put("did", anchor.did().text())
              .put("vanished", anchor.vanished())
              .put("by", anchor.way().word());
      anchor.txid().ifPresent(txid -> member.put("txid", txid));
    }
    report.done(done.put("out", out.toString()));
  }
}
