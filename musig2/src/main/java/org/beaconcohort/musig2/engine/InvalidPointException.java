package org.beaconcohort.musig2.engine;

/** Bytes that should encode a point of secp256k1 and do not. */
public final class InvalidPointException extends IllegalArgumentException {
  InvalidPointException(String message) {
    super(message);
  }
}
