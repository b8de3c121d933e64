package org.beaconcohort.cohort.did;

/** A text is not a did:btcr2 identifier, or a document is not the one it commits to. */
public final class InvalidDidException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidDidException(String message) {
    super(message);
  }

  InvalidDidException(String message, Throwable cause) {
    super(message, cause);
  }
}
