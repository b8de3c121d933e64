package org.beaconcohort.cli.keys;

import java.util.Locale;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.format.HexKey;
import org.beaconcohort.adapter.keystore.format.KeyPath;
import org.beaconcohort.adapter.keystore.format.MnemonicKey;
import org.beaconcohort.adapter.keystore.format.Ncryptsec;
import org.beaconcohort.adapter.keystore.format.Wif;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.secret.SecretInput;
import org.beaconcohort.cli.secret.Wanted;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys import}: a key that was made elsewhere. */
@Command(
    name = "import",
    description = {
      "Takes a key that was made elsewhere into a keystore, and makes the keystore if there is"
          + " none. The secret is typed, or a line of a descriptor.",
      "One key belongs to one place: what still uses it elsewhere must stop, or two processes"
          + " sign with one key."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys import --keystore keys --name alice --format hex --secret-fd 3 \\",
      "      3<alice.key",
      "  beacon-cohort keys import --keystore keys --name wallet --format mnemonic \\",
      "      --path \"m/86'/1'/0'/0/0\""
    })
final class ImportCommand extends ReportingCommand {
  @Mixin private KeystoreAt at = new KeystoreAt();
  @Mixin private NewKey key = new NewKey();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "hex|wif|ncryptsec|mnemonic",
      description =
          "What the secret is: 64 digits, WIF, NIP-49, or words of BIP-39 with a path of BIP-86.")
  private String format = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "With --format mnemonic: the key's path (default: m/86'/COIN'/0'/0/0 of the network).")
  private @Nullable String path;

  @Option(
      names = "--key-network",
      paramLabel = "NAME",
      defaultValue = "regtest",
      description =
          "Network that a WIF or a path is of; it decides nothing else (default:"
              + " ${DEFAULT-VALUE}).")
  private String network = "regtest";

  @Option(
      names = "--secret-fd",
      paramLabel = "N",
      description = "Read the secret from a line of this file descriptor (default: a prompt).")
  private @Nullable Integer secretDescriptor;

  @Option(
      names = "--secret-password-fd",
      paramLabel = "N",
      description =
          "The same for the password of an ncryptsec (default: a prompt) or the passphrase of a"
              + " mnemonic (default: none).")
  private @Nullable Integer passwordDescriptor;

  @Option(
      names = "--ask-passphrase",
      description = "With --format mnemonic: ask for its passphrase at the terminal.")
  private boolean askPassphrase;

  @Override
  protected ExitCode run(Report report) {
    KeyEntry.requireName(key.name());
    var purpose = key.purpose();
    KeyFormat checked = KeyFormat.of(format);
    KeyEntry taken;
    // The keystore's password, then the secret, then the secret's password; then a keystore is
    // made.
    try (SecretInput input = SecretInput.ofProcess();
        SecretText password = at.secret(input);
        KeyNumber number = number(checked, input);
        Keystore keystore = at.openOrCreate(password)) {
      taken = keystore.add(key.name(), purpose, number, origin(checked), key.reuse());
    }
    KeyLines.print(report, taken);
    report.value("keystore", at.path().toString());
    report.done(KeyLines.json(taken));
    return ExitCode.OK;
  }

  private String origin(KeyFormat checked) {
    return checked == KeyFormat.MNEMONIC
        ? "mnemonic " + keyPath()
        : checked.name().toLowerCase(Locale.ROOT);
  }

  private KeyNumber number(KeyFormat checked, SecretInput input) {
    try (SecretText typed =
            input.get(
                Optional.ofNullable(secretDescriptor),
                Wanted.toOpen(checked.what(), "--secret-fd", false));
        SecretText secret = typed.stripped()) {
      return switch (checked) {
        case HEX -> HexKey.decode(secret);
        case WIF -> Wif.decode(secret, keyNetwork());
        case NCRYPTSEC -> ncryptsec(secret, input);
        case MNEMONIC -> mnemonic(secret, input);
      };
    }
  }

  private KeyNumber ncryptsec(SecretText secret, SecretInput input) {
    // The text itself is encrypted.
    String text = new String(secret.copy());
    try (SecretText password =
        input.get(
            Optional.ofNullable(passwordDescriptor),
            Wanted.toOpen("password of the ncryptsec", "--secret-password-fd", false))) {
      return Ncryptsec.decode(text, password);
    }
  }

  private KeyNumber mnemonic(SecretText secret, SecretInput input) {
    boolean given = passwordDescriptor != null || askPassphrase;
    try (SecretText passphrase =
        given
            ? input.get(
                Optional.ofNullable(passwordDescriptor),
                Wanted.toSeal("passphrase of the mnemonic", "--secret-password-fd", false))
            : SecretText.of(new char[0])) {
      return MnemonicKey.derive(secret, passphrase, keyPath());
    }
  }

  private KeyPath keyPath() {
    return path == null ? KeyPath.first(keyNetwork()) : KeyPath.parse(path, keyNetwork());
  }

  private Network keyNetwork() {
    return Network.ofSpecName(network)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "NETWORK",
                "network must be one that did:btcr2 names, got " + network,
                "for instance --key-network bitcoin"));
  }
}
