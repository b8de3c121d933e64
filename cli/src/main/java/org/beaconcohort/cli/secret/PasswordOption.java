package org.beaconcohort.cli.secret;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.keystore.secret.SecretText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the password of a keystore comes from; never from arguments. */
public final class PasswordOption {
  private static final String OPTION = "--password-fd";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = OPTION,
      paramLabel = "N",
      description =
          "Read the keystore's password from a line of this file descriptor (default: the variable"
              + " BEACON_COHORT_PASSWORD, else a prompt).")
  private @Nullable Integer descriptor;

  /** For picocli. */
  public PasswordOption() {}

  /** Refuses, and does not repeat, what everybody who lists processes has seen. */
  @Option(
      names = {"--password", "--passphrase", "--secret", "--mnemonic"},
      arity = "0..*",
      hidden = true)
  void inArguments(@Nullable List<String> given) {
    if (given != null) {
      throw new ParameterException(
          spec.commandLine(),
          "secrets must not be arguments: others see them, and shells keep them. If this one was"
              + " real, change it. Give it by prompt, by descriptor or in BEACON_COHORT_PASSWORD");
    }
  }

  /** The password that opens a keystore. */
  public SecretText toOpen(SecretInput input, Path keystore) {
    return input.get(
        Optional.ofNullable(descriptor),
        Wanted.toOpen("password of keystore " + keystore, OPTION, true));
  }

  /** The password of a keystore that is made now. */
  public SecretText toCreate(SecretInput input, Path keystore) {
    return input.get(
        Optional.ofNullable(descriptor),
        Wanted.toSeal("password for the new keystore " + keystore, OPTION, true));
  }
}
