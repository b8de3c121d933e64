package org.beaconcohort.cli.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.secret.SecretInput;
import org.beaconcohort.cli.secret.Wanted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys restore}: keys come back from a backup. */
@Command(
    name = "restore",
    description = {
      "Takes the keys of a backup into a keystore, and makes the keystore if there is none. They are"
          + " marked: when one is used the next time, every nonce that was open in its journal is"
          + " used up without a signature, and sealed nonces beside it are deleted.",
      "A key that is here already stays and is marked too, for its journal may come from the same"
          + " time."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys restore --keystore keys --from keys-2026-11.backup",
      "  beacon-cohort keys restore --keystore keys --from alice.backup --name alice \\",
      "      --backup-password-fd 3 3<FILE"
    })
final class RestoreCommand extends ReportingCommand {
  @Mixin private KeystoreAt at = new KeystoreAt();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Only this key (default: all).")
  private String name = "";

  @Option(names = "--from", required = true, paramLabel = "FILE", description = "The backup.")
  private Path from = Path.of("");

  @Option(
      names = "--backup-password-fd",
      paramLabel = "N",
      description =
          "Read the backup's password from a line of this descriptor (default: the same as the"
              + " keystore's).")
  private @Nullable Integer backupDescriptor;

  @Override
  protected ExitCode run(Report report) {
    // What is no backup is said before anybody types a password.
    List<KeyEntry> restored = Keystore.listBackup(from);
    try (SecretInput input = SecretInput.ofProcess();
        SecretText password = at.secret(input);
        SecretText opening =
            backupDescriptor == null
                ? SecretText.of(password.copy())
                : input.get(
                    Optional.of(backupDescriptor),
                    Wanted.toOpen("password of the backup", "--backup-password-fd", false))) {
      var unused = Keystore.checkBackup(from, opening);
      try (Keystore keystore = at.openOrCreate(password)) {
        restored = keystore.restore(from, opening, each -> name.isEmpty() || each.equals(name));
      }
    }
    restored.forEach(entry -> KeyLines.print(report, entry));
    report.value("keystore", at.path().toString());
    report.note("nothing of before is signed with: the next use of each key sees to that");
    report.done(KeyLines.json(restored));
    return ExitCode.OK;
  }
}
