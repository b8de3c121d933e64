package org.beaconcohort.cli.bench.musig2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cli.bench.table.Line;
import org.beaconcohort.cli.bench.table.Tables;
import org.beaconcohort.cli.report.Report;

/** What was found so far: told to machines at once, to people at the end in tables. */
final class Results {
  private final Tables tables;
  private final List<Line> targets = new ArrayList<>();
  private int missed;

  Results(Report report) {
    this.tables = new Tables(report);
  }

  /** Takes a line. */
  void add(Line line) {
    tables.add(line);
  }

  /**
   * Compares something found with what is aimed at, if anything is.
   *
   * @param signers 0 where their number does not matter
   */
  void found(Aim.Measure measure, int signers, String engine, double value) {
    for (Aim aim : Aim.ALL) {
      if (aim.isAbout(measure, signers, engine)) {
        targets.add(aim.line(signers, engine, value));
        missed += aim.isMetBy(value) ? 0 : 1;
      }
    }
  }

  /** Tells what is left to tell, and leaves the final line to the caller. */
  void tell() {
    targets.forEach(this::add);
    tables.tell(List.of(Section.values()));
  }

  /** How many aims are missed. */
  int missed() {
    return missed;
  }

  /** Puts the number of aims, and of those met, into the final line. */
  ObjectNode summary(ObjectNode done) {
    return done.put("targets", targets.size()).put("met", targets.size() - missed);
  }
}
