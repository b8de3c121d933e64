package org.beaconcohort.cohort.bitcoin;

/** Bytes are not exactly one canonical transaction, or a transaction that no block could hold. */
public final class MalformedTransactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedTransactionException(String message) {
    super(message);
  }
}
