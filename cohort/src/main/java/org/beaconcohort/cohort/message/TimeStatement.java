package org.beaconcohort.cohort.message;

import org.beaconcohort.cohort.model.Extensions;

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

  /** What can be waited for longer. */
  enum ExtendedPhase {
    /** Responses to an opportunity. */
    RESPONSE,
    /** Partial signatures over one T. */
    PARTIAL
  }
}
