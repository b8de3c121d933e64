package org.beaconcohort.adapter.api;

import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;

/** Terms that are valid but that this version cannot run. */
public final class UnsupportedTermsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  UnsupportedTermsException(Violation violation) {
    super(violation.detail());
    this.code = violation.code();
  }

  /** Why. */
  public Code code() {
    return code;
  }
}
