package org.beaconcohort.adapter.journal.record;

import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A stream and where its chain ends.
 *
 * @param stream name
 * @param identity whose it is
 * @param records how many there are
 * @param hash of the last one, 32 bytes; zeros if there is none
 * @param archive name of the file that the payloads were moved to
 */
public record StreamHead(
    String stream,
    String identity,
    State state,
    long records,
    Bytes hash,
    Optional<String> archive) {
  /** Where a stream is in its life. */
  public enum State {
    /** Its cohort may go on. */
    OPEN,
    /** Its cohort has ended; it may be archived. */
    FINISHED,
    /** Payloads are in a file. */
    ARCHIVED,
    /** The database holds none of the others. */
    UNREADABLE;

    static State of(String text) {
      return switch (text) {
        case "OPEN" -> OPEN;
        case "FINISHED" -> FINISHED;
        case "ARCHIVED" -> ARCHIVED;
        default -> UNREADABLE;
      };
    }
  }

  /** A stream that has no records yet. */
  public static StreamHead ofNew(String stream, String identity) {
    return new StreamHead(stream, identity, State.OPEN, 0, RecordChain.BEGINNING, Optional.empty());
  }

  StreamHead grown(long more, Bytes head) {
    return new StreamHead(stream, identity, state, records + more, head, archive);
  }
}
