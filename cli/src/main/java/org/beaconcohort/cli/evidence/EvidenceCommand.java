package org.beaconcohort.cli.evidence;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evidence}: only a name for what is below it. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    subcommands = VerifyCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Proofs that somebody broke a cohort's rules, which anybody can verify.",
    footer = {"", "Example:", "  beacon-cohort evidence verify alice-out/evidence-1.json"})
public final class EvidenceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }
}
