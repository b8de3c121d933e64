package org.beaconcohort.cli.files;

import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cohort.port.PortFailure;

/** The ledger cannot be kept, so nothing may leave. */
final class LedgerFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  LedgerFailure(CommandFailure cause) {
    super("update ledger: " + cause.getMessage() + "; " + cause.next(), false, cause);
  }
}
