package org.beaconcohort.cohort.reliability;

/** A text that {@link ReliabilityLog} did not write, or that was changed since. */
public final class MalformedReliabilityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which line, and what was expected of it. */
  public MalformedReliabilityException(String message) {
    super(message);
  }

  /** The same, because of another error. */
  public MalformedReliabilityException(String message, Throwable cause) {
    super(message, cause);
  }
}
