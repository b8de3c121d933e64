package org.beaconcohort.cohort.message;

import java.util.List;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.musig2.bytes.Bytes;

/** What parties say about time and about what they have heard. */
public sealed interface TimeStatement extends Statement.OnTime {
  /**
   * N20, channel: whoever leads waits longer for what is missing of a phase, by as much as the
   * terms say. It counts within the bound of the terms only; a member whose own update cannot wait
   * so long does not follow.
   *
   * @param phase whose answers are missing
   * @param number of the extension within the round, from 1
   */
  record Extend(ExtendedPhase phase, int number) implements TimeStatement {
    /** Checks the number. */
    public Extend {
      if (number < 1 || number > Extensions.MOST) {
        throw new IllegalArgumentException(
            "number of an extension must be 1.." + Extensions.MOST + ", got " + number);
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.EXTEND;
    }
  }

  /**
   * N14, channel: what its author has heard of the cohort. Whoever has what is missing says it
   * again, in a new outer event, after a random while unless another did.
   */
  record Sync(List<Seen> seen) implements TimeStatement {
    /** Most processes in one. */
    public static final int MOST = 4_096;

    /** Copies the list and checks its length. */
    public Sync {
      seen = List.copyOf(seen);
      if (seen.size() > MOST) {
        throw new IllegalArgumentException(
            "processes must be at most " + MOST + ", got " + seen.size());
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.SYNC;
    }
  }

  /**
   * What was heard of one process.
   *
   * @param author x-only statement key, 32 bytes
   * @param instance of the process, 16 bytes
   * @param from the lowest number that was heard
   * @param to the number up to which nothing is missing since then
   * @param beyond ids of what was heard after that, 32 bytes each
   */
  record Seen(Bytes author, Bytes instance, long from, long to, List<Bytes> beyond) {
    /** Most ids after a gap. */
    public static final int MOST_BEYOND = 256;

    /** Copies the list and checks lengths. */
    public Seen {
      beyond = List.copyOf(beyond);
      if (author.size() != 32
          || instance.size() != 16
          || from < 0
          || to < from
          || beyond.size() > MOST_BEYOND
          || beyond.stream().anyMatch(id -> id.size() != 32)) {
        throw new IllegalArgumentException(
            "what was heard must name author (32 bytes), instance (16), numbers in order and at"
                + " most "
                + MOST_BEYOND
                + " ids of 32 bytes");
      }
    }
  }

  /** What can be waited for longer. */
  enum ExtendedPhase {
    /** Responses to an opportunity. */
    RESPONSE,
    /** Partial signatures over one T. */
    PARTIAL
  }
}
