package org.beaconcohort.cli.evidence;

import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.InputFile;
import org.beaconcohort.cli.report.Brief;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.evidence.Conviction;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.MalformedEvidenceException;
import org.beaconcohort.cohort.evidence.UnprovenException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.StatementReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code evidence verify}: everything is recomputed from the statements in the files. */
@Command(
    name = "verify",
    description = {
      "Says of each file whom it convicts of what, or why it proves nothing. Asks no relay, no chain"
          + " and no journal: everything is recomputed from the signed statements in the file.",
      "Exit code 0 if every file proves what it says, else 65."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort evidence verify alice-out/evidence-1.json",
      "  beacon-cohort evidence verify --json evidence-1.json evidence-2.json"
    })
final class VerifyCommand extends ReportingCommand {
  private static final StatementReader READER = new NostrStatementReader();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Evidence.")
  private List<Path> files = List.of();

  @Override
  protected ExitCode run(Report report) {
    int proved = 0;
    for (Path file : files) {
      if (proves(report, file)) {
        proved++;
      }
    }
    if (proved < files.size()) {
      throw CommandFailure.badInput(
          Brief.count(files.size() - proved, "file") + " of " + files.size() + " proved nothing",
          "blame nobody for what is not proved, and ask for the file as it was written");
    }
    report.done(StrictJson.newObject().put("proved", proved));
    return ExitCode.OK;
  }

  private static boolean proves(Report report, Path file) {
    Conviction conviction;
    try {
      conviction =
          EvidenceCodec.decode(InputFile.at(file).text(EvidenceCodec.LIMITS), READER)
              .verify(READER);
    } catch (CommandFailure | MalformedEvidenceException | UnprovenException nothing) {
      String why = printable(String.valueOf(nothing.getMessage()));
      report.line(file + ": proves nothing");
      report.value("because", why);
      report.event(
          "unproven", StrictJson.newObject().put("file", file.toString()).put("detail", why));
      return false;
    }
    String detail = printable(conviction.detail());
    report.line(file + ": proved");
    report.value("convicts", conviction.author().hex());
    report.value("of", conviction.code() + ": " + detail);
    report.event(
        "proved",
        StrictJson.newObject()
            .put("file", file.toString())
            .put("code", conviction.code().name())
            .put("convicts", conviction.author().hex())
            .put("detail", detail));
    return true;
  }

  /** Files come from others, and so may the words in them. */
  private static String printable(String words) {
    StringBuilder plain = new StringBuilder();
    words
        .codePoints()
        .limit(1_000)
        .map(each ->
            Character.isISOControl(each) || Character.getType(each) == Character.FORMAT
                ? '?'
                : each)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
