package org.beaconcohort.cohort.bitcoin;

/**
 * A spend that must not be built or signed: amounts that do not add up, dust, a second OP_RETURN, a
 * signature that does not verify, a sighash that does not exist.
 */
public final class InvalidSpendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal that says what was expected, what was found and what to do. */
  public InvalidSpendException(String message) {
    super(message);
  }
}
