package org.beaconcohort.cli.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.format.MalformedKeyException;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cli.report.HumanReport;
import org.beaconcohort.cli.report.JsonReport;
import org.beaconcohort.cli.report.Report;
import org.beaconcohort.cli.report.Terminal;
import org.beaconcohort.cli.wiring.CurveEngineChoice;
import org.beaconcohort.cohort.port.PortFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that reports to people or to machines, and whose failures end in an exit code, a
 * message and what to do next.
 */
@Command(mixinStandardHelpOptions = true)
public abstract class ReportingCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      description = "One JSON object per line on standard output, the rest on standard error.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** For subclasses. */
  protected ReportingCommand() {}

  /** Does the work. */
  protected abstract ExitCode run(Report report);

  /** The party whose progress people read. */
  protected String narrator() {
    return "coordinator";
  }

  @Override
  public final Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Report report =
        json
            ? new JsonReport(out, err, Clock.systemUTC())
            : new HumanReport(out, err, Terminal.ofProcess(), Clock.systemUTC(), narrator());
    try {
      CurveEngineChoice.requireAvailable();
      return run(report).status();
    } catch (CommandFailure failure) {
      return failed(report, failure);
    } catch (JournalException failure) {
      return failed(report, JournalFailures.of(failure));
    } catch (KeystoreException failure) {
      return failed(report, KeystoreFailures.of(failure));
    } catch (MalformedKeyException malformed) {
      return failed(
          report,
          CommandFailure.badInput(String.valueOf(malformed.getMessage()), malformed.next()));
    } catch (PortFailure failure) {
      return failed(
          report,
          CommandFailure.unavailable(
              String.valueOf(failure.getMessage()), "see that it is there, then run it again"));
    }
  }

  private static int failed(Report report, CommandFailure failure) {
    report.failed(failure);
    report.note("beacon-cohort: " + failure.code() + ": " + failure.getMessage());
    report.note("  next: " + failure.next());
    return failure.exitCode().status();
  }
}
