package org.beaconcohort.cli.journal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code journal}: only a name for what is below it. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    subcommands = {
      CheckCommand.class,
      ListCommand.class,
      ShowCommand.class,
      StatsCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ArchiveCommand.class,
      HaltsCommand.class,
      ClearHaltCommand.class,
      AcceptRollbackCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Looks after a journal: the file or database where cohorts are kept, and what was signed.",
      "check, list, show, stats, halts and export only look; they may run beside whoever writes."
    },
    footer = {
      "",
      "Examples:",
      "  beacon-cohort journal check --journal alice.key.journal",
      "  beacon-cohort journal clear-halt --help"
    })
public final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
