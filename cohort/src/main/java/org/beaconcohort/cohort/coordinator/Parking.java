package org.beaconcohort.cohort.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Recruiting;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.KeysetView;

/** Candidates that an operator's record does not want, or wants last (R17). */
final class Parking {
  private Parking() {}

  /** Why an opt-in that is valid by itself gets no seat; empty if it may get one. */
  static Optional<Violation> noSeat(Recruiting state, SignedStatement said, OptIn optIn) {
    Optional<String> banned = state.plan().admission().bannedIn(optIn);
    if (banned.isPresent()) {
      return Optional.of(
          Violation.refusal(
              Code.CANDIDATE_BANNED,
              "DID must not be banned here, and a fault of it was proved: " + banned.get()));
    }
    List<SignedStatement> others = new ArrayList<>(state.optIns());
    others.addAll(state.parked());
    return KeysetView.clash(others, said);
  }

  /** Keeps a candidate for the seats that are left; there are no more than seats to keep. */
  static Verdict<CoordinatorFact> park(Recruiting state, SignedStatement said) {
    return state.parked().size() < state.plan().terms().maxMembers()
        ? new Verdict.Accepted<>(List.of(new CoordinatorFact.CandidateParked(said)), List.of())
        : new Verdict.Refused<>(
            Violation.refusal(Code.RATE_LIMITED, "as many candidates wait as there are seats"));
  }

  /** The candidates that get the seats which are left, in order of arrival. */
  static List<SignedStatement> seats(Recruiting state) {
    int left = state.plan().terms().maxMembers() - state.optIns().size();
    return state.parked().stream().limit(left).toList();
  }

  /** Facts and answers for those that get none. */
  static void turnAway(
      Recruiting state,
      List<SignedStatement> waiting,
      List<CoordinatorFact> facts,
      List<Effect> effects) {
    for (SignedStatement said : waiting) {
      if (said.body() instanceof OptIn optIn) {
        facts.addFirst(new CoordinatorFact.TurnedAway(said.id()));
        effects.add(
            Enrolment.refuse(
                state.announcement(),
                said.id(),
                optIn,
                Code.ENROLMENT_CLOSED,
                "others took the seats, and whoever was silent before is taken last; wait for"
                    + " another announcement or use your singleton"));
      }
    }
  }
}
