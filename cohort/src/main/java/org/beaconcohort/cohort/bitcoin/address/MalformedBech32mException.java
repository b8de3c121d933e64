package org.beaconcohort.cohort.bitcoin.address;

/** A text is not the one canonical Bech32m (or, for segwit version 0, Bech32) form of any bytes. */
public final class MalformedBech32mException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBech32mException(String message) {
    super(message);
  }
}
