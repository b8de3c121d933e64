package org.beaconcohort.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code beacon-cohort} command.
 *
 * <p>Exit codes: 0 done, 2 the command line is wrong, 70 a fault of this program.
 */
@Command(
    name = "beacon-cohort",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeOnExecutionException = 70,
    description = "Anchors did:btcr2 updates of many controllers in one Bitcoin transaction.")
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
