package org.beaconcohort.cohort.bitcoin;

/** A list of cohort keys that gives no beacon output: none, or two that are the same x-only key. */
public final class InvalidKeySetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidKeySetException(String message) {
    super(message);
  }
}
