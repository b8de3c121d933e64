package org.beaconcohort.cli.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.beaconcohort.adapter.journal.JournalCheck;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal check}: everything is read and verified. */
@Command(
    name = "check",
    description = {
      "Reads the whole journal and verifies it: every record against its chain, and the database's"
          + " own structure where it can look. Changes nothing.",
      "Exit code 3 and JOURNAL_DAMAGED if anything is wrong; each finding is named before."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal check --journal alice.key.journal",
      "  beacon-cohort journal check --json --journal 'jdbc:postgresql://db/beacon?user=beacon'"
    })
final class CheckCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Override
  protected ExitCode run(Report report) {
    JournalCheck check;
    try (JournalStore store = at.toRead()) {
      check = store.check();
    }
    for (StreamDamage damage : check.damaged()) {
      finding(
          report,
          damage.fault().name(),
          damage.stream() + ", record " + damage.seq() + ": " + damage.detail());
    }
    check.database().forEach(words -> finding(report, "CORRUPT", words));
    report.value("whole", Brief.count(check.whole(), "stream"));
    report.value("archived", Brief.count(check.archived(), "stream"));
    if (!check.clean()) {
      int found = check.damaged().size() + check.database().size();
      throw CommandFailure.refused(
          "JOURNAL_DAMAGED",
          Brief.count(found, "finding") + "; what is whole stays usable, what is not signs nothing",
          "stop what writes, keep a copy of the files, then see docs/operations.md, Runbooks");
    }
    report.value("found", "nothing wrong");
    report.done(
        StrictJson.newObject().put("whole", check.whole()).put("archived", check.archived()));
    return ExitCode.OK;
  }

  private static void finding(Report report, String fault, String detail) {
    report.value("found", fault + " " + detail);
    ObjectNode fields = StrictJson.newObject().put("fault", fault).put("detail", detail);
    report.event("finding", fields);
  }
}
