package org.beaconcohort.adapter.journal.ledger;

import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * What may be used once is used already, for something else. The append was taken back, both sides
 * are kept as evidence, and the keys on both sides are halted.
 */
public final class LedgerConflictException extends JournalException {
  private static final long serialVersionUID = 1L;

  private final transient LedgerEntry.Row subject;
  private final transient Use existing;
  private final transient Use offered;

  /**
   * One side.
   *
   * @param value what the subject is used for
   * @param owner key, hexadecimal
   * @param stream that made the entry
   */
  public record Use(String value, String owner, String stream) {
    @Override
    public String toString() {
      return value + " by key " + owner + " in stream " + stream;
    }
  }

  LedgerConflictException(LedgerEntry.Row row, Use existing, Use offered) {
    super(
        Fault.LEDGER_CONFLICT,
        row.kind() + " " + row.subject() + " is used for " + existing + ", offered for " + offered);
    this.subject = row;
    this.existing = existing;
    this.offered = offered;
  }

  /** What kind of thing it is. */
  public LedgerKind kind() {
    return subject.kind();
  }

  /** What is used twice. */
  public String subject() {
    return subject.subject();
  }

  /** What the ledger holds. */
  public Use existing() {
    return existing;
  }

  /** What was refused. */
  public Use offered() {
    return offered;
  }

  Set<String> owners() {
    Set<String> owners = new TreeSet<>(Set.of(offered.owner()));
    owners.add(existing.owner());
    return owners;
  }
}
