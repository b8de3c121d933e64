package org.beaconcohort.cli.journal;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.record.Replay;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal show}: the records of one stream. */
@Command(
    name = "show",
    description = {
      "Verifies one stream and lists its records in order: number, time, type, size, and the number"
          + " of the holder that appended it.",
      "Payloads are not shown: they hold channel keys. An export has them."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal list --journal alice.key.journal",
      "  beacon-cohort journal show --journal alice.key.journal --stream NAME"
    })
final class ShowCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME",
      description = "Its name, as `journal list` prints it.")
  private String stream = "";

  @Override
  protected ExitCode run(Report report) {
    Replay replay;
    try (JournalStore store = at.toRead()) {
      replay =
          store
              .look(stream)
              .orElseThrow(() ->
                  CommandFailure.refused(
                      "NO_SUCH_STREAM",
                      "stream must be in the journal, " + stream + " is not",
                      "see beacon-cohort journal list"));
    }
    List<StoredRecord> records = replay.records();
    records.forEach(record -> tell(report, record));
    report.value("in all", Brief.count(records.size(), "record") + ", the chain is right");
    report.done(StrictJson.newObject().put("stream", stream).put("records", records.size()));
    return ExitCode.OK;
  }

  private static void tell(Report report, StoredRecord record) {
    Instant appended = Instant.ofEpochMilli(record.appendedAt());
    int bytes = record.payload().map(Bytes::size).orElse(0);
    report.line(
        "  %5d  %s  %s version %d, %d bytes, holder %d%s"
            .formatted(
                record.seq(),
                appended,
                record.type(),
                record.version(),
                bytes,
                record.fence(),
                record.retained() ? ", kept by archives" : ""));
    report.event(
        "record",
        StrictJson.newObject()
            .put("seq", record.seq())
            .put("appendedAt", appended.toString())
            .put("type", record.type())
            .put("version", record.version())
            .put("bytes", bytes)
            .put("retained", record.retained())
            .put("fence", record.fence())
            .put("hash", record.hash().hex()));
  }
}
