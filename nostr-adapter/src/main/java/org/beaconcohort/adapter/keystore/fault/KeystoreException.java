package org.beaconcohort.adapter.keystore.fault;

/**
 * A keystore refused or failed; nothing was changed. The message says what happened, and never
 * holds a password or a key.
 */
public final class KeystoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final KeystoreFault fault;

  /**
   * A failure.
   *
   * @param detail the words of the moment: which file, key or value
   */
  public KeystoreException(KeystoreFault fault, String detail) {
    super(fault.happened() + " (" + detail + ")");
    this.fault = fault;
  }

  /** A failure that something else caused, which holds no secret either. */
  public KeystoreException(KeystoreFault fault, String detail, Throwable cause) {
    super(fault.happened() + " (" + detail + ")", cause);
    this.fault = fault;
  }

  /** Which of the known faults it is. */
  public KeystoreFault fault() {
    return fault;
  }

  /** What a person does about it. */
  public String next() {
    return fault.todo();
  }
}
