package org.beaconcohort.adapter.journal.record;

import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * Why one stream cannot be read; it concerns no other.
 *
 * @param fault DAMAGED, UNKNOWN_RECORD, NEWER_VERSION or ARCHIVED; or LEDGER_DAMAGED of what the
 *     stream entered in the ledger
 * @param seq of the record where it shows, 0 if in none
 */
public record StreamDamage(Fault fault, String stream, long seq, String detail) {
  /** The same as an exception. */
  public JournalException exception() {
    return new JournalException(fault, "stream " + stream + ", record " + seq + ": " + detail);
  }
}
