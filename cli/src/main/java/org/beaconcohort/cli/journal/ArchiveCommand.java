package org.beaconcohort.cli.journal;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.archive.JournalArchive;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code journal archive}: payloads of what has ended move to a file. */
@Command(
    name = "archive",
    description = {
      "Moves the payloads of an identity's finished streams to a new file, mode 0600, which is on"
          + " the disk and verified before anything is taken away.",
      "The ledger, the chain, bundles and updates stay in the journal. `journal import` brings the"
          + " payloads back. It is refused while another process holds the identity."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal list --journal alice.key.journal",
      "  beacon-cohort journal archive --journal alice.key.journal --identity KEY --to 2026.jsonl"
    })
final class ArchiveCommand extends ReportingCommand {
  private static final int INSTANCE_SIZE = 16;

  @Mixin private JournalAt at = new JournalAt();

  @Option(
      names = "--identity",
      required = true,
      paramLabel = "KEY",
      description = "Whose streams, as `journal list` prints it.")
  private String identity = "";

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "New file.")
  private Path to = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    int archived;
    try (JournalStore store = at.toChange()) {
      Identities.require(store, identity);
      byte[] instance = new byte[INSTANCE_SIZE];
      new SecureRandom().nextBytes(instance);
      try (IdentityLease lease = store.acquire(identity, Holder.here(Bytes.of(instance)))) {
        archived = JournalArchive.write(store, lease, to);
      }
    }
    report.value("archived", Brief.count(archived, "stream"));
    if (archived > 0) {
      report.value("wrote", to + "; keep it, the journal holds those payloads no more");
    }
    report.done(
        StrictJson.newObject()
            .put("streams", archived)
            .put("file", archived > 0 ? to.toString() : ""));
    return ExitCode.OK;
  }
}
