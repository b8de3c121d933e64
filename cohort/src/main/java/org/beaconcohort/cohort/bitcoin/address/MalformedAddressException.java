package org.beaconcohort.cohort.bitcoin.address;

/** A text is not a segwit address of the expected network and of a kind this project pays. */
public final class MalformedAddressException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedAddressException(String message) {
    super(message);
  }

  MalformedAddressException(String message, Throwable cause) {
    super(message, cause);
  }
}
