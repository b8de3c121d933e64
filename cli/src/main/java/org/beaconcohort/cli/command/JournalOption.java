package org.beaconcohort.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import picocli.CommandLine.Option;

/** Where a command keeps its facts, so that it can be run again after it was stopped. */
public final class JournalOption {
  @Option(
      names = "--journal",
      paramLabel = "FILE|URL",
      defaultValue = "",
      description = {
        "Where facts are kept: a file, or jdbc:postgresql:… (default: KEYFILE.journal). After this"
            + " command was stopped or killed, the same command goes on from there."
      })
  private String journal = "";

  /** For picocli. */
  public JournalOption() {}

  /** Whether one was named. */
  public boolean isNamed() {
    return !journal.isEmpty();
  }

  /**
   * The journal that was named, or the one beside a key file. Whoever got it closes it. What this
   * machine has seen of a server's journal is kept beside the key file.
   *
   * @throws CommandFailure usage, for what is neither a file nor such a URL
   * @throws org.beaconcohort.adapter.journal.fault.JournalException if it cannot be opened
   */
  public JournalStore open(Path keyFile) {
    String url =
        isNamed() ? journal : keyFile.resolveSibling(keyFile.getFileName() + ".journal").toString();
    try {
      return JournalStore.open(
          url,
          JournalSettings.defaults()
              .witnessedIn(Optional.ofNullable(keyFile.toAbsolutePath().getParent())));
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "JOURNAL",
          String.valueOf(wrong.getMessage()),
          "for instance --journal alice.journal");
    }
  }

  /** Another process works with the same identity on the same journal. */
  public static CommandFailure inUse(DuplicateInstanceException held) {
    return CommandFailure.refused(
        "DUPLICATE_INSTANCE",
        String.valueOf(held.getMessage()),
        "wait until that one ends; never run two processes with one key");
  }
}
