package org.beaconcohort.cli.journal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.LeaseState;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal accept-rollback}: a person goes on from an older journal. */
@Command(
    name = "accept-rollback",
    description = {
      "Takes a journal that went back in time (ROLLED_BACK), or whose ledger lost something"
          + " (LEDGER_DAMAGED), for the one to go on with. What it"
          + " forgot is forgotten: outpoints that were signed for, updates that were handed out.",
      "Put the newest journal back instead if there is any copy of it. Else first let every round"
          + " end that was signed in, and see in the documents which updates are anchored. Who"
          + " accepted it and why stays in the journal."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal accept-rollback --journal alice.key.journal --identity KEY \\",
      "      --operator 'Alice' --because 'disk lost, all rounds ended' --i-accept-what-it-forgot"
    })
final class AcceptRollbackCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();
  @Mixin private Operator operator = new Operator();

  @Option(
      names = "--identity",
      required = true,
      paramLabel = "KEY",
      description = "Whose, as `journal list` prints it.")
  private String identity = "";

  @Option(
      names = "--i-accept-what-it-forgot",
      description =
          "That you answer for what the journal does not know; without it nothing is done.")
  private boolean accepted;

  @Option(
      names = "--witnesses",
      paramLabel = "DIR",
      description =
          "Folder of the key file, if the journal is in PostgreSQL: what this machine has seen is"
              + " beside the key there. A file's is beside the journal.")
  private @Nullable Path witnesses;

  @Override
  protected ExitCode run(Report report) {
    String words = operator.words();
    try (JournalStore store = at.toChange(Optional.ofNullable(witnesses))) {
      requireRolledBack(store);
      if (!accepted) {
        throw CommandFailure.refused(
            "NOT_ACCEPTED",
            "a rollback is accepted by somebody who answers for what was forgotten",
            "read docs/operations.md, Runbooks, ROLLED_BACK; then add --i-accept-what-it-forgot");
      }
      store.leases().acceptRollback(identity, words);
    }
    report.value("accepted", "by " + words);
    report.done(StrictJson.newObject().put("identity", identity).put("acceptedBy", words));
    return ExitCode.OK;
  }

  private void requireRolledBack(JournalStore store) {
    long appends =
        store.leases().all().stream()
            .filter(lease -> lease.identity().equals(identity))
            .mapToLong(LeaseState::appends)
            .findFirst()
            .orElse(0);
    OptionalLong seen = store.leases().seen(identity);
    boolean rolledBack = seen.isPresent() && seen.getAsLong() > appends;
    if (!rolledBack && store.leases().ledgerDamage(identity).isEmpty()) {
      throw CommandFailure.refused(
          "NOT_ROLLED_BACK",
          "identity "
              + identity
              + " has "
              + appends
              + " appends in this journal, this machine has seen no more, and its ledger is whole",
          "copy the identity from the refusal ROLLED_BACK; there is nothing to accept otherwise");
    }
  }
}
