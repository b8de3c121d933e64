package org.beaconcohort.adapter.api;

/** A cohort of mainnet was to be led or joined in a world that does not allow it. */
public final class MainnetNotAllowedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MainnetNotAllowedException() {
    super(
        "network must be a test network unless mainnet is allowed, got bitcoin; nothing was said or"
            + " signed; call Outside.allowingMainnet if real money is meant");
  }
}
