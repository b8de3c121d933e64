package org.beaconcohort.cohort.signer;

import org.beaconcohort.cohort.model.Code;

/** A nonce was asked for another transcript than the one it is claimed for (R6); nothing signed. */
public final class NonceClaimedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NonceClaimedException(String message) {
    super(message);
  }

  /** {@link Code#NONCE_ALREADY_CLAIMED}. */
  public Code code() {
    return Code.NONCE_ALREADY_CLAIMED;
  }
}
