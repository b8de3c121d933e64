package org.beaconcohort.adapter.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.ledger.RaisedHalt;
import org.beaconcohort.adapter.journal.record.NewRecord;

/**
 * What one transaction brings: all of it or nothing.
 *
 * @param records in order
 * @param entries what is used once from now on
 * @param sightings public nonces that came with it
 * @param halts keys that sign nothing from now on
 */
public record Append(
    List<NewRecord> records,
    List<LedgerEntry> entries,
    List<NonceSighting> sightings,
    List<RaisedHalt> halts) {
  /** Copies the lists. */
  public Append {
    records = List.copyOf(records);
    entries = List.copyOf(entries);
    sightings = List.copyOf(sightings);
    halts = List.copyOf(halts);
  }

  /** Halts nothing. */
  public Append(List<NewRecord> records, List<LedgerEntry> entries, List<NonceSighting> sightings) {
    this(records, entries, sightings, List.of());
  }

  /** Records that use nothing up. */
  public static Append of(List<NewRecord> records) {
    return new Append(records, List.of(), List.of());
  }
}
