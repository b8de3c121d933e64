package org.beaconcohort.cli.journal;

import java.nio.file.Path;
import java.util.Optional;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import picocli.CommandLine.Option;

/** Which journal; whoever opens it closes it. */
final class JournalAt {
  @Option(
      names = "--journal",
      required = true,
      paramLabel = "FILE|URL",
      description = "The journal: a file, or jdbc:postgresql:….")
  private String journal = "";

  /** To look at, beside whoever writes. */
  JournalStore toRead() {
    try {
      return JournalStore.openToRead(journal);
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong);
    }
  }

  /** To write to, made if there is none. */
  JournalStore toWrite() {
    return toWrite(Optional.empty());
  }

  private JournalStore toWrite(Optional<Path> witnesses) {
    try {
      return JournalStore.open(journal, JournalSettings.defaults().witnessedIn(witnesses));
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong);
    }
  }

  /** To write to, if there is one already. */
  JournalStore toChange() {
    return toChange(Optional.empty());
  }

  /** The same, where this machine's witnesses of a server's journal are in a folder. */
  JournalStore toChange(Optional<Path> witnesses) {
    toRead().close();
    return toWrite(witnesses);
  }

  private static CommandFailure usage(IllegalArgumentException wrong) {
    return new CommandFailure(
        ExitCode.USAGE,
        "JOURNAL",
        String.valueOf(wrong.getMessage()),
        "for instance --journal alice.key.journal");
  }
}
