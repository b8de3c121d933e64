package org.beaconcohort.cli.architecture.planted.cohort;

import org.beaconcohort.cli.architecture.planted.musig2.curve.SecretNonce;

/** Breaks: only musig2 makes secret nonces. */
public final class MakesNonces {
  private MakesNonces() {}

  /** A nonce outside of any session. */
  public static Object nonce() {
    return new SecretNonce();
  }
}
