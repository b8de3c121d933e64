package org.beaconcohort.cohort.check;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a scenario left behind.
 *
 * @param events every statement that any relay carried or anybody received, as the text of its
 *     event: Nostr's JSON or the simulation's envelope
 * @param forged ids of events that a test made with others' keys: they are evidence of what was
 *     offered, not of what their author did
 * @param journals of every party, whose process may have been killed
 * @param transactions that the chain took, serialized
 */
public record Evidence(
    List<String> events, Set<Bytes> forged, List<Journal> journals, List<Bytes> transactions) {
  /** Copies. */
  public Evidence {
    events = List.copyOf(events);
    forged = Set.copyOf(forged);
    journals = List.copyOf(journals);
    transactions = List.copyOf(transactions);
  }

  /**
   * A record as it was stored.
   *
   * @param type role and fact
   * @param payload JSON of the fact
   */
  public record Kept(String type, String payload) {}

  /**
   * A journal and the life of whoever wrote it.
   *
   * @param party its name, for findings
   * @param records what it holds now
   * @param ever what was ever appended, records that a restored backup lost among them
   * @param life how long it lived
   */
  public record Journal(String party, List<Kept> records, List<Kept> ever, Life life) {
    /** Copies. */
    public Journal {
      records = List.copyOf(records);
      ever = List.copyOf(ever);
    }
  }

  /**
   * The times of a party.
   *
   * @param lived from the scenario's beginning to its outcome, or to the scenario's end without one
   * @param away how much of it no process of its own ran
   * @param running whether a process runs at the scenario's end
   * @param outcomes how often it said that it had ended
   */
  public record Life(Duration lived, Duration away, boolean running, int outcomes) {
    /** Of a party whose times nobody measured, for instance another process. */
    public static Life unknown() {
      return new Life(Duration.ZERO, Duration.ZERO, false, 0);
    }
  }
}
