package org.beaconcohort.adapter.journal.record;

import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * Why one stream cannot be read; it concerns no other.
 *
 * @param fault DAMAGED, UNKNOWN_RECORD, NEWER_VERSION or ARCHIVED
 * @param seq of the record where it shows
 */
public record StreamDamage(Fault fault, String stream, long seq, String detail) {
  /** The same as an exception. */
  public JournalException exception() {
    return new JournalException(fault, "stream " + stream + ", record " + seq + ": " + detail);
  }
}
