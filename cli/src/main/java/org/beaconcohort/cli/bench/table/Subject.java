package org.beaconcohort.cli.bench.table;

import java.util.List;

/** A kind of results: for machines the name of a line's event, for people a table. */
public interface Subject {
  /** The name of its lines for machines. */
  String event();

  /** What its table shows, and what columns mean, after two spaces and the column's name. */
  List<String> explanation();

  /** The columns of its table. */
  List<String> headings();
}
