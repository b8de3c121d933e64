package org.beaconcohort.adapter.nostr.wrap;

import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.musig2.bytes.Bytes;

/** What came of one outer event. */
public sealed interface Opened {
  /** A genuine inner event, not met before: id and signature are right, its author is unjudged. */
  record Inner(NostrEvent event) implements Opened {}

  /** A genuine part of a whole of which {@code have} parts of {@code of} are here. */
  record PartKept(Bytes whole, int have, int of) implements Opened {}

  /** A genuine inner event that was handed over before. */
  record Duplicate(Bytes id) implements Opened {}

  /** Nothing to be believed; dropped. */
  record Refused(Fault fault, String why) implements Opened {}

  /** At which of the checks of rule N13, in their order, an outer event failed. */
  enum Fault {
    NOT_OURS,
    OUTER_SIGNATURE,
    PAYLOAD,
    MALFORMED,
    INNER_ID,
    INNER_SIGNATURE
  }
}
