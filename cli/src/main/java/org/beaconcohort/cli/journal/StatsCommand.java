package org.beaconcohort.cli.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.beaconcohort.adapter.journal.JournalStats;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal stats}: how much is in it. */
@Command(
    name = "stats",
    description = "Counts streams, records, ledger rows, public nonces seen, conflicts and halts.",
    footer = {"", "Examples:", "  beacon-cohort journal stats --journal alice.key.journal"})
final class StatsCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Override
  protected ExitCode run(Report report) {
    JournalStats stats;
    try (JournalStore store = at.toRead()) {
      stats = JournalStats.of(store.database());
    }
    ObjectNode fields = StrictJson.newObject();
    counts(report, fields, "streams", stats.streams());
    report.value("records", stats.records() + ", " + stats.payloadBytes() + " bytes of payload");
    counts(report, fields, "ledger", stats.ledger());
    report.value("nonces", stats.sightings() + " seen");
    report.value("evidence", stats.evidence() + " conflicts");
    report.value("halts", stats.openHalts() + " open");
    report.done(
        fields
            .put("records", stats.records())
            .put("payloadBytes", stats.payloadBytes())
            .put("sightings", stats.sightings())
            .put("evidence", stats.evidence())
            .put("openHalts", stats.openHalts()));
    return ExitCode.OK;
  }

  private static void counts(
      Report report, ObjectNode fields, String name, Map<String, Long> counts) {
    ObjectNode inJson = fields.putObject(name);
    counts.forEach(inJson::put);
    report.value(
        name,
        counts.isEmpty()
            ? "none"
            : String.join(
                ", ",
                counts.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .toList()));
  }
}
