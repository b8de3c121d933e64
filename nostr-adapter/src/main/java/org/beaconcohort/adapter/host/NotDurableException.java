package org.beaconcohort.adapter.host;

/** Something was asked of a journal in memory that only a durable one may promise. */
public final class NotDurableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says what was asked of which journal. */
  public NotDurableException(String message) {
    super(message);
  }
}
