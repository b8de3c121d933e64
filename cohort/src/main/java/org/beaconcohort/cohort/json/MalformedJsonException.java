package org.beaconcohort.cohort.json;

/** A text is not strict JSON within its limits, or not of the shape that its format asks for. */
public final class MalformedJsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String message) {
    super(message);
  }

  public MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
