package org.beaconcohort.cli.command;

import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/** What befalls a keystore, as a person sees it. */
public final class KeystoreFailures {
  private KeystoreFailures() {}

  /** The failure of a command that a keystore refused; its code is the fault's name. */
  public static CommandFailure of(KeystoreException failure) {
    KeystoreFault fault = failure.fault();
    return new CommandFailure(
        exitCode(fault), fault.name(), String.valueOf(failure.getMessage()), failure.next());
  }

  private static ExitCode exitCode(KeystoreFault fault) {
    return switch (fault) {
      case BAD_NAME, WEAK_PASSWORD -> ExitCode.USAGE;
      case NOT_THERE,
          NOT_A_KEYSTORE,
          WRONG_KIND,
          UNKNOWN_VERSION,
          TRUNCATED,
          DAMAGED,
          ABSURD_PARAMETERS,
          NOT_PRIVATE ->
          ExitCode.BAD_INPUT;
      case LOCKED, IO_ERROR -> ExitCode.UNAVAILABLE;
      case EXISTS,
          WRONG_PASSWORD,
          TAMPERED,
          CHANGED,
          NO_SUCH_KEY,
          NAME_TAKEN,
          OTHER_PURPOSE,
          KEY_REUSED,
          FULL ->
          ExitCode.REFUSED;
    };
  }
}
