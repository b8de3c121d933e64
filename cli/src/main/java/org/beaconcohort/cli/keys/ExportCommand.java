package org.beaconcohort.cli.keys;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.Keystore;
import org.beaconcohort.adapter.keystore.file.KeyEntry;
import org.beaconcohort.adapter.keystore.format.HexKey;
import org.beaconcohort.adapter.keystore.format.Ncryptsec;
import org.beaconcohort.adapter.keystore.format.Wif;
import org.beaconcohort.adapter.keystore.secret.KeyNumber;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.beaconcohort.cli.command.ReportingCommand;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.files.SecretFile;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.secret.SecretInput;
import org.beaconcohort.cli.secret.Wanted;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.json.StrictJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys export}: a key as a file that other programs read. */
@Command(
    name = "export",
    description = {
      "Writes a key into a new file of mode 0600 that other programs read; never to the terminal.",
      "As ncryptsec it is encrypted under a password of its own. To keep a copy, use keys backup:"
          + " only what it brings back is known to be old."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys export --keystore keys --name alice --out alice.ncryptsec",
      "  beacon-cohort keys export --keystore keys --name alice --format hex \\",
      "      --unencrypted --out alice.key"
    })
final class ExportCommand extends ReportingCommand {
  private static final int SHORTEST_PASSWORD = 8;

  @Mixin private KeystoreAt at = new KeystoreAt();

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The key.")
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "ncryptsec|hex|wif",
      defaultValue = "ncryptsec",
      description = "How it is written (default: ${DEFAULT-VALUE}).")
  private String format = "ncryptsec";

  @Option(
      names = "--unencrypted",
      description =
          "With hex and wif: whoever reads the file has the key, and disks and their backups keep"
              + " what was deleted.")
  private boolean unencrypted;

  @Option(
      names = "--key-network",
      paramLabel = "NAME",
      defaultValue = "regtest",
      description = "Network that a WIF is for (default: ${DEFAULT-VALUE}).")
  private String network = "regtest";

  @Option(
      names = "--secret-password-fd",
      paramLabel = "N",
      description =
          "Read the password of the ncryptsec from a line of this descriptor (default: a prompt).")
  private @Nullable Integer passwordDescriptor;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "New file; none is replaced.")
  private Path out = Path.of("");

  @Override
  protected ExitCode run(Report report) {
    KeyFormat checked = KeyFormat.of(format);
    requireMeant(checked);
    try (SecretInput input = SecretInput.ofProcess();
        Keystore keystore = at.open(input)) {
      KeyEntry entry = keystore.entry(name);
      try (KeyNumber number = keystore.number(name);
          SecretText text = text(checked, number, input)) {
        byte[] line = line(text);
        try {
          SecretFile.create(out, line);
        } finally {
          Arrays.fill(line, (byte) 0);
        }
      }
      KeyLines.print(report, entry);
    }
    report.value("written", out + " (mode 0600), " + format);
    report.done(
        StrictJson.newObject()
            .put("name", name)
            .put("format", format)
            .put("encrypted", checked == KeyFormat.NCRYPTSEC)
            .put("out", out.toString()));
    return ExitCode.OK;
  }

  private void requireMeant(KeyFormat checked) {
    if (checked == KeyFormat.MNEMONIC) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "FORMAT",
          "format must be ncryptsec, hex or wif: words are not kept, and no key tells them",
          "keep the words where they are");
    }
    if (checked != KeyFormat.NCRYPTSEC && !unencrypted) {
      throw CommandFailure.refused(
          "UNENCRYPTED",
          "a key as " + format + " is open to whoever reads the file; nothing was written",
          "leave --format out, or say --unencrypted if that is meant");
    }
  }

  private SecretText text(KeyFormat checked, KeyNumber number, SecretInput input) {
    return switch (checked) {
      case HEX -> HexKey.encode(number);
      case WIF -> Wif.encode(number, keyNetwork());
      case NCRYPTSEC, MNEMONIC -> encrypted(number, input);
    };
  }

  private SecretText encrypted(KeyNumber number, SecretInput input) {
    try (SecretText password =
        input.get(
            Optional.ofNullable(passwordDescriptor),
            Wanted.toSeal("password for the ncryptsec", "--secret-password-fd", false))) {
      if (password.length() < SHORTEST_PASSWORD) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "WEAK_PASSWORD",
            "password of the ncryptsec must have 8 characters or more",
            "take a sentence");
      }
      String sealed = Ncryptsec.encode(number, password, Ncryptsec.DEFAULT_LOG_N, at.random());
      return SecretText.of(sealed.toCharArray());
    }
  }

  private static byte[] line(SecretText text) {
    byte[] utf8 = text.utf8(Normalizer.Form.NFC);
    byte[] line = Arrays.copyOf(utf8, utf8.length + 1);
    Arrays.fill(utf8, (byte) 0);
    line[line.length - 1] = '\n';
    return line;
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
