package org.beaconcohort.cli.reliability;

import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reliability forget}: a DID begins anew. */
@Command(
    name = "forget",
    description = {
      "Makes a DID be as if it had never been seen: its rounds do not count, its ban is lifted.",
      "The lines that said so stay in the file; the same evidence bans it again."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort reliability forget members.reliability did:btcr2:k1…"
    })
final class ForgetCommand extends ReportingCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "The reliability record.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "DID", description = "Whom to forget.")
  private String did = "";

  @Override
  protected ExitCode run(Report report) {
    Remembered remembered = Remembered.existing(file);
    ReliabilityEvent event = new ReliabilityEvent.Forgotten(did);
    if (remembered.reliability().knows(event)) {
      throw CommandFailure.refused(
          "UNKNOWN_DID",
          "DID must be in this record, got " + did,
          "beacon-cohort reliability show " + file);
    }
    var unused = remembered.add(List.of(event));
    report.line(did + ": forgotten");
    report.done(StrictJson.newObject().put("forgotten", did));
    return ExitCode.OK;
  }
}
