package org.beaconcohort.cohort.bitcoin.script;

/** A leaf of the beacon output, or a stack for it, that could never be spent as meant. */
public final class InvalidLeafException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidLeafException(String message) {
    super(message);
  }
}
