package org.beaconcohort.cli.bench.musig2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.beaconcohort.cli.bench.meter.Meter;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.wiring.CurveEngineChoice;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench musig2}: signatures of many, on every engine and by libsecp256k1's own calls. */
@Command(
    name = "musig2",
    description = {
      "Measures a coordinator's cryptographic work, on every engine of this process and by"
          + " libsecp256k1's own musig_* calls, which verify each partial signature.",
      "Also measured: key aggregation alone, verification of Nostr events, and the search for"
          + " culprits among the members of the largest size. Everything is CPU time of one thread"
          + " in slices that take turns, the fastest of them counts; garbage collection is not in"
          + " it, allocated bytes are given instead. See docs/performance.md."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort bench musig2",
      "  beacon-cohort bench musig2 --sizes 2,100 --seconds 3",
      "  beacon-cohort bench musig2 --json --check > bench.jsonl"
    })
public final class Musig2Command extends ReportingCommand {
  private static final int SMALLEST = 2;
  private static final int LARGEST = 10_000;
  private static final int LONGEST = 3_600;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      defaultValue = "2,10,100,1000",
      description = "Numbers of signers, 2 to 10000 each (default: ${DEFAULT-VALUE}).")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "CPU seconds to measure each size, the events and the culprits, after half of it to warm"
              + " up; 0 for as few slices as possible (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(names = "--check", description = "Exit code 3 if an aim is missed.")
  private boolean check;

  @Override
  protected ExitCode run(Report report) {
    requireSensible();
    Engines engines = Engines.here();
    begin(report, engines);
    Results results = new Results(report);
    measure(report, engines, results);
    results.tell();
    if (check && results.missed() > 0) {
      throw CommandFailure.refused(
          "AIM_MISSED",
          Brief.count(results.missed(), "aim") + " missed",
          "see the last table; measure again on a quiet machine, or longer");
    }
    report.done(results.summary(StrictJson.newObject()));
    return ExitCode.OK;
  }

  private void measure(Report report, Engines engines, Results results) {
    SecureRandom random = new SecureRandom();
    SignedCohort largest = null;
    for (int size : sizes) {
      report.note("n = " + size + ": signing and measuring ..");
      SignedCohort cohort = SignedCohort.of(size, random);
      RoundBench.run(engines, cohort, meter(), results);
      if (largest == null || largest.size() < size) {
        largest = cohort;
      }
    }
    report.note("events ..");
    EventBench.run(engines, random, meter(), results);
    if (largest != null) {
      report.note("culprits ..");
      CulpritBench.run(engines, largest, meter(), results);
    }
  }

  private Meter meter() {
    Duration measuring = Duration.ofSeconds(seconds);
    try {
      return new Meter(measuring.dividedBy(2), measuring);
    } catch (UnsupportedOperationException otherJvm) {
      throw CommandFailure.refused(
          "NOT_SUPPORTED",
          String.valueOf(otherJvm.getMessage()),
          "run it on a JVM with HotSpot, see BEACON_COHORT_JAVA");
    }
  }

  private void requireSensible() {
    for (int size : sizes) {
      if (size < SMALLEST || size > LARGEST) {
        throw usage("SIZES", "sizes must be 2 to 10000, got " + size, "--sizes");
      }
    }
    if (sizes.isEmpty() || new HashSet<>(sizes).size() < sizes.size()) {
      throw usage("SIZES", "sizes must be different from one another, got " + sizes, "--sizes");
    }
    if (seconds < 0 || seconds > LONGEST) {
      throw usage("SECONDS", "seconds must be 0 to 3600, got " + seconds, "--seconds");
    }
  }

  private static CommandFailure usage(String code, String what, String option) {
    return new CommandFailure(ExitCode.USAGE, code, what, "choose another " + option);
  }

  private void begin(Report report, Engines engines) {
    String java =
        System.getProperty("java.runtime.version") + " " + System.getProperty("java.vm.name");
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    int processors = Runtime.getRuntime().availableProcessors();
    List<String> names = engines.ours().stream().map(engine -> engine.name()).toList();
    report.line("Beacon Cohort bench musig2: CPU ms of one thread, the fastest slice");
    report.value("engines", String.join(", ", names));
    report.value("Java", java);
    report.value("system", system + ", " + Brief.count(processors, "processor"));
    ObjectNode started = StrictJson.newObject();
    ArrayNode inJson = started.putArray("engines");
    names.forEach(inJson::add);
    CurveEngineChoice.whyNoLibsecp256k1()
        .ifPresent(why -> {
          report.value("without", "libsecp256k1 and its own calls: " + why);
          started.put("noLibsecp256k1", why);
        });
    report.event(
        "started",
        started
            .put("java", java)
            .put("system", system)
            .put("processors", processors)
            .put("seconds", seconds));
  }
}
