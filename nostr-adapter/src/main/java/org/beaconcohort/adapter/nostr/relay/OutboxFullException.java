package org.beaconcohort.adapter.nostr.relay;

/** Thrown when more events are under way than a pool may hold. */
public final class OutboxFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutboxFullException(String message) {
    super(message);
  }
}
