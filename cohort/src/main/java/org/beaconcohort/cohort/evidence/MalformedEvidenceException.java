package org.beaconcohort.cohort.evidence;

/**
 * A text that is no evidence, or evidence that has no text within the limits; it proves nothing.
 */
public final class MalformedEvidenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected. */
  public MalformedEvidenceException(String message) {
    super(message);
  }

  /** The same, because of another error. */
  public MalformedEvidenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
