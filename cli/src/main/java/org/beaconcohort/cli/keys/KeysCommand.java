package org.beaconcohort.cli.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: only a name for what is below it. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    subcommands = {
      CreateCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ListCommand.class,
      PasswdCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Keeps secret keys under a password in one file.",
      "Passwords and keys come from a prompt or a file descriptor, the keystore's password also"
          + " from BEACON_COHORT_PASSWORD; never from arguments."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort keys create --keystore keys --name alice",
      "  beacon-cohort keys list --keystore keys"
    })
public final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
