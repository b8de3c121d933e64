package org.beaconcohort.cli.keys;

import org.beaconcohort.adapter.keystore.KeyReuse;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.secret.SecretInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys create}: a new random key. */
@Command(
    name = "create",
    description = {
      "Makes a new key in a keystore, and the keystore if there is none.",
      "Nothing but this file holds the key: back it up with keys backup."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys create --keystore keys --name alice",
      "  beacon-cohort keys create --keystore keys --name leader --purpose identity"
    })
final class CreateCommand extends ReportingCommand {
  @Mixin private KeystoreAt at = new KeystoreAt();
  @Mixin private NewKey key = new NewKey();

  @Override
  protected ExitCode run(Report report) {
    KeyEntry.requireName(key.name());
    var purpose = key.purpose();
    KeyEntry made;
    try (SecretInput input = SecretInput.ofProcess();
        Keystore keystore = at.openOrCreate(input);
        KeyNumber number = KeyNumber.generate(at.random())) {
      made = keystore.add(key.name(), purpose, number, "created", KeyReuse.REFUSED);
    }
    KeyLines.print(report, made);
    report.value("keystore", at.path().toString());
    report.done(KeyLines.json(made));
    return ExitCode.OK;
  }
}
