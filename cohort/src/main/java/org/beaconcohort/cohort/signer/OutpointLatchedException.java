package org.beaconcohort.cohort.signer;

import org.beaconcohort.cohort.model.Code;

/** Another transaction was signed by leaf A for this outpoint (R16); nothing signed. */
public final class OutpointLatchedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutpointLatchedException(String message) {
    super(message);
  }

  /** {@link Code#OUTPOINT_LATCHED}. */
  public Code code() {
    return Code.OUTPOINT_LATCHED;
  }
}
