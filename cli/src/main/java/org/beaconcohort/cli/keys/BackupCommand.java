package org.beaconcohort.cli.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
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

/** {@code keys backup}: the keys in another encrypted file. */
@Command(
    name = "backup",
    description = {
      "Writes the keys, encrypted, into a new file, and reads it back. keys restore brings them"
          + " back, and marks them, so that no nonce of before is ever signed with.",
      "It holds keys only. Journal and updates of a key (KEYSTORE.NAME.journal,"
          + " KEYSTORE.NAME.updates.json) are copied by other means, KEYSTORE.NAME.nonces never."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys backup --keystore keys --to keys-2026-11.backup",
      "  beacon-cohort keys backup --keystore keys --name alice --to alice.backup \\",
      "      --backup-password-fd 3 3<FILE"
    })
final class BackupCommand extends ReportingCommand {
  @Mixin private KeystoreAt at = new KeystoreAt();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Only this key (default: all).")
  private String name = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "New file; none is replaced.")
  private Path to = Path.of("");

  @Option(
      names = "--backup-password-fd",
      paramLabel = "N",
      description =
          "Seal the backup under a password of its own, a line of this descriptor (default: the"
              + " keystore's password of today).")
  private @Nullable Integer backupDescriptor;

  @Override
  protected ExitCode run(Report report) {
    List<KeyEntry> kept;
    try (SecretInput input = SecretInput.ofProcess();
        SecretText password = at.existing(input);
        Keystore keystore = at.openOrCreate(password);
        SecretText sealing =
            backupDescriptor == null
                ? SecretText.of(password.copy())
                : input.get(
                    Optional.of(backupDescriptor),
                    Wanted.toSeal("password for the backup", "--backup-password-fd", false))) {
      kept =
          keystore.backup(
              to, sealing, KdfSettings.DEFAULT, each -> name.isEmpty() || each.equals(name));
    }
    kept.forEach(entry -> KeyLines.print(report, entry));
    report.value("backup", to + " (mode 0600), read back");
    report.done(KeyLines.json(kept).put("to", to.toString()));
    return ExitCode.OK;
  }
}
