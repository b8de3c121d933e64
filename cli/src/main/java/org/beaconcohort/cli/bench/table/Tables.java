package org.beaconcohort.cli.bench.table;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cli.report.Report;

/** Lines that were found: told to machines at once, to people at the end in tables. */
public final class Tables {
  private final Report report;
  private final List<Line> lines = new ArrayList<>();

  /** Nothing found yet. */
  public Tables(Report report) {
    this.report = report;
  }

  /** Takes a line. */
  public void add(Line line) {
    lines.add(line);
    report.event(line.subject().event(), line.fields());
  }

  /** Shows people a table for each subject that has lines, in this order. */
  public void tell(List<? extends Subject> subjects) {
    for (Subject subject : subjects) {
      List<List<String>> rows =
          lines.stream().filter(line -> line.subject().equals(subject)).map(Line::cells).toList();
      if (!rows.isEmpty()) {
        report.line("");
        Table table = Table.of(subject.headings(), rows);
        subject.explanation().stream()
            .filter(line -> !table.isAboutHidden(line))
            .forEach(report::line);
        report.line("");
        table.lines().forEach(report::line);
      }
    }
  }
}
