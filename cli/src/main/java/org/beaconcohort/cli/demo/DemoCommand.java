package org.beaconcohort.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.regtest.Stage;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.result.ResultFiles;
import org.beaconcohort.cli.result.TransactionText;
import org.beaconcohort.cli.wiring.Wiring;
import org.beaconcohort.cohort.json.StrictJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: one whole round in one command. */
@Command(
    name = "demo",
    description = {
      "Runs one whole round on regtest and checks what it leaves behind.",
      "A coordinator and several participants, each with its own keys, relay connections and thread,"
          + " form a cohort, fund and list its beacon address, and anchor one update each in one"
          + " transaction that all of them sign. Relay and chain run in this process unless others"
          + " are named."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort demo",
      "  beacon-cohort demo --participants 10 --out ./round",
      "  beacon-cohort demo --relay wss://relay.example --json",
      "  beacon-cohort demo --fault coordinator-dies-after-formed"
    })
public final class DemoCommand extends ReportingCommand {
  private static final int FEWEST = 2;
  private static final int MOST = 16;

  /** More take longer than the short deadlines of faults on a small machine. */
  private static final int MOST_WITH_FAULT = 5;

  /** Fewer cannot sign without one (N9). */
  private static final int FEWEST_WITH_LEAF = 3;

  private static final String LIST = "list";
  private static final Duration MINER_PAUSE = Duration.ofMillis(100);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Option(
      names = "--participants",
      paramLabel = "N",
      defaultValue = "3",
      description = "Members of the cohort, 2 to 16 (default: ${DEFAULT-VALUE}).")
  private int participants = 3;

  @Option(
      names = "--relay",
      arity = "1..*",
      paramLabel = "URL",
      description = "Nostr relays to use instead of one in this process, ws:// or wss://.")
  private List<String> relays = List.of();

  @Option(
      names = "--chain",
      paramLabel = "URL",
      description = "A running `beacon-cohort chain` to use instead of one in this process.")
  private @Nullable String chain;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New directory for the results (default: ./beacon-cohort-demo-<time>).")
  private @Nullable Path out;

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      description = {
        "Lets one thing go wrong and shows what becomes of it, in less than half a minute.",
        "'list' prints the names. Up to 5 members, relays of its own."
      })
  private @Nullable String fault;

  @Override
  protected ExitCode run(Report report) {
    if (LIST.equals(fault)) {
      FaultText.list(report);
      return ExitCode.OK;
    }
    Optional<Fault> wrong = Optional.ofNullable(fault).map(DemoCommand::known);
    checkOptions(wrong);
    Path wanted =
        out != null
            ? out
            : Path.of(
                "beacon-cohort-demo-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP));
    try (Stage stage = stage(wrong)) {
      Path directory = OutputFile.directory(wanted);
      begin(report, stage, directory, wrong);
      if (wrong.equals(Optional.of(Fault.SUCCESSION))) {
        SuccessionRound demo = new SuccessionRound(stage, report, participants);
        SuccessionRound.end(report, demo.run(directory), directory);
      } else if (wrong.isPresent()) {
        FaultRound demo = new FaultRound(stage, report, participants, wrong.get());
        FaultText.end(report, wrong.get(), demo.run(directory), directory);
      } else {
        end(report, directory, new DemoRound(stage, report, participants).run(directory));
      }
      return ExitCode.OK;
    }
  }

  private Stage stage(Optional<Fault> wrong) {
    Optional<String> given = Optional.ofNullable(chain);
    return wrong
        .map(each -> Stage.open(FaultRound.relays(each), given, MINER_PAUSE))
        .orElseGet(() -> Stage.open(checkedRelays(), given, MINER_PAUSE));
  }

  /** Given relays, of which one is there; before anything is printed or started. */
  private List<String> checkedRelays() {
    if (!relays.isEmpty()) {
      var unused = Wiring.relays(relays);
    }
    return relays;
  }

  private static Fault known(String name) {
    return Fault.of(name)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "UNKNOWN_FAULT",
                "fault must be one of those of --fault list, got "
                    + (name.length() <= 40 ? name : name.substring(0, 40) + "..")
                    + "; the closest is "
                    + Fault.closest(name),
                "see them all: beacon-cohort demo --fault list"));
  }

  private void checkOptions(Optional<Fault> wrong) {
    if (wrong.isPresent() && !relays.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "RELAYS",
          "relays must be the demo's own with --fault, got " + relays.size() + " by --relay",
          "leave out --relay");
    }
    int most = wrong.isPresent() ? MOST_WITH_FAULT : MOST;
    int fewest = wrong.filter(Fault::leaf).isPresent() ? FEWEST_WITH_LEAF : FEWEST;
    if (participants < fewest || participants > most) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "PARTICIPANTS",
          "participants must be "
              + fewest
              + " to "
              + most
              + (wrong.isPresent() ? " with --fault" : "")
              + ", got "
              + participants,
          "choose another --participants");
    }
  }

  private void begin(Report report, Stage stage, Path directory, Optional<Fault> wrong) {
    String here = " (in this process)";
    report.line(
        "Beacon Cohort demo: " + Brief.count(participants, "member") + ", one round, regtest");
    wrong.ifPresent(fault -> report.value("fault", fault.label() + ": " + fault.sentence()));
    for (String relay : stage.relays()) {
      report.value("relay", relay + (stage.hasOwnRelay() ? here : ""));
    }
    report.value("chain", stage.chain() + (stage.hasOwnChain() ? here : ""));
    report.value("output", directory.toAbsolutePath().normalize().toString());
    report.line("");
    var started = StrictJson.newObject().put("members", participants);
    var urls = started.putArray("relays");
    stage.relays().forEach(urls::add);
    wrong.ifPresent(fault -> started.put("fault", fault.label()));
    report.event("started", started.put("chain", stage.chain()).put("out", directory.toString()));
  }

  private static void end(Report report, Path directory, CompletedRound round) {
    report.line("");
    report.value("address", round.cohort().address());
    report.value("txid", round.transaction().displayTxid());
    report.line("");
    TransactionText.of(round).forEach(report::line);
    report.line("");
    report.line(
        "Checked from the files and the chain: signature, signal, and that every sidecar resolves"
            + " to version 3.");
    report.value("output", directory.toAbsolutePath().normalize().toString());
    report.done(new ResultFiles(directory).done(round));
  }
}
