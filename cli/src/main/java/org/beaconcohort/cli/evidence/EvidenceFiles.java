package org.beaconcohort.cli.evidence;

import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.files.OutputFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.MalformedEvidenceException;
import org.beaconcohort.cohort.json.StrictJson;

/** What a party can prove, left beside its results. */
public final class EvidenceFiles {
  private EvidenceFiles() {}

  /**
   * Writes {@code evidence-1.json} and so on, for their owner alone: they name DIDs and update
   * hashes of the whole cohort. One that cannot be written is told of and hides no outcome.
   */
  public static void write(Report report, Path directory, List<Evidence> all) {
    for (int i = 0; i < all.size(); i++) {
      Evidence evidence = all.get(i);
      Path file = directory.resolve("evidence-" + (i + 1) + ".json");
      try {
        OutputFile.ownerOnly(file, EvidenceCodec.encode(evidence));
      } catch (CommandFailure | MalformedEvidenceException unwritten) {
        report.note("proof of " + evidence.code() + " is not kept: " + unwritten.getMessage());
        continue;
      }
      report.note(
          "whoever signs with "
              + evidence.convicts()
              + " broke the rules: "
              + evidence.code()
              + ", proved by "
              + file);
      report.note(
          "  next: beacon-cohort evidence verify "
              + file
              + "; hand it on only to those who may know the cohort's DIDs (docs/operations.md,"
              + " Evidence)");
      report.event(
          "evidence",
          StrictJson.newObject()
              .put("file", file.toString())
              .put("code", evidence.code().name())
              .put("convicts", evidence.convicts().hex()));
    }
  }
}
