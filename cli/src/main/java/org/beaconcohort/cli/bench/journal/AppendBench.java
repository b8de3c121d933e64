package org.beaconcohort.cli.bench.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.facts.PortJournal;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.cli.bench.table.Tables;
import org.beaconcohort.cohort.participant.ParticipantFact;

/**
 * Appends of a real stream to new journals, database after database and bare writes in turn, so
 * that whatever disturbs the disk disturbs all of them alike.
 */
final class AppendBench {
  private static final int FEWEST_TURNS = 3;

  private AppendBench() {}

  /** Measures it; the median of one append in milliseconds, in the order of places. */
  static List<Double> run(
      List<Place> places, MemberStream stream, Path folder, Duration atLeast, Tables results) {
    Disk disk = new Disk(folder, stream.bytesPerAppend());
    Times bare = new Times();
    Map<Place, Times> times = new LinkedHashMap<>();
    places.forEach(place -> times.put(place, new Times()));
    // The first of each warms up and does not count.
    double unused = disk.slice();
    places.forEach(place -> slice(place, stream));
    long end = System.nanoTime() + atLeast.toNanos();
    for (int turn = 0; turn < FEWEST_TURNS || System.nanoTime() < end; turn++) {
      bare.add(disk.slice());
      times.forEach((place, found) -> found.add(slice(place, stream)));
    }
    List<Double> medians = new ArrayList<>();
    results.add(line("bare writes", bare, bare, Disk.WRITES * bare.count()));
    times.forEach((place, found) -> {
      medians.add(found.medianMillis());
      results.add(line(place.name(), found, bare, stream.appends().size() * found.count()));
    });
    return medians;
  }

  private static Line line(String name, Times found, Times bare, int appends) {
    return new Line(Section.APPEND)
        .text("database", name)
        .number("perSecond", 1000 / found.leastMillis())
        .number("ms", found.leastMillis())
        .number("medianMs", found.medianMillis())
        .number("ratio", found.leastMillis() / bare.leastMillis())
        .count("appends", appends);
  }

  /** Nanoseconds of one append, as the mean over a whole stream in a new journal. */
  private static double slice(Place place, MemberStream stream) {
    try (JournalStore store = place.open(place.fresh());
        IdentityLease lease = MemberStream.take(store)) {
      PortJournal<ParticipantFact> journal = stream.journal(store, lease, "member");
      List<ParticipantFact> before = new ArrayList<>(journal.replay());
      if (!before.isEmpty()) {
        throw new IllegalStateException("a new journal must be empty, got " + before.size());
      }
      long begun = System.nanoTime();
      stream.appends().forEach(journal::append);
      return (double) (System.nanoTime() - begun) / stream.appends().size();
    }
  }
}
