package org.beaconcohort.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.beaconcohort.cli.bench.BenchCommand;
import org.beaconcohort.cli.cohort.CoordinatorCommand;
import org.beaconcohort.cli.cohort.ParticipantCommand;
import org.beaconcohort.cli.demo.DemoCommand;
import org.beaconcohort.cli.evidence.EvidenceCommand;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.fixture.ChainCommand;
import org.beaconcohort.cli.fixture.RelayCommand;
import org.beaconcohort.cli.journal.JournalCommand;
import org.beaconcohort.cli.keys.KeysCommand;
import org.beaconcohort.cli.reliability.ReliabilityCommand;
import org.beaconcohort.cli.update.UpdateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code beacon-cohort} command. Exit codes are in {@link ExitCode} and in every help text. */
@Command(
    name = "beacon-cohort",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CoordinatorCommand.class,
      ParticipantCommand.class,
      UpdateCommand.class,
      KeysCommand.class,
      JournalCommand.class,
      EvidenceCommand.class,
      ReliabilityCommand.class,
      RelayCommand.class,
      ChainCommand.class,
      BenchCommand.class
    },
    description = "Anchors did:btcr2 updates of many controllers in one Bitcoin transaction.",
    footer = {
      "",
      "Examples:",
      "  beacon-cohort demo",
      "  beacon-cohort COMMAND --help",
      "",
      "Environment: NO_COLOR turns colours off; BEACON_COHORT_TRACE=1 adds the stack trace to a"
          + " fault of this program; BEACON_COHORT_JAVA_OPTS are options for Java, for instance"
          + " -Dbeacon-cohort.curve-engine=bouncycastle, to compute without the native library"
          + " (--version tells which engine is used); BEACON_COHORT_PASSWORD may hold the password of a"
          + " keystore."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, which prints to the process's streams unless told otherwise. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    everywhere(commandLine, exitCodes());
    // Else @FILE would stand for the words in a file of any size, and errors would quote them.
    commandLine.setExpandAtFiles(false);
    commandLine.setExecutionExceptionHandler(
        (fault, failed, arguments) -> internal(fault, failed.getErr()));
    commandLine.setParameterExceptionHandler((wrong, arguments) -> usage(wrong));
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
  }

  private static int usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("beacon-cohort: USAGE: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("  next: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.status();
  }

  private static int internal(Exception fault, PrintWriter err) {
    err.println("beacon-cohort: INTERNAL: a fault of this program: " + fault);
    err.println("  next: run it again with BEACON_COHORT_TRACE=1 and report what it prints");
    if ("1".equals(System.getenv("BEACON_COHORT_TRACE"))) {
      fault.printStackTrace(err);
    }
    err.flush();
    return ExitCode.INTERNAL.status();
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode each : ExitCode.values()) {
      meanings.put(Integer.toString(each.status()), each.meaning());
    }
    return meanings;
  }

  private static void everywhere(CommandLine commandLine, Map<String, String> exitCodes) {
    commandLine.getCommandSpec().versionProvider(new Version());
    commandLine
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes)
        .width(100);
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      everywhere(subcommand, exitCodes);
    }
  }
}
