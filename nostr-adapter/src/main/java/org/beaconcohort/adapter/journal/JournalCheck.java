package org.beaconcohort.adapter.journal;

import java.util.List;
import org.beaconcohort.adapter.journal.record.StreamDamage;

/**
 * What a look at everything found.
 *
 * @param whole streams whose chain is right
 * @param archived streams whose payloads are in files
 * @param damaged streams that cannot be used, or whose ledger rows are not what was written
 * @param database what the database says about its own structure, nothing if all is well
 */
public record JournalCheck(
    int whole, int archived, List<StreamDamage> damaged, List<String> database) {
  /** Copies the lists. */
  public JournalCheck {
    damaged = List.copyOf(damaged);
    database = List.copyOf(database);
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return damaged.isEmpty() && database.isEmpty();
  }
}
