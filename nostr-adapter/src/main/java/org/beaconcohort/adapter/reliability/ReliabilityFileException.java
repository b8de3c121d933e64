package org.beaconcohort.adapter.reliability;

/** A reliability record that cannot be read, was changed, or cannot be written. */
public final class ReliabilityFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  /**
   * A failure.
   *
   * @param damaged whether the file is there and is not as it was written
   */
  ReliabilityFileException(String message, boolean damaged, Throwable cause) {
    super(message, cause);
    this.damaged = damaged;
  }

  /** Whether the file is there and is not as it was written. */
  public boolean damaged() {
    return damaged;
  }
}
