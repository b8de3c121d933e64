package org.beaconcohort.musig2.curve;

/**
 * A secret nonce, or the session that holds one, was used, aborted or destroyed before.
 *
 * <p>Signing twice with one nonce gives the secret key away, so there is nothing to retry: start a
 * new session with a fresh nonce.
 */
public final class NonceAlreadyUsedException extends IllegalStateException {
  /** For an operation that needs a nonce which is no longer there. */
  public NonceAlreadyUsedException() {
    super("secret nonce must be unused, got one already used or discarded; start a new session");
  }
}
