package org.beaconcohort.cohort.evidence;

/**
 * Statements that prove nothing against anybody: what was expected and is not so. Nobody may be
 * blamed for it, neither whom they were to convict nor who put them together.
 */
public final class UnprovenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected. */
  public UnprovenException(String message) {
    super(message);
  }

  /** The same, of a value that cannot be computed with. */
  public UnprovenException(String message, Throwable cause) {
    super(message, cause);
  }

  static void unless(boolean holds, String expected) {
    if (!holds) {
      throw new UnprovenException(expected);
    }
  }
}
