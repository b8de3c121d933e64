package org.beaconcohort.musig2.curve;

/** Bytes that should be a secret key and are not; says why, never what they were. */
public final class InvalidSecretKeyException extends IllegalArgumentException {
  InvalidSecretKeyException(String message) {
    super(message);
  }
}
