package org.beaconcohort.adapter.host;

/** A cohort was stopped before it reached an outcome: closed, or by a fault of this program. */
public final class CohortStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CohortStoppedException(String message) {
    super(message);
  }

  CohortStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
