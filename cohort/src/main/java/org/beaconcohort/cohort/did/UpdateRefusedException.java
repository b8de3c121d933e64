package org.beaconcohort.cohort.did;

/** An update is well-formed but must not be applied, signed or handed out. */
public final class UpdateRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final UpdateRefusal refusal;

  UpdateRefusedException(UpdateRefusal refusal, String message) {
    super(message);
    this.refusal = refusal;
  }

  UpdateRefusedException(UpdateRefusal refusal, String message, Throwable cause) {
    super(message, cause);
    this.refusal = refusal;
  }

  /** Which check failed. */
  public UpdateRefusal refusal() {
    return refusal;
  }
}
