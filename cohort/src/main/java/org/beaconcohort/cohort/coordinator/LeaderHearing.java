package org.beaconcohort.cohort.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Noted;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Final;
import org.beaconcohort.cohort.message.Statement.NonceLost;
import org.beaconcohort.cohort.message.Statement.Opportunity;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.PartialSignature;
import org.beaconcohort.cohort.message.Statement.Response;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

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
    if (formed.cohort().slotOf(said.author()).isEmpty()) {
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
    return new Verdict.Accepted<>(facts, List.of());
  }

  private static boolean beforeCompletion(InCohort state) {
    return !(state instanceof Publishing);
  }

  private static Verdict<CoordinatorFact> lateOptIn(
      Formed formed, SignedStatement said, OptIn optIn) {
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
      case Response response -> {
        Optional<Round> round = round(state);
        yield round.isEmpty() || !round.get().id().equals(said.header().roundId())
            ? refusal(Code.ENTRY_MISMATCH, "response must be for the open round")
            : Responses.check(round.get(), said);
      }
      case PartialSignature partial -> {
        if (!(state instanceof AwaitingPartials awaiting)) {
          yield refusal(Code.TRANSCRIPT_MISMATCH, "no transcript is open for signing");
        }
        Bytes transcript = awaiting.partials().transcript();
        yield partial.transcript().equals(transcript)
            ? Responses.check(state.formed().cohort(), said, partial.next())
            : refusal(
                Code.TRANSCRIPT_MISMATCH,
                "transcript must be " + transcript + ", got " + partial.transcript());
      }
      case Statement.KeysetAck ack -> Optional.empty();
      case Statement.RoundRequest request -> Optional.empty();
      case Final made -> Optional.empty();
      case Statement.Claim claim -> Optional.empty();
      case NonceLost lost -> {
        Optional<Round> round = round(state);
        yield round.isEmpty() || !round.get().id().equals(said.header().roundId())
            ? refusal(Code.ENTRY_MISMATCH, "lost nonce must be of the open round")
            : Responses.check(state.formed().cohort(), said, lost.nonce());
      }
      case Statement.Announcement other -> notForLeader(said);
      case OptIn other -> notForLeader(said);
      case OptInRefused other -> notForLeader(said);
      case Welcome other -> notForLeader(said);
      case Statement.KeysetProposal other -> notForLeader(said);
      case Opportunity other -> notForLeader(said);
      case Statement.Proposal other -> notForLeader(said);
    };
  }

  private static Optional<Violation> notForLeader(SignedStatement said) {
    return refusal(
        Code.AUTHOR_MISMATCH, "only the leader makes " + said.body().kind() + ", got a member's");
  }

  static Optional<Round> round(InCohort state) {
    if (state instanceof Collecting collecting) {
      return Optional.of(collecting.round());
    }
    if (state instanceof Proposing proposing) {
      return Optional.of(proposing.attempt().round());
    }
    return state instanceof AwaitingPartials awaiting
        ? Optional.of(awaiting.attempt().round())
        : Optional.empty();
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
