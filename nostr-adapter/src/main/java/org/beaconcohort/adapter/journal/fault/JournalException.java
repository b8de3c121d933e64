package org.beaconcohort.adapter.journal.fault;

import org.beaconcohort.cohort.port.PortFailure;

/** A journal refused or failed; the message says what happened, what is safe and what to do. */
public class JournalException extends PortFailure {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final String detail;

  /** A failure with the words of the moment. */
  public JournalException(Fault fault, String detail) {
    super(message(fault, detail), fault.temporary());
    this.fault = fault;
    this.detail = detail;
  }

  /** A failure that something else caused. */
  public JournalException(Fault fault, String detail, Throwable cause) {
    super(message(fault, detail), fault.temporary(), cause);
    this.fault = fault;
    this.detail = detail;
  }

  /** What happened with the words of the moment, what is safe, what to do. */
  @Override
  public String getMessage() {
    return message(fault, detail);
  }

  /** Which of the known faults it is. */
  public Fault fault() {
    return fault;
  }

  /** The words of the moment: which file, stream, key or holder. */
  public String detail() {
    return detail;
  }

  private static String message(Fault fault, String detail) {
    return fault
        + ": "
        + fault.happened()
        + " ("
        + detail
        + "). Safe: "
        + fault.safe()
        + ". Do: "
        + fault.todo()
        + ".";
  }
}
