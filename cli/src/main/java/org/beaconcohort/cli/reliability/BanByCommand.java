package org.beaconcohort.cli.reliability;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.InputFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.MalformedEvidenceException;
import org.beaconcohort.cohort.evidence.UnprovenException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.reliability.ProvenFault;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reliability ban-by}: evidence from elsewhere, a member's for instance. */
@Command(
    name = "ban-by",
    description = {
      "Bans whoever a file of evidence convicts, if this record knows whose key that is: a member's"
          + " key is made for one cohort, so it must be one that this coordinator led.",
      "The evidence is verified first, and kept in the record. There is no ban without one."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort reliability ban-by members.reliability evidence-1.json"
    })
final class BanByCommand extends ReportingCommand {
  private static final StatementReader READER = new NostrStatementReader();

  @Parameters(index = "0", paramLabel = "FILE", description = "The reliability record.")
  private Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "EVIDENCE", description = "A file of evidence.")
  private Path evidence = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    Remembered remembered = Remembered.existing(file);
    ProvenFault fault = proved();
    Set<String> dids = remembered.reliability().whoseKey(fault.conviction().author());
    if (dids.isEmpty()) {
      throw CommandFailure.refused(
          "UNKNOWN_CULPRIT",
          "the convicted key must be one of a member in this record, got "
              + fault.conviction().author(),
          "use the record of the coordinator that led this cohort");
    }
    var unused = remembered.add(List.of(new ReliabilityEvent.Convicted(fault)));
    for (String did : dids) {
      report.line(did + ": banned");
    }
    report.value("because", fault.conviction().code() + ": " + fault.conviction().detail());
    var done = StrictJson.newObject().put("code", fault.conviction().code().name());
    dids.forEach(done.putArray("banned")::add);
    report.done(done);
    return ExitCode.OK;
  }

  private ProvenFault proved() {
    try {
      return ProvenFault.of(
          EvidenceCodec.decode(InputFile.at(evidence).text(EvidenceCodec.LIMITS), READER), READER);
    } catch (MalformedEvidenceException | UnprovenException nothing) {
      throw CommandFailure.badInput(
          evidence + " must prove a fault, it proves nothing",
          "see why: beacon-cohort evidence verify " + evidence);
    }
  }
}
