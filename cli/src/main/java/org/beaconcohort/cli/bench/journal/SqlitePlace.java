package org.beaconcohort.cli.bench.journal;

import java.nio.file.Path;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;

/** A file for each journal, in a folder that its owner removes. */
final class SqlitePlace implements Place {
  private final Path folder;
  private int made;

  SqlitePlace(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String fresh() {
    made++;
    return folder.resolve("journal-" + made + ".db").toString();
  }

  @Override
  public JournalStore open(String url) {
    return JournalStore.open(url, JournalSettings.defaults());
  }

  @Override
  public void close() {
    // The folder is the owner's.
  }
}
