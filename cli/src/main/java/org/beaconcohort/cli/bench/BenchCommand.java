package org.beaconcohort.cli.bench;

import org.beaconcohort.cli.bench.journal.JournalBenchCommand;
import org.beaconcohort.cli.bench.musig2.Musig2Command;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: only a name for what is below it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {Musig2Command.class, JournalBenchCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures what this program computes and keeps, on this machine.",
    footer = {
      "",
      "Examples:",
      "  beacon-cohort bench musig2 --help",
      "  beacon-cohort bench journal --help"
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
