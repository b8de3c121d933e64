package org.beaconcohort.cli.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.ledger.Evidence;
import org.beaconcohort.adapter.journal.ledger.Halt;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal halts}: which keys sign nothing, and why. */
@Command(
    name = "halts",
    description = {
      "Lists every key that was ever halted, whether it was cleared and by whom, then the evidence:"
          + " both sides of each conflict.",
      "A halted key signs nothing until `journal clear-halt` clears it, in no process."
    },
    footer = {"", "Examples:", "  beacon-cohort journal halts --journal alice.key.journal"})
final class HaltsCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Override
  protected ExitCode run(Report report) {
    List<Halt> halts;
    List<Evidence> evidence;
    try (JournalStore store = at.toRead()) {
      halts = store.ledger().halts().all();
      evidence = store.ledger().halts().evidence();
    }
    halts.forEach(halt -> tell(report, halt));
    evidence.forEach(each -> tell(report, each));
    int open = (int) halts.stream().filter(halt -> halt.cleared().isEmpty()).count();
    report.value("in all", Brief.count(open, "open halt") + " of " + halts.size());
    report.done(
        StrictJson.newObject()
            .put("open", open)
            .put("halts", halts.size())
            .put("evidence", evidence.size()));
    return ExitCode.OK;
  }

  private static void tell(Report report, Halt halt) {
    report.line(
        "  %-9s key %s".formatted(halt.cleared().isEmpty() ? "HALTED" : "cleared", halt.owner()));
    report.line("            since " + halt.raised() + ": " + halt.reason());
    halt.cleared()
        .ifPresent(by ->
            report.line(
                "            cleared "
                    + halt.clearedAt().map(Object::toString).orElse("")
                    + " by "
                    + by));
    ObjectNode fields =
        StrictJson.newObject()
            .put("key", halt.owner())
            .put("reason", halt.reason())
            .put("raisedAt", halt.raised().toString())
            .put("open", halt.cleared().isEmpty());
    halt.cleared().ifPresent(by -> fields.put("clearedBy", by));
    halt.clearedAt().ifPresent(when -> fields.put("clearedAt", when.toString()));
    report.event("halt", fields);
  }

  private static void tell(Report report, Evidence evidence) {
    report.line(
        "  evidence  %s %s, %s".formatted(evidence.kind(), evidence.subject(), evidence.noted()));
    report.line("            held     " + evidence.existing());
    report.line("            refused  " + evidence.offered());
    report.event(
        "evidence",
        StrictJson.newObject()
            .put("kind", evidence.kind())
            .put("subject", evidence.subject())
            .put("owner", evidence.owner())
            .put("stream", evidence.stream())
            .put("existing", evidence.existing())
            .put("offered", evidence.offered())
            .put("notedAt", evidence.noted().toString()));
  }
}
