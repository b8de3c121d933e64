package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.Joined.Term;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Layer;
import org.beaconcohort.cohort.policy.Phase;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation;
import org.beaconcohort.cohort.policy.Situation.ExtensionsUsed;
import org.beaconcohort.cohort.view.Round;

/**
 * Deadlines of a round that its leader extends within the terms' bound (N20). A member whose own
 * update cannot wait so long does not follow: it keeps the deadline it has.
 */
final class Extending {
  private Extending() {}

  /** What the terms allow in this round, and what its leaders have used of it. */
  static ExtensionsUsed extensions(InCohort state) {
    return new ExtensionsUsed(
        state.joined().cohort().terms().extensions(), state.joined().term().extensions());
  }

  /** Why what the present leader said is not even noted. */
  static Optional<Violation> check(
      InCohort state, SignedStatement said, Extend extend, Instant now) {
    return isOfNow(state, said) && extend.number() == state.joined().term().extensions() + 1
        ? end(state, extend.phase()).flatMap(end -> notDue(state, extend, end, now))
        : Optional.empty();
  }

  private static boolean isOfNow(InCohort state, SignedStatement said) {
    return said.author().equals(TakingOver.leader(state))
        && said.header().epoch() == state.joined().term().epoch()
        && Saying.round(state)
            .filter(round -> round.id().equals(said.header().roundId()))
            .isPresent();
  }

  /** The leader's next extension, if it has said one and it is due here. */
  static Optional<Verdict.Accepted<ParticipantFact>> next(InCohort state, Instant now) {
    if (state.joined().cohort().terms().extensions().most() == 0 || TakingOver.leads(state)) {
      return Optional.empty();
    }
    for (SignedStatement said :
        state.joined().said().of(StatementKind.EXTEND, TakingOver.leader(state))) {
      if (isOfNow(state, said)
          && said.body() instanceof Extend extend
          && extend.number() == state.joined().term().extensions() + 1) {
        Optional<Instant> end = end(state, extend.phase());
        if (end.isPresent() && notDue(state, extend, end.get(), now).isEmpty()) {
          Instant until = state.until().plus(extensions(state).allowed().by());
          return Optional.of(
              new Verdict.Accepted<>(
                  List.of(new ParticipantFact.DeadlineExtended(said.id(), until)), List.of()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Violation> notDue(
      InCohort state, Extend extend, Instant end, Instant now) {
    var cohort = state.joined().cohort();
    Deadlines deadlines = cohort.terms().deadlines();
    Phase phase = extend.phase() == ExtendedPhase.RESPONSE ? Phase.RESPONSE : Phase.PARTIAL;
    Situation situation =
        Situation.of(phase, deadlines, cohort.size(), now, end)
            .withBound(MemberSituation.bound(state))
            .with(extensions(state));
    return Policy.check(situation, Layer.EXTEND, Budget.tolerance(deadlines));
  }

  /**
   * When the leader's phase is over at the earliest, as far as this member can tell: its own
   * deadlines cover the phases after it as well.
   */
  private static Optional<Instant> end(InCohort state, ExtendedPhase phase) {
    Deadlines deadlines = TakingPart.deadlines(state);
    boolean first = state.joined().term().epoch() == 0;
    return switch (phase) {
      case RESPONSE ->
          switch (state) {
            case Weighing weighing -> Optional.of(weighing.until());
            case Answering answering -> Optional.of(beforeProposal(answering, deadlines));
            case Responded responded ->
                Optional.of(first ? beforeProposal(responded, deadlines) : responded.until());
            default -> Optional.empty();
          };
      case PARTIAL ->
          switch (state) {
            case Responded responded -> Optional.of(afterResponse(responded, deadlines, first));
            case Checking checking -> Optional.of(afterResponse(checking, deadlines, first));
            case Claimed claimed -> Optional.of(afterResponse(claimed, deadlines, first));
            case Signed signed -> Optional.of(afterResponse(signed, deadlines, first));
            default -> Optional.empty();
          };
    };
  }

  private static Instant beforeProposal(InCohort state, Deadlines deadlines) {
    return state.until().minus(deadlines.proposal()).minus(deadlines.partial());
  }

  private static Instant afterResponse(InCohort state, Deadlines deadlines, boolean first) {
    return first ? state.until().minus(deadlines.response()) : state.until();
  }

  /** This member leads and waits longer: the fact first, then the statement. */
  static Verdict<ParticipantFact> lead(InCohort state, Instant until) {
    ExtendedPhase phase = state instanceof Signed ? ExtendedPhase.PARTIAL : ExtendedPhase.RESPONSE;
    Extend extend = new Extend(phase, state.joined().term().extensions() + 1);
    return Verdict.accept(
        new ParticipantFact.ExtensionLed(extend, until), say(state, extend).orElseThrow());
  }

  private static Optional<Effect> say(InCohort state, Extend extend) {
    return Saying.round(state).map(round -> TakingOver.say(state, round, extend));
  }

  /** What this member decided as a leader and did not say yet. */
  static Optional<Effect> unsaid(InCohort state, Round round) {
    Optional<Extend> led = state.joined().term().extending();
    return led.filter(extend ->
            state.joined().made().stream()
                .noneMatch(made ->
                    made.statement().body().equals(extend)
                        && made.statement().header().roundId().equals(round.id())))
        .flatMap(extend -> say(state, extend));
  }

  /** The state with the later deadline, after another's word; nothing where none can be. */
  static Optional<ParticipantState> extended(
      ParticipantState state, ParticipantFact.DeadlineExtended fact) {
    return state instanceof InCohort inCohort
        ? extended(inCohort, inCohort.joined().term().extended(Optional.empty()), fact.until())
        : Optional.empty();
  }

  /** The same after its own. */
  static Optional<ParticipantState> led(ParticipantState state, ParticipantFact.ExtensionLed fact) {
    return state instanceof InCohort inCohort
        ? extended(
            inCohort, inCohort.joined().term().extended(Optional.of(fact.extend())), fact.until())
        : Optional.empty();
  }

  private static Optional<ParticipantState> extended(InCohort state, Term term, Instant until) {
    return switch (state.with(state.joined().during(term))) {
      case Weighing each ->
          Optional.of(new Weighing(each.ready(), each.opportunity(), each.round(), until));
      case Answering each ->
          Optional.of(new Answering(each.joined(), each.round(), each.updates(), until));
      case Responded each -> Optional.of(until(each, until));
      case Checking each ->
          Optional.of(new Checking(until(each.responded(), until), each.proposal(), each.bundle()));
      case Claimed each -> Optional.of(new Claimed(each.joined(), each.claim(), until));
      case Signed each ->
          Optional.of(
              new Signed(
                  each.joined(),
                  each.claim(),
                  each.signature(),
                  each.next(),
                  each.partials(),
                  until));
      default -> Optional.empty();
    };
  }

  private static Responded until(Responded state, Instant until) {
    return new Responded(
        state.joined(), state.round(), state.updates(), state.nonce(), state.refused(), until);
  }
}
