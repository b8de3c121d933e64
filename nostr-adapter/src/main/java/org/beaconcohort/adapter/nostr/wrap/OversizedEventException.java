package org.beaconcohort.adapter.nostr.wrap;

/** Thrown for an inner event that outgrows even numbered parts. */
public final class OversizedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OversizedEventException(String message) {
    super(message);
  }
}
