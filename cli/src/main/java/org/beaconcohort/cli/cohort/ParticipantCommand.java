package org.beaconcohort.cli.cohort;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code participant}: only a name for what is below it. */
@Command(
    name = "participant",
    mixinStandardHelpOptions = true,
    subcommands = {JoinCommand.class, LeadCommand.class, PairCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Takes part in cohorts.",
    footer = {"", "Example:", "  beacon-cohort participant join --help"})
public final class ParticipantCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
