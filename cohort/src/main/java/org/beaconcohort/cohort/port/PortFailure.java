package org.beaconcohort.cohort.port;

/** The outside world failed; {@link #temporary()} says whether the same call may succeed later. */
public class PortFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  /** A failure with what happened and what to do. */
  public PortFailure(String message, boolean temporary, Throwable cause) {
    super(message, cause);
    this.temporary = temporary;
  }

  /** A failure without a deeper cause. */
  public PortFailure(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** Whether the same call may succeed later. */
  public boolean temporary() {
    return temporary;
  }
}
