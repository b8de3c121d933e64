package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.command.Await;
import org.beaconcohort.cli.command.Ending;
import org.beaconcohort.cli.evidence.EvidenceFiles;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultCheck;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A demo in which one thing goes wrong, until everybody who stays is anchored. */
final class FaultRound {
  /** Long for what it takes, short for whoever waits in vain. */
  private static final Deadlines DEADLINES =
      new Deadlines(
              Duration.ofSeconds(5),
              Duration.ofSeconds(3),
              Duration.ofSeconds(5),
              Duration.ofSeconds(3),
              Duration.ofSeconds(3),
              Duration.ofSeconds(2),
              Duration.ofSeconds(3),
              Duration.ofSeconds(12))
          .probing(Duration.ofSeconds(2));

  /** From then on the member that is to be cut off anchors alone. */
  private static final Duration NEAR = Duration.ofSeconds(13);

  /** More than all deadlines together: longer, a member has not even found the announcement. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  private final Stage stage;
  private final int participants;
  private final Fault fault;
  private final Report report;
  private final Strike strike;
  private final Leaders leaders = new Leaders();
  private final List<DemoMember> members = new ArrayList<>();
  private final CompletableFuture<Cohort> formed = new CompletableFuture<>();
  private final AtomicReference<String> coordinate = new AtomicReference<>("");
  private final AtomicReference<String> victim = new AtomicReference<>("");
  private final AtomicReference<Runnable> turn = new AtomicReference<>(() -> {});
  private volatile boolean over;

  /**
   * What there is to see afterwards.
   *
   * @param leaders whom the members followed after the coordinator, in order; empty if nobody
   * @param anchors one per member
   */
  record Result(List<String> leaders, List<Anchor> anchors) {}

  FaultRound(Stage stage, Report report, int participants, Fault fault) {
    this.stage = stage;
    this.participants = participants;
    this.fault = fault;
    this.report = report;
    this.strike = new Strike(fault, participants, this::struck);
  }

  /** How many relays it takes. */
  static int relays(Fault fault) {
    return switch (fault.victim()) {
      case ONE_RELAY, EVERY_RELAY, RELAY_OF_A_MEMBER -> 2;
      case COORDINATOR,
          MEMBER,
          SIGNER,
          PACE,
          WORD_OF_COORDINATOR,
          WORD_OF_MEMBER,
          SEAT,
          FUNDING,
          COHORT ->
          1;
    };
  }

  /**
   * Runs it all and leaves checked files in {@code out}.
   *
   * @throws CommandFailure if somebody who stayed is not anchored, or nothing went wrong
   */
  Result run(Path out) {
    int minK = fault.leaf() ? participants - 1 : 0;
    try (DemoParties parties = new DemoParties(stage, minK, this::told)) {
      SecretKey first = parties.newKey();
      victim.set(DemoMember.did(first).text());
      int seats = fault.victim() == Victim.SEAT ? participants + 1 : participants;
      try (CrookedSigner crooked = parties.crookedSigner()) {
        members.add(first(parties, first, crooked));
        for (int number = 2; number <= participants; number++) {
          members.add(parties.member(number, parties.newKey(), stage.relays(), Instant.MAX));
        }
        List<Bytes> successors = fault.isSucceeded() ? List.of(parties.successorKey()) : List.of();
        return led(parties, terms(seats, successors).extending(extensions()), crooked, out);
      } finally {
        leave(members.stream().map(member -> member::close));
      }
    }
  }

  private Extensions extensions() {
    return fault.victim() == Victim.PACE
        ? new Extensions(2, DEADLINES.response())
        : Extensions.NONE;
  }

  private CohortTerms terms(int seats, List<Bytes> successors) {
    CohortTerms terms = DemoParties.terms(stage.relays(), least(), seats, DEADLINES, successors);
    return fault.leaf()
        ? DemoParties.inviting(terms, members.stream().map(DemoMember::did).toList())
        : terms;
  }

  /** The others go on without a member that vanishes before the keys are fixed. */
  private int least() {
    return switch (fault) {
      case MEMBER_OPT_IN -> Math.max(2, participants - 1);
      default -> fault.victim() == Victim.SEAT ? participants + 1 : participants;
    };
  }

  /** Announces when everybody is there: recruiting is over soon. */
  private Result led(DemoParties parties, CohortTerms terms, CrookedSigner crooked, Path out) {
    List<Runnable> leaving = new ArrayList<>();
    members.forEach(member -> leaving.add(member::close));
    try {
      if (fault.isSucceeded()) {
        leaving.add(parties.successor(terms.relays())::close);
      }
      CoordinatorRun coordinator = coordinator(parties, terms);
      leaving.add(coordinator::close);
      strike.armed(() -> takeAway(coordinator, crooked));
      await(parties);
      Result result = result(out, parties.check(out), coordinator);
      over = true;
      return result;
    } finally {
      leave(leaving.stream());
    }
  }

  /**
   * All at once: each waits a little for its last words, which nobody takes where relays are gone.
   */
  private static void leave(Stream<Runnable> leaving) {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      leaving.forEach(each::execute);
    }
  }

  private CoordinatorRun coordinator(DemoParties parties, CohortTerms terms) {
    return fault.victim() == Victim.WORD_OF_COORDINATOR
        ? parties.twoFacedCoordinator(terms, turn::set)
        : parties.coordinator(terms);
  }

  /** The member that a fault befalls. */
  private DemoMember first(DemoParties parties, SecretKey key, CrookedSigner crooked) {
    if (fault.victim() == Victim.SIGNER || fault.victim() == Victim.PACE) {
      return parties.member(1, key, stage.relays(), crooked);
    }
    if (fault.victim() == Victim.WORD_OF_MEMBER) {
      return parties.twoFacedMember(1, key, stage.relays(), turn::set);
    }
    if (fault.victim() != Victim.RELAY_OF_A_MEMBER) {
      return parties.member(1, key, stage.relays(), Instant.MAX);
    }
    Instant deadline = Instant.now().plus(NEAR).plus(DEADLINES.confirmation());
    return parties.member(1, key, List.of(stage.relays().getLast()), deadline);
  }

  private void told(String who, Progress progress) {
    if (over) {
      return;
    }
    report.progress(who, progress);
    leaders.told(progress);
    if (progress instanceof Progress.Announced announced) {
      coordinate.set(announced.coordinate());
    } else if (progress instanceof Progress.CohortFormed done) {
      formed.complete(done.cohort());
    }
    if (!who.equals(DemoParties.SUCCESSOR)) {
      strike.told(new Told(who, progress, victim.get()));
    }
  }

  private void struck(String toldBy) {
    String what = fault.victim().struck();
    if (fault.victim() == Victim.COORDINATOR) {
      String next = members.getFirst().did().text();
      report.narrator(next);
      report.line("    -->    fault     " + what + "; from here on told by " + Brief.did(next));
    } else {
      report.line("    -->    fault     " + what);
    }
    report.event(
        "fault",
        StrictJson.newObject().put("name", fault.label()).put("what", what).put("toldBy", toldBy));
  }

  private void takeAway(CoordinatorRun coordinator, CrookedSigner crooked) {
    switch (fault.victim()) {
      case COORDINATOR -> coordinator.close();
      case MEMBER -> members.getFirst().vanish();
      case SIGNER -> crooked.turn();
      case PACE -> crooked.hesitate(DEADLINES.response().plusSeconds(1));
      case WORD_OF_COORDINATOR, WORD_OF_MEMBER -> turn.get().run();
      case ONE_RELAY -> stage.stopRelay(0);
      case EVERY_RELAY -> {
        stage.stopRelay(0);
        stage.stopRelay(1);
      }
      case RELAY_OF_A_MEMBER -> stage.stopRelay(1);
      // Not there from the start.
      case SEAT, FUNDING, COHORT -> {}
    }
  }

  /** Funds a cohort that forms, and waits until everybody who stays has ended. */
  private void await(DemoParties parties) {
    CompletableFuture<?> ended =
        CompletableFuture.allOf(
            staying().map(DemoMember::outcome).toArray(CompletableFuture<?>[]::new));
    inTime(CompletableFuture.anyOf(formed, ended));
    if (formed.isDone() && fault.victim() != Victim.FUNDING) {
      parties.fund(formed.join().address());
    }
    inTime(ended);
    staying().forEach(member -> Ending.requireAnchored(Await.outcome(member.outcome())));
    if (!strike.struck()) {
      throw CommandFailure.refused(
          "NOTHING_WENT_WRONG",
          "the moment for " + fault.label() + " must come, it did not: the cohort ended before",
          "run it again when the machine has less to do");
    }
  }

  /** Waits for what comes, whatever it is. */
  private static void inTime(CompletableFuture<?> what) {
    try {
      var unused = what.handle((value, fault) -> true).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw CommandFailure.refused(
          "TOO_SLOW",
          "every member must have an outcome within " + LONGEST.toSeconds() + " s, some have none",
          "run it again when the machine has less to do");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("handled", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.refused("INTERRUPTED", "interrupted before the end", "run it again");
    }
  }

  private Stream<DemoMember> staying() {
    return members.stream()
        .filter(
            member -> fault.victim() != Victim.MEMBER || !member.did().text().equals(victim.get()));
  }

  private Result result(Path out, ResultCheck check, CoordinatorRun coordinator) {
    Optional<CompletedRound> round =
        Stream.concat(
                coordinator.lastRound().stream(),
                members.stream().flatMap(member -> member.lastRound().stream()))
            .findFirst();
    members.stream()
        .map(DemoMember::evidence)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .ifPresent(found -> EvidenceFiles.write(report, out, found));
    ResultFiles files = new ResultFiles(out);
    List<Anchor> anchors = new ArrayList<>();
    for (DemoMember member : members) {
      Anchor anchor = anchor(member, round);
      if (anchor.txid().isPresent()) {
        files.write(member.history(), member.sidecar());
        check.member(member.did(), member.transactions());
      } else if (!anchor.vanished()) {
        throw new CommandFailure(
            ExitCode.INTERNAL,
            "RESULT_WRONG",
            "the update of " + member.did() + " must be anchored, the chain does not say so",
            "report it with the output directory");
      }
      anchors.add(anchor);
    }
    if (anchors.stream().anyMatch(anchor -> anchor.way() == Anchor.Way.COHORT)) {
      files.write(coordinate.get(), round.orElseThrow());
      check.transaction(round.orElseThrow().prevout());
    }
    return new Result(leaders.inOrder(), anchors);
  }

  private static Anchor anchor(DemoMember member, Optional<CompletedRound> round) {
    Optional<Bytes> txid = member.anchoredBy();
    Anchor.Way way =
        txid.isEmpty()
            ? Anchor.Way.NONE
            : txid.equals(round.map(done -> done.transaction().txid()))
                ? Anchor.Way.COHORT
                : Anchor.Way.SINGLETON;
    return new Anchor(
        member.did(),
        member.vanished(),
        txid.map(bytes -> new Outpoint(bytes, 0).displayTxid()),
        way);
  }
}
