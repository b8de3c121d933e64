package org.beaconcohort.adapter.chain;

import org.beaconcohort.cohort.port.PortFailure;

/** The chain source did not answer, or answered nonsense. */
public final class ChainException extends PortFailure {
  private static final long serialVersionUID = 1L;

  private ChainException(String message, boolean temporary, Throwable cause) {
    super(message, temporary, cause);
  }

  private ChainException(String message, boolean temporary) {
    super(message, temporary);
  }

  /** The source cannot be reached or is busy; the same call may succeed later. */
  static ChainException unavailable(String what, Throwable cause) {
    return new ChainException(
        "chain source must answer, " + what + ": " + cause.getMessage(), true, cause);
  }

  /** The source answered, but not now what was asked. */
  static ChainException unavailable(String what) {
    return new ChainException("chain source must answer, " + what, true);
  }

  /** The source is of another network than the one that is meant. */
  static ChainException otherNetwork(String what) {
    return new ChainException(what, false);
  }

  /** The source said something that cannot be true. */
  static ChainException nonsense(String what) {
    return new ChainException(
        "chain source must answer as Esplora does, " + what + "; use another source", true);
  }
}
