package org.beaconcohort.adapter.journal.record;

import java.util.List;

/** What reading a stream gives. */
public sealed interface Replay {
  /** Every record, the chain verified. */
  record Whole(StreamHead head, List<StoredRecord> records) implements Replay {
    /** Copies the list. */
    public Whole {
      records = List.copyOf(records);
    }
  }

  /** The stream cannot be used. */
  record Broken(StreamDamage damage) implements Replay {}

  /**
   * The records.
   *
   * @throws org.beaconcohort.adapter.journal.fault.JournalException if the stream cannot be used
   */
  default List<StoredRecord> records() {
    return switch (this) {
      case Whole whole -> whole.records();
      case Broken broken -> throw broken.damage().exception();
    };
  }
}
