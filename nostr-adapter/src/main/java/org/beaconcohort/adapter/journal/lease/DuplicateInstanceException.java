package org.beaconcohort.adapter.journal.lease;

import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/** Another instance holds the identity. */
public final class DuplicateInstanceException extends JournalException {
  private static final long serialVersionUID = 1L;

  private final transient Holder holder;

  DuplicateInstanceException(String identity, Holder holder, String until) {
    super(Fault.DUPLICATE_INSTANCE, "identity " + identity + " is held by " + holder + until);
    this.holder = holder;
  }

  /** Who holds it. */
  public Holder holder() {
    return holder;
  }
}
