package org.beaconcohort.cli.update;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code update}: only a name for what is below it. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    subcommands = {MakeCommand.class, SignCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes and signs updates of DID documents.",
    footer = {
      "",
      "Examples:",
      "  beacon-cohort update make --help",
      "  beacon-cohort update sign --help"
    })
public final class UpdateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
