package org.beaconcohort.adapter.api;

import java.time.Duration;
import java.time.Instant;
import org.beaconcohort.cohort.port.PortFailure;

/**
 * The system's clock is behind what the journal has been told before: every deadline in it would
 * last too long. Nothing was begun.
 */
public final class ClockBehindException extends PortFailure {
  private static final long serialVersionUID = 1L;

  ClockBehindException(Instant newest, Instant now) {
    super(
        "the system's clock must not be before "
            + newest
            + ", when this journal was last written, it says "
            + now
            + ", "
            + Duration.between(now, newest)
            + " earlier; nothing was begun, signed or said, and the journal is untouched: set the"
            + " clock right and run it again, or, if the clock was wrong before, see CLOCK_BEHIND"
            + " in docs/operations.md",
        false);
  }
}
