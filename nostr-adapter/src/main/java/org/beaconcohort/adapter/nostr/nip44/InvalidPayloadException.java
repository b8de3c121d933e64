package org.beaconcohort.adapter.nostr.nip44;

/** Thrown for a payload or plaintext that NIP-44 version 2 or our own limits refuse. */
public final class InvalidPayloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPayloadException(String message) {
    super(message);
  }

  InvalidPayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
