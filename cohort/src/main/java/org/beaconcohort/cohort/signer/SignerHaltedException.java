package org.beaconcohort.cohort.signer;

import org.beaconcohort.cohort.model.Code;

/** An operator or an alarm halted this signer; it makes no nonce and no signature any more. */
public final class SignerHaltedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SignerHaltedException() {
    super("signer must not be halted, it is; clear the cause and start a new process");
  }

  /** {@link Code#HALTED}. */
  public Code code() {
    return Code.HALTED;
  }
}
