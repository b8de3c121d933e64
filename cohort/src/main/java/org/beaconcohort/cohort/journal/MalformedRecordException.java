package org.beaconcohort.cohort.journal;

/** A record of a known type is not what that type's records are: the journal was damaged. */
public final class MalformedRecordException extends UnreadableRecordException {
  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }
}
