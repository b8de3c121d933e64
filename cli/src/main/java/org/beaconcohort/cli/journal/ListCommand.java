package org.beaconcohort.cli.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.LeaseState;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.json.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code journal list}: what is in it, and who holds what. */
@Command(
    name = "list",
    description = {
      "Names every stream, one for each cohort that was led or joined, with its state: OPEN goes on"
          + " when its command is run again, FINISHED has its outcome, ARCHIVED is in a file.",
      "Then every identity with who holds it; a holder that died may still stand there."
    },
    footer = {"", "Examples:", "  beacon-cohort journal list --journal alice.key.journal"})
final class ListCommand extends ReportingCommand {
  @Mixin private JournalAt at = new JournalAt();

  @Override
  protected ExitCode run(Report report) {
    List<StreamHead> streams;
    List<LeaseState> leases;
    try (JournalStore store = at.toRead()) {
      streams = store.streams();
      leases = store.leases().all();
    }
    streams.forEach(stream -> tell(report, stream));
    leases.forEach(lease -> tell(report, lease));
    report.value(
        "in all",
        Brief.count(streams.size(), "stream") + ", " + Brief.count(leases.size(), "writer"));
    report.done(
        StrictJson.newObject().put("streams", streams.size()).put("identities", leases.size()));
    return ExitCode.OK;
  }

  private static void tell(Report report, StreamHead stream) {
    report.line(
        "  %-9s %s, %s%s"
            .formatted(
                stream.state(),
                stream.stream(),
                Brief.count(stream.records(), "record"),
                stream.archive().map(file -> ", in " + file).orElse("")));
    var fields =
        StrictJson.newObject()
            .put("stream", stream.stream())
            .put("identity", stream.identity())
            .put("state", stream.state().name())
            .put("records", stream.records())
            .put("head", stream.hash().hex());
    stream.archive().ifPresent(file -> fields.put("archive", file));
    report.event("stream", fields);
  }

  private static void tell(Report report, LeaseState lease) {
    report.line(
        "  %-9s %s%s"
            .formatted(
                lease.held() ? "held" : "free",
                lease.identity(),
                lease.held() ? " by " + lease.holder() : ""));
    report.event(
        "identity",
        StrictJson.newObject()
            .put("identity", lease.identity())
            .put("held", lease.held())
            .put("instance", lease.holder().instance())
            .put("host", lease.holder().host())
            .put("pid", lease.holder().pid())
            .put("since", lease.holder().since().toString())
            .put("fence", lease.fence())
            .put("appends", lease.appends()));
  }
}
