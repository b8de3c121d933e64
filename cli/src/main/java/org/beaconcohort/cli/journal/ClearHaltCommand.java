package org.beaconcohort.cli.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.ledger.Halts;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal clear-halt}: a person lets a key sign again. */
@Command(
    name = "clear-halt",
    description = {
      "Lets a halted key sign again. Who cleared it and why stays in the journal, as does the"
          + " evidence; what the ledger holds stays used.",
      "A conflict means that two processes used one key, that a journal was restored, or a fault of"
          + " this program. Clear it only when you know which, and that it cannot happen again; in"
          + " doubt never use the key again."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal halts --journal alice.key.journal",
      "  beacon-cohort journal clear-halt --journal alice.key.journal --key KEY \\",
      "      --operator 'Alice' --because 'second service, now removed' --i-have-seen-the-evidence"
    })
final class ClearHaltCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();
  @Mixin private Operator operator = new Operator();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description = "The halted key, as `journal halts` prints it.")
  private String key = "";

  @Option(
      names = "--i-have-seen-the-evidence",
      description = "That you looked at both sides of the conflict; without it nothing is cleared.")
  private boolean seen;

  @Override
  protected ExitCode run(Report report) {
    String words = operator.words();
    int cleared;
    try (JournalStore store = at.toChange()) {
      Halts halts = store.ledger().halts();
      requireHalted(halts);
      if (!seen) {
        throw CommandFailure.refused(
            "EVIDENCE_NOT_SEEN",
            "a halt is cleared by somebody who has seen its evidence; nothing was cleared",
            "look at beacon-cohort journal halts, then add --i-have-seen-the-evidence");
      }
      cleared = halts.clear(key, words);
    }
    report.value("cleared", Brief.count(cleared, "halt") + " of key " + key);
    report.value("by", words);
    report.done(
        StrictJson.newObject().put("key", key).put("cleared", cleared).put("clearedBy", words));
    return ExitCode.OK;
  }

  private void requireHalted(Halts halts) {
    List<String> open =
        halts.all().stream()
            .filter(halt -> halt.cleared().isEmpty())
            .map(halt -> halt.owner())
            .distinct()
            .toList();
    if (!open.contains(key)) {
      throw CommandFailure.refused(
          "NOT_HALTED",
          "key must be one of the halted ones " + open + ", got " + key,
          "copy it from beacon-cohort journal halts");
    }
  }
}
