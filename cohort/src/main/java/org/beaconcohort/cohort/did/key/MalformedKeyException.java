package org.beaconcohort.cohort.did.key;

/** A text is not Base58 of the expected length, or not a secp256k1 public key. */
public final class MalformedKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MalformedKeyException(String message) {
    super(message);
  }

  MalformedKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
