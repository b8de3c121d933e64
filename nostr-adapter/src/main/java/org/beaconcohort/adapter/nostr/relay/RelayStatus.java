package org.beaconcohort.adapter.nostr.relay;

import java.time.Instant;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;

/**
 * How one relay stands: its state, since when, why, and what it sent. Reasons are fit for a
 * terminal.
 */
public record RelayStatus(
    RelayUrl relay, State state, Instant since, String reason, Counts counts) {
  /** Where a connection is in its life. */
  public enum State {
    CONNECTING,
    OPEN,
    /** Will connect again soon. */
    BACKOFF,
    /** The relay does not want us, or is none; asked again after a long while. */
    REFUSED,
    /** The pool was closed. */
    CLOSED
  }

  /**
   * Events by what became of them, and messages that were none.
   *
   * @param delivered genuine, asked for, new
   * @param duplicates known already
   * @param malformed messages that are no frames
   * @param forged events with a wrong id or signature
   * @param unasked events of no subscription or outside its filters
   * @param notices words for people
   */
  public record Counts(
      long delivered, long duplicates, long malformed, long forged, long unasked, long notices) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts plusDelivered() {
      return new Counts(delivered + 1, duplicates, malformed, forged, unasked, notices);
    }

    Counts plusDuplicate() {
      return new Counts(delivered, duplicates + 1, malformed, forged, unasked, notices);
    }

    Counts plusMalformed() {
      return new Counts(delivered, duplicates, malformed + 1, forged, unasked, notices);
    }

    Counts plusForged() {
      return new Counts(delivered, duplicates, malformed, forged + 1, unasked, notices);
    }

    Counts plusUnasked() {
      return new Counts(delivered, duplicates, malformed, forged, unasked + 1, notices);
    }

    Counts plusNotice() {
      return new Counts(delivered, duplicates, malformed, forged, unasked, notices + 1);
    }
  }
}
