package org.beaconcohort.cohort.journal;

/**
 * A record is not read, and nothing after it may be used either. The message names the record's
 * type and version and what is wrong; of the payload it shows a short name or number at most, never
 * a channel key.
 */
public abstract sealed class UnreadableRecordException extends RuntimeException
    permits MalformedRecordException, UnknownRecordException {
  private static final long serialVersionUID = 1L;

  UnreadableRecordException(String message) {
    super(message);
  }
}
