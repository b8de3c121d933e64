package org.beaconcohort.adapter.host;

/** Something was asked of a journal in memory that only a durable one may promise. */
public final class NotDurableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NotDurableException(String message) {
    super(message);
  }
}
