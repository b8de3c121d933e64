package org.beaconcohort.adapter.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a journal is used.
 *
 * @param leaseTime how long the holder of an identity in a shared database may be silent before
 *     another may take it; a file's holder is watched by the operating system instead
 * @param witnesses where this machine remembers how far a shared database's journal had come; a
 *     file's witnesses are beside it
 */
public record JournalSettings(Duration leaseTime, Optional<Path> witnesses) {
  /** Checks the time. */
  public JournalSettings {
    if (leaseTime.toMillis() < 1) {
      throw new IllegalArgumentException("lease time must be 1 ms or more, got " + leaseTime);
    }
  }

  /** 30 seconds, and witnesses only for files. */
  public static JournalSettings defaults() {
    return new JournalSettings(Duration.ofSeconds(30), Optional.empty());
  }

  /** The same with witnesses of a shared database in a folder. */
  public JournalSettings witnessedIn(Optional<Path> folder) {
    return new JournalSettings(leaseTime, folder);
  }
}
