package org.beaconcohort.adapter.journal.facts;

import java.util.List;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.ledger.RaisedHalt;

/**
 * What a machine's facts use up, entered in the transaction that appends them. It is told every
 * fact of its journal in order, so that a fact may mean what those before it make of it.
 *
 * @param <F> facts of the machine
 */
public interface FactLedger<F> {
  /**
   * A fact is in the journal.
   *
   * @throws RuntimeException if it cannot follow those before it
   */
  void settled(F fact);

  /** What appending these facts next would use up. Changes nothing. */
  Uses uses(List<F> facts);

  /** Whether the fact holds the bundle behind a signal, which no archive may take away (R19). */
  boolean retained(F fact);

  /**
   * Entries and sightings of one append.
   *
   * @param entries what is used once
   * @param sightings public nonces that came with it
   * @param halts keys that sign nothing from now on
   */
  record Uses(List<LedgerEntry> entries, List<NonceSighting> sightings, List<RaisedHalt> halts) {
    /** Copies the lists. */
    public Uses {
      entries = List.copyOf(entries);
      sightings = List.copyOf(sightings);
      halts = List.copyOf(halts);
    }
  }
}
