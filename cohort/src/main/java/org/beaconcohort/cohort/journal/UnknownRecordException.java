package org.beaconcohort.cohort.journal;

/**
 * A record of a type or version that this program does not know: a later one wrote the journal, or
 * it is the journal of another role.
 */
public final class UnknownRecordException extends UnreadableRecordException {
  private static final long serialVersionUID = 1L;

  UnknownRecordException(String message) {
    super(message);
  }
}
