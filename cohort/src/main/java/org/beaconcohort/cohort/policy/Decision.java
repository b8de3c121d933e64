package org.beaconcohort.cohort.policy;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.model.Code;

/** What to do now. */
public sealed interface Decision {
  /** Where on the ladder it stands. */
  Layer layer();

  /** Nothing before then. */
  record Wait(Instant until) implements Decision {
    @Override
    public Layer layer() {
      return Layer.WAIT;
    }
  }

  /** Say what one holds and ask for the rest, before anything follows from the deadline. */
  record Resend() implements Decision {
    @Override
    public Layer layer() {
      return Layer.RESEND;
    }
  }

  /** Take the step with what is there. */
  record Proceed() implements Decision {
    @Override
    public Layer layer() {
      return Layer.PROCEED;
    }
  }

  /** Announce a later deadline of the phase. */
  record Extend(Instant until) implements Decision {
    @Override
    public Layer layer() {
      return Layer.EXTEND;
    }
  }

  /** Follow the next in order, who has until then. */
  record NextLeader(Instant until) implements Decision {
    @Override
    public Layer layer() {
      return Layer.NEXT_LEADER;
    }
  }

  /** Propose again with fresh nonces; {@code reason} is what ended the attempt before. */
  record NextAttempt(Code reason, Instant until) implements Decision {
    @Override
    public Layer layer() {
      return Layer.NEXT_ATTEMPT;
    }
  }

  /**
   * Sign by leaf A without some slots.
   *
   * @param missing slots that are left out, ascending
   * @param bundleFirst whether the bundle must be acknowledged by k members before (R19, N17)
   */
  record LeafA(List<Integer> missing, boolean bundleFirst, Instant until) implements Decision {
    /** Copies the list. */
    public LeafA {
      missing = List.copyOf(missing);
    }

    @Override
    public Layer layer() {
      return Layer.LEAF_A;
    }
  }

  /** Anchor one's own updates alone; {@code code} says why the cohort did not. */
  record Singleton(Code code) implements Decision {
    @Override
    public Layer layer() {
      return Layer.SINGLETON;
    }
  }

  /** End, with that code. */
  record Abandon(Code code) implements Decision {
    @Override
    public Layer layer() {
      return Layer.ABANDON;
    }
  }
}
