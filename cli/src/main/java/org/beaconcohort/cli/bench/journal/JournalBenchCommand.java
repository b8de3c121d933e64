package org.beaconcohort.cli.bench.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.cli.bench.table.Tables;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.engine.CurveEngines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench journal}: what keeping facts costs on this machine's disk. */
@Command(
    name = "journal",
    description = {
      "Measures journals with the facts of a cohort that is played first, over a relay and a chain"
          + " of this process: appends per second with full sync, the time from a claim to the"
          + " release of its signature, and how long a process takes to begin with many rounds.",
      "Everything is time on the wall's clock, since disks are waited for. SQLite files are made in"
          + " a new folder that is removed in the end. See docs/performance.md."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort bench journal",
      "  beacon-cohort bench journal --dir /var/lib/cohort --seconds 5",
      "  beacon-cohort bench journal --postgres jdbc:postgresql://127.0.0.1:5432/bench?user=bench"
    })
public final class JournalBenchCommand extends ReportingCommand {
  private static final int LONGEST = 3_600;
  private static final int MOST_ROUNDS = 100_000;
  private static final int PLAYED = 8;
  private static final int AIMED_ROUNDS = 1_000;
  private static final double AIMED_SECONDS = 5;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      defaultValue = "",
      description =
          "Also on this server, jdbc:postgresql:…, in schemas that are made and dropped again.")
  private String postgres = "";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the files are made: on the disk that is asked about (default: here).")
  private Path dir = Path.of(".");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rounds that a process begins with, 1 to 100000 (default: ${DEFAULT-VALUE}).")
  private int rounds = AIMED_ROUNDS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "Seconds for the appends, and for the replays of each database; 0 for as few as possible"
              + " (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(names = "--check", description = "Exit code 3 if an aim is missed.")
  private boolean check;

  @Override
  protected ExitCode run(Report report) {
    requireSensible();
    SecureRandom random = new SecureRandom();
    List<Place> places = new ArrayList<>();
    Path folder = newFolder();
    try {
      places.add(new SqlitePlace(folder));
      if (!postgres.isEmpty()) {
        places.add(new PostgresPlace(postgres, random));
      }
      begin(report, places);
      measure(report, places, folder, random);
    } finally {
      places.forEach(Place::close);
      remove(folder);
    }
    return ExitCode.OK;
  }

  private void measure(Report report, List<Place> places, Path folder, SecureRandom random) {
    Tables results = new Tables(report);
    Duration time = Duration.ofSeconds(seconds);
    int played = Math.min(PLAYED, rounds);
    List<PlayedCohort> cohorts = new ArrayList<>();
    for (Place place : places) {
      report.note("a cohort of " + Brief.count(played, "round") + " on " + place.name() + " ..");
      try (JournalStore store = place.open(place.fresh())) {
        cohorts.add(PlayedCohort.in(store, played, random));
      }
    }
    MemberStream stream = MemberStream.of(cohorts.getFirst());
    List<Line> targets = new ArrayList<>();
    for (Place place : places) {
      report.note("beginning with " + Brief.count(rounds, "round") + " on " + place.name() + " ..");
      int copies = (rounds + played - 1) / played;
      double millis = ReplayBench.run(place, stream, played, copies, folder, time, results);
      if (rounds == AIMED_ROUNDS) {
        targets.add(target(place, millis / 1000));
      }
    }
    report.note("appends ..");
    List<Double> appends = AppendBench.run(places, stream, folder, time, results);
    for (int i = 0; i < places.size(); i++) {
      release(places.get(i), cohorts.get(i), appends.get(i), results);
    }
    targets.forEach(results::add);
    results.tell(List.of(Section.values()));
    end(report, targets);
  }

  private static void release(Place place, PlayedCohort cohort, double append, Tables results) {
    Times times = new Times();
    cohort.claimsToReleases().forEach(nanos -> times.add(nanos.doubleValue()));
    results.add(
        new Line(Section.RELEASE)
            .text("database", place.name())
            .number("ms", times.leastMillis())
            .number("medianMs", times.medianMillis())
            .number("longestMs", times.mostMillis())
            .number("ratio", times.medianMillis() / append)
            .count("signatures", times.count()));
  }

  private static Line target(Place place, double found) {
    return new Line(Section.TARGET)
        .forMachines("target", "first-replay-s")
        .cell("beginning with 1,000 rounds, first, s")
        .text("database", place.name())
        .forMachines("atMost", AIMED_SECONDS)
        .cell("at most 5")
        .number("value", found)
        .yes("met", found <= AIMED_SECONDS, "yes", "no");
  }

  private void end(Report report, List<Line> targets) {
    long met = targets.stream().filter(line -> line.fields().path("met").asBoolean()).count();
    if (check && met < targets.size()) {
      throw CommandFailure.refused(
          "AIM_MISSED",
          Brief.count(targets.size() - met, "aim") + " missed",
          "see the last table; measure again on a quiet machine, or longer");
    }
    report.done(StrictJson.newObject().put("targets", targets.size()).put("met", met));
  }

  private void requireSensible() {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw usage("ROUNDS", "rounds must be 1 to 100000, got " + rounds, "--rounds");
    }
    if (seconds < 0 || seconds > LONGEST) {
      throw usage("SECONDS", "seconds must be 0 to 3600, got " + seconds, "--seconds");
    }
  }

  private static CommandFailure usage(String code, String what, String option) {
    return new CommandFailure(ExitCode.USAGE, code, what, "choose another " + option);
  }

  private void begin(Report report, List<Place> places) {
    String java =
        System.getProperty("java.runtime.version") + " " + System.getProperty("java.vm.name");
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    int processors = Runtime.getRuntime().availableProcessors();
    String names = String.join(", ", places.stream().map(Place::name).toList());
    String engine = CurveEngines.get().name();
    report.line("Beacon Cohort bench journal: ms on the wall's clock");
    report.value("databases", names);
    report.value("engine", engine);
    report.value("Java", java);
    report.value("system", system + ", " + Brief.count(processors, "processor"));
    report.event(
        "started",
        StrictJson.newObject()
            .put("databases", names)
            .put("engine", engine)
            .put("java", java)
            .put("system", system)
            .put("processors", processors)
            .put("seconds", seconds));
  }

  private Path newFolder() {
    try {
      return Files.createTempDirectory(dir, "beacon-cohort-bench-");
    } catch (IOException failure) {
      throw OutputFile.cannotWrite(dir, failure);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException failure) {
      throw OutputFile.cannotWrite(folder, failure);
    }
  }
}
