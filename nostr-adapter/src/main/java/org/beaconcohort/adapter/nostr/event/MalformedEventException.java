package org.beaconcohort.adapter.nostr.event;

/** Thrown for anything that is not a well-formed Nostr event or NIP-19 name within the limits. */
public final class MalformedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }

  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
