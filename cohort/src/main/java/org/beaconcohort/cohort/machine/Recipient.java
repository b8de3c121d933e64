package org.beaconcohort.cohort.machine;

import java.util.List;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.musig2.bytes.Bytes;

/** Who can read a published statement. */
public sealed interface Recipient {
  /** Anyone: announcements only. */
  record Everyone() implements Recipient {}

  /**
   * Holders of the channel key; keys and tag differ per round (N13).
   *
   * @param round 0 for formation, then the round's number
   */
  record Channel(ChannelKey key, int round) implements Recipient {}

  /** Holders of one-time inbox keys (x-only, 32 bytes each); one outer event each. */
  record Inboxes(List<Bytes> keys) implements Recipient {
    /** Copies the list. */
    public Inboxes {
      keys = List.copyOf(keys);
    }
  }
}
