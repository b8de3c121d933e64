package org.beaconcohort.adapter.nostr.socket;

/** Thrown for a text that is no address of a relay. */
public final class InvalidRelayUrlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidRelayUrlException(String message) {
    super(message);
  }

  InvalidRelayUrlException(String message, Throwable cause) {
    super(message, cause);
  }
}
