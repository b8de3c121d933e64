package org.beaconcohort.cli.journal;

import java.nio.file.Path;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.archive.ExportResult;
import org.beaconcohort.adapter.journal.archive.JournalExport;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal export}: the whole journal as one file. */
@Command(
    name = "export",
    description = {
      "Writes everything that reads to one new file of JSON lines, mode 0600: it holds channel keys."
          + " It may run beside whoever writes.",
      "Streams that do not read are left out and named; the exit code is 3 then, and the file is"
          + " good for all others.",
      "An export is a backup. Whoever goes on from one has forgotten what came after it."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal export --journal alice.key.journal --to alice.jsonl"
    })
final class ExportCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "New file.")
  private Path to = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    ExportResult result;
    try (JournalStore store = at.toRead()) {
      result = JournalExport.write(store, to);
    }
    report.value("wrote", to.toString());
    report.value(
        "holds",
        Brief.count(result.streams(), "stream") + ", " + result.records() + " records, the ledger");
    if (!result.leftOut().isEmpty()) {
      result
          .leftOut()
          .forEach(damage -> {
            report.value("left out", damage.stream() + ": " + damage.detail());
            report.event(
                "left-out",
                StrictJson.newObject()
                    .put("stream", damage.stream())
                    .put("detail", damage.detail()));
          });
      throw CommandFailure.refused(
          "LEFT_OUT",
          Brief.count(result.leftOut().size(), "stream")
              + " cannot be read and is not in "
              + to
              + "; everything else is",
          "look for those streams in an older export; what they signed is in the ledger all the"
              + " same");
    }
    report.done(
        StrictJson.newObject()
            .put("file", to.toString())
            .put("streams", result.streams())
            .put("records", result.records()));
    return ExitCode.OK;
  }
}
