package org.beaconcohort.cohort.signer;

import org.beaconcohort.cohort.model.Code;

/**
 * A secret nonce is not here: never opened in this process, erased with its round, or used up by a
 * signature that failed. It cannot come back; the attempt needs another one (N4).
 */
public final class NonceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NonceLostException(String message) {
    super(message);
  }

  /** {@link Code#NONCE_LOST}. */
  public Code code() {
    return Code.NONCE_LOST;
  }
}
