package org.beaconcohort.adapter.nostr.frame;

/** Thrown for a relay's message that is no frame of NIP-01 within the limits. */
public final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message);
  }

  MalformedFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
