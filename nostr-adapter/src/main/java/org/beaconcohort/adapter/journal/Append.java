package org.beaconcohort.adapter.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.record.NewRecord;

/**
 * What one transaction brings: all of it or nothing.
 *
 * @param records in order
 * @param entries what is used once from now on
 * @param sightings public nonces that came with it
 */
public record Append(
    List<NewRecord> records, List<LedgerEntry> entries, List<NonceSighting> sightings) {
  /** Copies the lists. */
  public Append {
    records = List.copyOf(records);
    entries = List.copyOf(entries);
    sightings = List.copyOf(sightings);
  }

  /** Records that use nothing up. */
  public static Append of(List<NewRecord> records) {
    return new Append(records, List.of(), List.of());
  }
}
