package org.beaconcohort.cli.cohort;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coordinator}: only a name for what is below it. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    subcommands = {CoordinatorRunCommand.class, CoordinatorStandByCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Leads cohorts.",
    footer = {"", "Example:", "  beacon-cohort coordinator run --help"})
public final class CoordinatorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
