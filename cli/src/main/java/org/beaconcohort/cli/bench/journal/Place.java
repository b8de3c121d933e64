package org.beaconcohort.cli.bench.journal;

import org.beaconcohort.adapter.journal.JournalStore;

/** A database to measure; what was made in it is removed when it is closed. */
interface Place extends AutoCloseable {
  /** What results call it. */
  String name();

  /** Makes a new, empty journal and gives its URL. */
  String fresh();

  /** Opens a journal made here. */
  JournalStore open(String url);

  @Override
  void close();
}
