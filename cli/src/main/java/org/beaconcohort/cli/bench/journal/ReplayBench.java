package org.beaconcohort.cli.bench.journal;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.archive.JournalArchive;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.cli.bench.table.Tables;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.runtime.CohortDriver;

/** How long a process takes to begin with many rounds behind it. */
final class ReplayBench {
  private static final int FEWEST_TURNS = 3;

  private final Place place;
  private final MemberStream stream;
  private final int copies;
  private final String url;

  private ReplayBench(Place place, MemberStream stream, int copies) {
    this.place = place;
    this.stream = stream;
    this.copies = copies;
    this.url = place.fresh();
  }

  /**
   * Fills a journal and begins with it again and again.
   *
   * @param roundsEach in one copy of the stream
   * @param copies how many
   * @param folder for the archive
   * @return the first beginning in milliseconds
   */
  static double run(
      Place place,
      MemberStream stream,
      int roundsEach,
      int copies,
      Path folder,
      Duration atLeast,
      Tables results) {
    ReplayBench bench = new ReplayBench(place, stream, copies);
    bench.fill();
    Times begin = new Times();
    Times used = new Times();
    Times verify = new Times();
    long end = System.nanoTime() + atLeast.toNanos();
    for (int turn = 0; turn < FEWEST_TURNS || System.nanoTime() < end; turn++) {
      long before = processNanos();
      begin.add(bench.begin(copies));
      // Its clock advances in steps, of 10 ms on Linux.
      used.add((double) Math.max(1, processNanos() - before));
      verify.add(bench.verify());
    }
    bench.archive(folder.resolve(place.name() + ".archive"));
    Times archived = new Times();
    for (int turn = 0; turn < FEWEST_TURNS; turn++) {
      archived.add(bench.begin(1));
    }
    results.add(
        new Line(Section.REPLAY)
            .text("database", place.name())
            .count("rounds", (long) roundsEach * copies)
            .count("records", (long) stream.records() * copies)
            .number("firstMs", begin.firstMillis())
            .number("ms", begin.leastMillis())
            .number("medianMs", begin.medianMillis())
            .number("firstCpuMs", used.firstMillis())
            .number("cpuMs", used.leastMillis())
            .number("ratio", used.leastMillis() / verify.leastMillis())
            .number("archivedMs", archived.leastMillis()));
    return begin.firstMillis();
  }

  private void fill() {
    try (JournalStore store = place.open(url);
        IdentityLease lease = MemberStream.take(store)) {
      for (int copy = 0; copy < copies; copy++) {
        stream.copy(store, lease, copy);
      }
    }
  }

  /** Nanoseconds until the streams that are open, so many, are replayed. */
  private double begin(int open) {
    long begun = System.nanoTime();
    try (JournalStore store = place.open(url);
        IdentityLease lease = MemberStream.take(store)) {
      List<StreamHead> found =
          store.streams().stream().filter(head -> head.state() == StreamHead.State.OPEN).toList();
      int records = 0;
      for (StreamHead head : found) {
        List<ParticipantFact> facts = stream.journal(store, lease, head.stream()).replay();
        records += facts.size();
        ParticipantState unused = CohortDriver.fold(new ParticipantMachine(stream.plan()), facts);
      }
      double took = (double) (System.nanoTime() - begun);
      if (found.size() != open || records != stream.records() * open) {
        throw new IllegalStateException(
            "must replay " + open + " streams whole, got " + records + " records");
      }
      return took;
    }
  }

  /** CPU of all threads, the compiler's and the collector's too. */
  private static long processNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** CPU nanoseconds to read and verify as many events as the records hold, and nothing else. */
  private double verify() {
    List<String> events =
        stream.appends().stream().flatMap(List::stream).flatMap(ReplayBench::event).toList();
    NostrStatementReader reader = new NostrStatementReader();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    for (int copy = 0; copy < copies; copy++) {
      for (String event : events) {
        SignedStatement unused = reader.read(event);
      }
    }
    return (double) (threads.getCurrentThreadCpuTime() - before);
  }

  private static Stream<String> event(ParticipantFact fact) {
    return switch (fact) {
      case ParticipantFact.Made made -> Stream.of(made.statement().event());
      case ParticipantFact.Noted noted -> Stream.of(noted.statement().event());
      case ParticipantFact.AnnouncementChosen chosen -> Stream.of(chosen.announcement().event());
      case ParticipantFact.Welcomed welcomed -> Stream.of(welcomed.welcome().event());
      default -> Stream.empty();
    };
  }

  private void archive(Path file) {
    try (JournalStore store = place.open(url);
        IdentityLease lease = MemberStream.take(store)) {
      for (int copy = 1; copy < copies; copy++) {
        store.stream(lease, MemberStream.name(copy)).finish();
      }
      int archived = JournalArchive.write(store, lease, file);
      if (archived != copies - 1) {
        throw new IllegalStateException("must archive all but one stream, got " + archived);
      }
    }
  }
}
