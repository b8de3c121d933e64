package org.beaconcohort.musig2.protocol;

/** A tweak that is not 32 bytes, not below n, or moves the aggregate key to infinity. */
public final class InvalidTweakException extends IllegalArgumentException {
  InvalidTweakException(String message) {
    super(message);
  }
}
