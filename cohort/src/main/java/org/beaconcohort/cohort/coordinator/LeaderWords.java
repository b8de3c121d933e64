package org.beaconcohort.cohort.coordinator;

import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.RolledBack;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * N19 for a coordinator: what it said, shown to it from outside, is in its journal, or the journal
 * was put back. It signs nothing of value, but it would lead its members in circles.
 */
final class LeaderWords {
  private LeaderWords() {}

  /** What follows from a statement of this coordinator's that its journal does not hold. */
  static Optional<Verdict<CoordinatorFact>> judge(InCohort state, SignedStatement said) {
    Formed formed = state.formed();
    if (!said.author().equals(formed.plan().identity())
        || formed.said().contains(said.id())
        || !concerns(formed, said)) {
      return Optional.empty();
    }
    Code code =
        isKnown(formed, said.header().instance()) ? Code.ROLLED_BACK : Code.DUPLICATE_INSTANCE;
    return Optional.of(
        Verdict.accept(
            new CoordinatorFact.RolledBack(said, code),
            new Effect.Report(outcome(new RolledBack(state, said, code)))));
  }

  /**
   * One identity coordinates many cohorts, and refusals of opt-ins, which whoever got one can
   * repeat, are said before there is a cohort to keep them in.
   */
  private static boolean concerns(Formed formed, SignedStatement said) {
    Bytes cohort = said.header().cohortId();
    return switch (said.body().kind()) {
      case KEYSET_PROPOSAL, WELCOME -> cohort.equals(formed.announcement().id());
      case OPPORTUNITY, PROPOSAL, FINAL, BUNDLE, LEAF_REQUEST, SUCCESSION, EXTEND, SYNC ->
          cohort.equals(formed.cohort().id());
      case ANNOUNCEMENT, OPT_IN, OPT_IN_REFUSED, PROBE, ALIVE -> false;
      case KEYSET_ACK, ROUND_REQUEST, RESPONSE, PARTIAL_SIGNATURE, NONCE_LOST -> false;
      case CLAIM, EPOCH_CLAIM, FALLBACK_TAKEN, BUNDLE_ACK, LEAF_SIGNATURE, SWEEP_REQUEST -> false;
    };
  }

  private static boolean isKnown(Formed formed, Bytes instance) {
    return formed.announcement().header().instance().equals(instance)
        || formed.made().stream()
            .anyMatch(made -> made.statement().header().instance().equals(instance));
  }

  /** An operator has cleared the halt: the coordination ends, and is not taken up again. */
  static Verdict<CoordinatorFact> decide(RolledBack state, Input input) {
    if (!(input instanceof Input.GivenUp)) {
      return Verdict.ignore(state.code() + ": nothing goes on before an operator decides");
    }
    Outcome outcome = new Outcome.Failed(state.code(), "an operator gave this coordination up");
    return Verdict.accept(new CoordinatorFact.Ended(outcome), new Effect.Report(outcome));
  }

  static Outcome outcome(RolledBack state) {
    return new Outcome.Halted(
        state.code(),
        "statement "
            + state.statement().id()
            + " ("
            + state.statement().body().kind()
            + ") was made with this coordinator's key and is not in its journal: "
            + (state.code() == Code.ROLLED_BACK
                ? "the journal was put back to an older state"
                : "the key speaks in another process, or in one whose journal this is not")
            + "; nothing is said any more, members lose nothing but this cohort; "
            + (state.code() == Code.ROLLED_BACK
                ? "bring the newest journal back if there is one"
                : "stop the other process")
            + ", and see "
            + state.code()
            + " in docs/operations.md");
  }
}
