package org.beaconcohort.cli.command;

import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/** What befalls a journal, as a person sees it: what happened, what is safe, what to do next. */
public final class JournalFailures {
  private JournalFailures() {}

  /** The failure of a command that a journal refused; its code is the fault's name. */
  public static CommandFailure of(JournalException failure) {
    Fault fault = failure.fault();
    return new CommandFailure(
        exitCode(fault),
        fault.name(),
        fault.happened() + " (" + failure.detail() + "); safe: " + fault.safe(),
        fault.todo());
  }

  private static ExitCode exitCode(Fault fault) {
    return switch (fault) {
      case DISK_FULL,
          READ_ONLY,
          IO_ERROR,
          LOCKED,
          NOT_DURABLE,
          UNREACHABLE,
          OUTCOME_UNKNOWN,
          UNEXPECTED ->
          ExitCode.UNAVAILABLE;
      case CORRUPT, NOT_A_JOURNAL, NEWER_SCHEMA, OLDER_SCHEMA, NOT_PRIVATE, BAD_EXPORT ->
          ExitCode.BAD_INPUT;
      case FENCED,
          DUPLICATE_INSTANCE,
          ROLLED_BACK,
          STREAM_MOVED,
          LEDGER_CONFLICT,
          LEDGER_DAMAGED,
          HALTED,
          DAMAGED,
          UNKNOWN_RECORD,
          NEWER_VERSION,
          ARCHIVED ->
          ExitCode.REFUSED;
    };
  }
}
