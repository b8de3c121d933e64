package org.beaconcohort.cli.reliability;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.beaconcohort.adapter.api.CoordinatorRun;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.adapter.reliability.ReliabilityFile;
import org.beaconcohort.adapter.reliability.ReliabilityFileException;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.reliability.MemberRecord;
import org.beaconcohort.cohort.reliability.ProvenFault;
import org.beaconcohort.cohort.reliability.Reliability;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;

/** A reliability record as commands use it; its faults are failures of commands. */
public final class Remembered {
  private final ReliabilityFile file;
  private final Reliability before;

  private Remembered(ReliabilityFile file) {
    this.file = file;
    this.before = failing(file::read);
  }

  /** The record at a path; an empty one if there is no file yet. */
  public static Remembered at(Path path) {
    return new Remembered(ReliabilityFile.at(path));
  }

  /** The record at a path, which must be there. */
  static Remembered existing(Path path) {
    ReliabilityFile file = ReliabilityFile.at(path);
    if (!file.exists()) {
      throw CommandFailure.badInput(
          path + " must be a reliability record, there is no such file",
          "check the path; coordinator run --reliability FILE makes one");
    }
    return new Remembered(file);
  }

  /** What it held when it was opened. */
  Reliability reliability() {
    return before;
  }

  /** Whom it bans and whom it parks. */
  public Admission admission() {
    return before.admission();
  }

  /** What a cohort showed of its members; a failure is told of and hides no outcome. */
  public void add(Report report, CoordinatorRun coordinator) {
    List<ReliabilityEvent> events = new ArrayList<>(coordinator.attendance());
    for (Evidence each : coordinator.evidence()) {
      events.add(new ReliabilityEvent.Convicted(ProvenFault.of(each, new NostrStatementReader())));
    }
    try {
      add(events).advice().forEach(advice -> advise(report, advice));
    } catch (CommandFailure unwritten) {
      report.note("what was seen of members is not kept: " + unwritten.getMessage());
    }
  }

  /** Adds to what the file holds now. */
  Reliability add(List<ReliabilityEvent> events) {
    return failing(() -> file.add(events, Instant.now()));
  }

  static void advise(Report report, String advice) {
    report.note(advice);
    report.event("advice", StrictJson.newObject().put("text", advice));
  }

  /** How somebody stands, in one word. */
  static String standing(MemberRecord member) {
    if (member.banned()) {
      return "banned";
    }
    return member.parked() ? "parked" : "good";
  }

  private static <T> T failing(Supplier<T> work) {
    try {
      return work.get();
    } catch (ReliabilityFileException failure) {
      String what = String.valueOf(failure.getMessage());
      throw failure.damaged()
          ? CommandFailure.badInput(
              what,
              "put back a copy of the file, or begin another; bans can be made again from evidence")
          : CommandFailure.unavailable(what, "check the path, its permissions and the disk");
    }
  }
}
