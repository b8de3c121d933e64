package org.beaconcohort.cohort.message;

/**
 * A text is not the one canonical content of a statement of its kind. The message names the thing,
 * the expected and the found value, in that order; for text over its limit it says {@code
 * TOO_LARGE}. It never repeats the text, which may hold a channel key.
 */
public final class MalformedStatementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with a text, without repeating it. */
  public MalformedStatementException(String message) {
    super(message);
  }

  /** Says what is wrong with a text, without repeating it; nor may {@code cause}. */
  public MalformedStatementException(String message, Throwable cause) {
    super(message, cause);
  }
}
