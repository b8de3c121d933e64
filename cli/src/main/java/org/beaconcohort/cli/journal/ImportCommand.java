package org.beaconcohort.cli.journal;

import java.nio.file.Path;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.archive.ExportResult;
import org.beaconcohort.adapter.journal.archive.JournalImport;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal import}: an export or an archive comes in. */
@Command(
    name = "import",
    description = {
      "Verifies an export or an archive, then takes all of it into a journal or nothing; what is"
          + " there already must say the same. A new file is made if there is none.",
      "To move a journal: stop what uses it, export, import at the new place, remove the old one."
          + " Two copies in use can leak a key. An old export forgets what was signed after it."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal import --journal new.journal --from alice.jsonl"
    })
final class ImportCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "File of `journal export` or `journal archive`.")
  private Path from = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    ExportResult result;
    try (JournalStore store = at.toWrite()) {
      result = JournalImport.read(store, from);
    }
    report.value("read", from.toString());
    report.value(
        "held", Brief.count(result.streams(), "stream") + ", " + result.records() + " records");
    report.done(
        StrictJson.newObject()
            .put("file", from.toString())
            .put("streams", result.streams())
            .put("records", result.records()));
    return ExitCode.OK;
  }
}
