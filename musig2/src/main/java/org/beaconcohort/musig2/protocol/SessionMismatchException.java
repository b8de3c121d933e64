package org.beaconcohort.musig2.protocol;

/** A signer was asked to sign in a session that is not the one its key or nonce belongs to. */
public final class SessionMismatchException extends IllegalArgumentException {
  SessionMismatchException(String message) {
    super(message);
  }
}
