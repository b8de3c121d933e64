package org.beaconcohort.cohort.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Noted;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement;
import org.beaconcohort.cohort.message.ReadinessStatement;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.message.TimeStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.sync.Syncs;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;

/** What a leader lets into its view. A fault touches its author only (R23). */
final class LeaderHearing {
  private LeaderHearing() {}

  static Verdict<CoordinatorFact> heard(InCohort state, SignedStatement said) {
    Formed formed = state.formed();
    if (formed.said().contains(said.id())) {
      return Verdict.ignore("statement " + said.id() + " is known");
    }
    if (said.body() instanceof OptIn optIn) {
      return lateOptIn(formed, said, optIn);
    }
    if (Shrink.isEarlierAck(state, said)) {
      return formed.said().exhausted(said, 1)
          ? Verdict.refuse(Code.RATE_LIMITED, "acknowledgements must be few per author")
          : Verdict.accept(new Noted(said));
    }
    if (formed.cohort().slotOf(said.author()).isEmpty() && !isOtherLeader(formed, said)) {
      return new Verdict.Refused<>(new Violation.Stranger(said.author()));
    }
    Optional<Violation> misdirected =
        KeysetView.misdirected(formed.announcement().id(), formed.cohort().id(), said);
    if (misdirected.isPresent()) {
      return new Verdict.Refused<>(misdirected.get());
    }
    if (formed.said().exhausted(said, formed.cohort().terms().rounds())) {
      return Verdict.refuse(
          Code.RATE_LIMITED,
          "statements of kind "
              + said.body().kind()
              + " must be at most "
              + said.body().kind().quota()
              + " per author");
    }
    Optional<Violation> wrong = check(state, said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    List<CoordinatorFact> facts = new ArrayList<>();
    facts.add(new Noted(said));
    Optional<Violation> proof = formed.said().contradiction(said);
    if (proof.isPresent() && beforeCompletion(state)) {
      Outcome outcome =
          state instanceof AwaitingPartials awaiting
              ? LeaderDeadline.mayStillConfirm(
                  awaiting.attempt(), proof.get().code(), proof.get().detail())
              : new Outcome.Failed(proof.get().code(), proof.get().detail());
      facts.add(new CoordinatorFact.Ended(outcome));
      return new Verdict.Accepted<>(facts, List.of(new Effect.Report(outcome)));
    }
    List<Effect> effects =
        said.body() instanceof TimeStatement.Sync sync
            ? Syncs.answer(
                formed.channel(),
                formed.said(),
                LeaderSaying.number(state),
                said.author(),
                sync,
                Budget.asking(formed.cohort().terms().deadlines()).dividedBy(2))
            : List.of();
    return new Verdict.Accepted<>(facts, effects);
  }

  /** The coordinator or another named successor, which is no member. */
  private static boolean isOtherLeader(Formed formed, SignedStatement said) {
    return !said.author().equals(formed.plan().identity())
        && SuccessorOrder.forming(formed.announcement().author(), formed.plan().terms())
            .epochOf(said.author())
            .isPresent();
  }

  private static boolean beforeCompletion(InCohort state) {
    return !(state instanceof Publishing);
  }

  private static Verdict<CoordinatorFact> lateOptIn(
      Formed formed, SignedStatement said, OptIn optIn) {
    if (!formed.plan().identity().equals(formed.announcement().author())) {
      return Verdict.ignore("the coordinator answers those who come late");
    }
    int answered = 0;
    for (Made made : formed.made()) {
      if (made.statement().body() instanceof OptInRefused refused) {
        if (refused.optInId().equals(said.id())) {
          return Verdict.ignore("opt-in " + said.id() + " has its answer");
        }
        answered++;
      }
    }
    if (answered >= 4 * formed.plan().terms().maxMembers()) {
      return Verdict.refuse(Code.RATE_LIMITED, "answers to late opt-ins are used up");
    }
    return Enrolment.late(formed.announcement(), said, optIn);
  }

  /** Content checks of what a member says; a fault touches its author only (R23). */
  private static Optional<Violation> check(InCohort state, SignedStatement said) {
    return switch (said.body()) {
      // One for another round or transcript is kept: members may be in a round of another leader.
      case Response response -> Responses.check(state.formed().cohort(), said);
      case PartialSignature partial ->
          Responses.check(state.formed().cohort(), said, partial.next());
      case Statement.KeysetAck ack -> Optional.empty();
      case RoundStatement.RoundRequest request -> Optional.empty();
      case Final made -> Optional.empty();
      case Succession next -> Successors.check(state.formed().cohort(), next);
      case SweepRequest request -> Optional.empty();
      case RoundStatement.Claim claim -> Optional.empty();
      case RoundStatement.FallbackTaken taken -> Optional.empty();
      case LeafStatement.Bundle bundle -> Optional.empty();
      case LeafStatement.BundleAck ack -> Optional.empty();
      case LeafStatement.LeafRequest request -> byNextLeader(state, said);
      case LeafStatement.LeafSignature signature -> Optional.empty();
      case NonceLost lost -> Responses.check(state.formed().cohort(), said, lost.nonce());
      case Statement.Announcement other -> notForLeader(said);
      case OptIn other -> notForLeader(said);
      case OptInRefused other -> notForLeader(said);
      case Welcome other -> notForLeader(said);
      case Statement.KeysetProposal other -> notForLeader(said);
      case ReadinessStatement late -> refusal(Code.ENROLMENT_CLOSED, "the key set is proposed");
      case Opportunity opened -> byNextLeader(state, said);
      case RoundStatement.Proposal proposed -> byNextLeader(state, said);
      case RoundStatement.EpochClaim claim -> byNextLeader(state, said);
      case TimeStatement.Extend extend -> byNextLeader(state, said);
      case TimeStatement.Sync sync -> Optional.empty();
    };
  }

  private static Optional<Violation> byNextLeader(InCohort state, SignedStatement said) {
    boolean offered =
        isOtherLeader(state.formed(), said)
            || state.formed().cohort().members().stream()
                .anyMatch(member ->
                    member.mayCoordinate() && member.statementKey().equals(said.author()));
    return offered
        ? Optional.empty()
        : refusal(
            Code.AUTHOR_MISMATCH,
            said.body().kind() + " must be by a member that offered to lead, got " + said.author());
  }

  private static Optional<Violation> notForLeader(SignedStatement said) {
    return refusal(
        Code.AUTHOR_MISMATCH, "another's " + said.body().kind() + " means nothing to this leader");
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
