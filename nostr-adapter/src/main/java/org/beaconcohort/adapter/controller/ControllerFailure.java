package org.beaconcohort.adapter.controller;

import org.beaconcohort.cohort.port.PortFailure;

/** A controller cannot do what a cohort needs of its DID; the message says what to do. */
public final class ControllerFailure extends PortFailure {
  private static final long serialVersionUID = 1L;

  private ControllerFailure(String message, boolean temporary) {
    super(message, temporary);
  }

  private ControllerFailure(String message, Throwable cause) {
    super(message, false, cause);
  }

  /** Waiting may help. */
  static ControllerFailure temporary(String message) {
    return new ControllerFailure(message, true);
  }

  /** Waiting cannot help. */
  static ControllerFailure lasting(String message) {
    return new ControllerFailure(message, false);
  }

  /** Waiting cannot help. */
  static ControllerFailure lasting(String message, Throwable cause) {
    return new ControllerFailure(message, cause);
  }
}
