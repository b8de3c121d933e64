package org.beaconcohort.cli.keys;

import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KdfSettings;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.secret.SecretInput;
import org.beaconcohort.cli.secret.Wanted;
import org.beaconcohort.cohort.json.StrictJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys passwd}: another password. */
@Command(
    name = "passwd",
    description = {
      "Seals a keystore under another password, with a fresh salt. Backups and copies of the old"
          + " file still open with the old one."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys passwd --keystore keys",
      "  beacon-cohort keys passwd --keystore keys --password-fd 3 --new-password-fd 4 \\",
      "      3<old 4<new"
    })
final class PasswdCommand extends ReportingCommand {
  @Mixin private KeystoreAt at = new KeystoreAt();

  @Option(
      names = "--new-password-fd",
      paramLabel = "N",
      description = "Read the new password from a line of this descriptor (default: a prompt).")
  private @Nullable Integer newDescriptor;

  @Override
  protected ExitCode run(Report report) {
    try (SecretInput input = SecretInput.ofProcess();
        Keystore keystore = at.open(input);
        SecretText password =
            input.get(
                Optional.ofNullable(newDescriptor),
                Wanted.toSeal(
                    "new password of keystore " + at.path(), "--new-password-fd", false))) {
      keystore.changePassword(password, KdfSettings.DEFAULT);
    }
    report.line("keystore " + at.path() + " opens with the new password only");
    report.done(StrictJson.newObject().put("keystore", at.path().toString()));
    return ExitCode.OK;
  }
}
