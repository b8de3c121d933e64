package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Shrinking;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.policy.Decision;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Responses;

/** What a leader makes of a deadline: what the policy decides. */
final class LeaderDeadline {
  private LeaderDeadline() {}

  static Verdict<CoordinatorFact> passed(InCohort state, Instant now, Relays relays) {
    Decision decision = Policy.decide(LeaderSituation.of(state, now, relays));
    return switch (decision) {
      case Decision.Resend resend -> Suspending.ask(state, now);
      case Decision.Abandon abandon when relays == Relays.UNREACHABLE -> cutOff(state);
      case Decision.Proceed proceed when state instanceof AwaitingListing listing ->
          Leading.open(listing, now);
      case Decision.Extend extend -> Extending.extend(state, extend.until());
      case Decision.LeafA leaf when state instanceof Collecting collecting ->
          FallingBackOnLeaf.withoutNonces(collecting, leaf.until()).orElseThrow();
      case Decision.LeafA leaf when state instanceof AwaitingPartials awaiting ->
          FallingBackOnLeaf.insteadOf(awaiting, leaf.until());
      case Decision.Abandon abandon -> abandon(state, abandon.code(), now);
      default ->
          throw new IllegalStateException(
              "deadline of " + state.getClass().getSimpleName() + " cannot lead to " + decision);
    };
  }

  private static Verdict<CoordinatorFact> abandon(InCohort state, Code code, Instant now) {
    return switch (state) {
      case AwaitingListing listing ->
          failed(code, "round requests must be at least 1 at the listing deadline, got 0");
      // What is given up is this key set, before there is a round; not the cohort.
      case Keying keying -> Shrink.atDeadline(keying.formed(), keying.proposalId(), now);
      case Watching watching -> Shrink.atDeadline(watching.formed(), watching.proposalId(), now);
      case Shrinking other -> stuck(other);
      case AwaitingFunding funding ->
          failed(
              code,
              "address "
                  + funding.formed().cohort().address()
                  + " must receive at least "
                  + funding.formed().cohort().terms().minFunding()
                  + " sat in time");
      case Extended extended -> abandon(extended.waiting(), code, now);
      case Suspended suspended -> abandon(suspended.on(), code, now);
      case Collecting collecting ->
          failed(
              code,
              "responses are missing of slots "
                  + Responses.missing(collecting.round(), collecting.formed().said()));
      case ProposedWithout without ->
          Enrolment.ended(
              mayStillConfirm(
                  without.attempt(),
                  code,
                  "leaf signatures are missing, and responses of slots " + without.missing()));
      case FallingBack falling ->
          Enrolment.ended(
              mayStillConfirm(
                  falling.partials().attempt(),
                  code,
                  falling.partials().shortfall() + "; too few signed by leaf A"));
      case AwaitingPartials awaiting ->
          Enrolment.ended(
              mayStillConfirm(awaiting.attempt(), code, awaiting.partials().shortfall()));
      case Publishing publishing ->
          Enrolment.ended(
              mayStillConfirm(
                  publishing.attempt(),
                  code,
                  "the transaction is not confirmed yet; it stays valid"));
      case ProposingKeyset other -> stuck(other);
      case Welcoming other -> stuck(other);
      case Opening other -> stuck(other);
      case Proposing other -> stuck(other);
    };
  }

  /** Nobody is named: what this coordinator did not hear says nothing about anybody. */
  private static Verdict<CoordinatorFact> cutOff(InCohort state) {
    String detail = "relays did not show this coordinator's own statements; nobody is to blame";
    Optional<Attempt> out =
        switch (state.waiting()) {
          case AwaitingPartials awaiting -> Optional.of(awaiting.attempt());
          case ProposedWithout without -> Optional.of(without.attempt());
          case FallingBack falling -> Optional.of(falling.partials().attempt());
          default -> Optional.empty();
        };
    return out.map(
            attempt -> Enrolment.ended(mayStillConfirm(attempt, Code.RELAYS_UNREACHABLE, detail)))
        .orElseGet(() -> failed(Code.RELAYS_UNREACHABLE, detail));
  }

  /** Leaf A at once, where the policy has it so: the key path is over before its deadline. */
  static Optional<Verdict.Accepted<CoordinatorFact>> onLeaf(AwaitingPartials state, Instant now) {
    return Policy.decide(LeaderSituation.of(state, now, Relays.REACHABLE))
            instanceof Decision.LeafA leaf
        ? Optional.of(FallingBackOnLeaf.insteadOf(state, leaf.until()))
        : Optional.empty();
  }

  private static Verdict<CoordinatorFact> stuck(InCohort state) {
    return failed(
        Code.DEADLINE_PASSED,
        "the statement of " + state.getClass().getSimpleName() + " was not signed in time");
  }

  private static Verdict<CoordinatorFact> failed(Code code, String detail) {
    return Enrolment.ended(new Outcome.Failed(code, detail));
  }

  static Outcome mayStillConfirm(Attempt attempt, Code code, String detail) {
    return new Outcome.MayStillConfirm(
        attempt.transaction().displayTxid(), attempt.signalBytes(), code, detail);
  }
}
