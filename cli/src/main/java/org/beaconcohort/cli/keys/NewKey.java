package org.beaconcohort.cli.keys;

import org.beaconcohort.adapter.keystore.KeyReuse;
import org.beaconcohort.adapter.keystore.file.KeyPurpose;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import picocli.CommandLine.Option;

/** How a key that comes into a keystore is called, and what it is for. */
final class NewKey {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the key: 1 to 64 of a-z, 0-9, dot, dash, underscore.")
  private String name = "";

  @Option(
      names = "--purpose",
      paramLabel = "did|identity",
      defaultValue = "did",
      description =
          "What it is for: a DID and its memberships, or a coordinator's identity (default:"
              + " ${DEFAULT-VALUE}).")
  private String purpose = "did";

  @Option(
      names = "--accept-linked-keys",
      description =
          "Take a key that the keystore holds already under another name. Then everybody sees that"
              + " both are one party, and whoever gets one has both.")
  private boolean linked;

  String name() {
    return name;
  }

  KeyPurpose purpose() {
    return KeyPurpose.of(purpose)
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "PURPOSE",
                "purpose must be did or identity, got " + purpose,
                "correct that option"));
  }

  KeyReuse reuse() {
    return linked ? KeyReuse.LINKED_KEYS_ACCEPTED : KeyReuse.REFUSED;
  }
}
