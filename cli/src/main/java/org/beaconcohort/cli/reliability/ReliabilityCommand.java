package org.beaconcohort.cli.reliability;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reliability}: only a name for what is below it. */
@Command(
    name = "reliability",
    mixinStandardHelpOptions = true,
    subcommands = {
      ShowCommand.class,
      ForecastCommand.class,
      BanByCommand.class,
      ForgetCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "What `coordinator run --reliability FILE` remembers of members, by DID.",
      "Silence is no guilt: it is counted, and whoever was silent is taken last once. A ban needs a"
          + " proof, which the file keeps and every reading verifies again."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort reliability show members.reliability",
      "  beacon-cohort reliability ban-by members.reliability coordinator-out/evidence-1.json"
    })
public final class ReliabilityCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
