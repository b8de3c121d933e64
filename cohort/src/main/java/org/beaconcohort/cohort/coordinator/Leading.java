package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.InvalidSpendException;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Closed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
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
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Decision;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** F3, F4 and R1 to R5 as the leader sees them. */
final class Leading {
  private Leading() {}

  static Verdict<CoordinatorFact> decide(InCohort given, Input input, Instant now) {
    Optional<Verdict<CoordinatorFact>> held =
        given instanceof Suspended suspended
            ? Suspending.decide(suspended, input, now)
            : Optional.empty();
    return held.orElseGet(() -> decideUnheld(given.waiting(), input, now));
  }

  private static Verdict<CoordinatorFact> decideUnheld(InCohort state, Input input, Instant now) {
    return switch (input) {
      case Input.Said said -> said(state, said);
      case Input.SuccessorFormed formed -> LeaderSaying.succession(state.formed(), formed);
      case Input.Funded funded when state instanceof AwaitingFunding ->
          Verdict.accept(
              new CoordinatorFact.FundingFound(
                  funded.outpoint(), funded.transaction(), now.plus(deadlines(state).listing())));
      case Input.BroadcastAnswered answer when state instanceof Publishing publishing ->
          answered(publishing, answer);
      case Input.Seen seen -> seen(state, seen.transaction(), now);
      case Input.Confirmed confirmed when state instanceof Publishing publishing ->
          confirmed(publishing, confirmed, now);
      case Input.Heard heard
          when state instanceof Watching watching
              && heard.statement().body() instanceof Welcome welcome
              && !watching.formed().said().contains(heard.statement().id()) ->
          Standby.welcomed(
              watching.formed().announcement(),
              watching.formed().plan(),
              heard.statement(),
              welcome,
              watching.formed().welcome(),
              now);
      case Input.Heard heard -> LeaderHearing.heard(state, heard.statement());
      case Input.ChannelKeyDrawn drawn when state instanceof Shrinking shrinking ->
          Shrink.drawn(shrinking, drawn.key());
      case Input.DeadlinePassed passed ->
          LeaderDeadline.passed(state, now, Suspending.relays(state));
      default ->
          Verdict.ignore(
              input.getClass().getSimpleName()
                  + " answers nothing asked in "
                  + state.getClass().getSimpleName());
    };
  }

  private static Verdict<CoordinatorFact> said(InCohort state, Input.Said said) {
    Made made = new Made(said.statement(), said.recipient());
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(said.statement(), said.recipient()));
    Formed formed = state.formed();
    if (state instanceof ProposingKeyset
        && said.statement().body() instanceof Statement.KeysetProposal) {
      effects.addAll(LeaderSaying.sendOptIns(formed));
      effects.add(LeaderSaying.sayWelcome(formed, said.statement().id()));
    }
    return new Verdict.Accepted<>(List.of(made), effects);
  }

  /** What can happen now that could not before; empty when the state waits. */
  static Optional<Verdict.Accepted<CoordinatorFact>> progress(CoordinatorState state, Instant now) {
    return switch (state) {
      case Keying keying -> Shrink.acknowledged(keying, keying.proposalId(), now);
      case Watching watching -> Shrink.acknowledged(watching, watching.proposalId(), now);
      case StandbyState.StandingBy standing -> Standby.progress(standing, now);
      case StandbyState.Seeking other -> Optional.empty();
      case Shrinking shrinking -> Shrink.acknowledged(shrinking, shrinking.proposalId(), now);
      case AwaitingListing listing -> Following.round(listing, now).or(() -> opened(listing, now));
      case Collecting collecting ->
          Following.round(collecting, now)
              .or(() -> proposed(collecting, now))
              .or(() -> FallingBackOnLeaf.complete(collecting, now));
      case ProposedWithout without ->
          FallingBackOnLeaf.completed(without, now)
              .or(() ->
                  FallingBackOnLeaf.reopened(without)
                      .map(attempt -> propose(without, attempt, now)));
      case FallingBack falling ->
          FallingBackOnLeaf.completed(falling, now)
              .or(() -> published(falling, falling.partials(), now));
      case AwaitingPartials awaiting ->
          FallingBackOnLeaf.completed(awaiting, now)
              .or(() -> finish(awaiting, now))
              .or(() ->
                  Attempts.next(awaiting.partials(), awaiting.formed().said())
                      .map(attempt -> proposeNext(awaiting, attempt, now)));
      case CoordinatorState.Drafted other -> Optional.empty();
      case CoordinatorState.Announced other -> Optional.empty();
      case CoordinatorState.Recruiting other -> Optional.empty();
      case CoordinatorState.DrawingChannel other -> Optional.empty();
      case CoordinatorState.Probing probing -> Readiness.answered(probing, now);
      case ProposingKeyset other -> Optional.empty();
      case Welcoming other -> Optional.empty();
      case AwaitingFunding other -> Optional.empty();
      case Opening other -> Optional.empty();
      case Proposing other -> Optional.empty();
      case Publishing other -> Optional.empty();
      case CoordinatorState.RolledBack other -> Optional.empty();
      case CoordinatorState.Extended extended -> progress(extended.waiting(), now);
      case Suspended suspended -> progress(suspended.on(), now);
      case Closed other -> Optional.empty();
    };
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> opened(
      AwaitingListing state, Instant now) {
    Cohort cohort = state.formed().cohort();
    return Responses.allRequested(cohort, state.formed().said(), state.number())
        ? Optional.of(open(state, now))
        : Optional.empty();
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> proposed(
      Collecting state, Instant now) {
    return Attempts.first(state.round(), state.formed().said())
        .map(attempt -> propose(state, attempt, now));
  }

  static Verdict.Accepted<CoordinatorFact> open(AwaitingListing state, Instant now) {
    Cohort cohort = state.formed().cohort();
    CohortTerms terms = cohort.terms();
    Round round;
    try {
      int vsize = Round.vsize(cohort, state.outpoint(), state.funding());
      long fee = terms.fees().feeFor(vsize, state.formed().plan().feeRate());
      StatementSet said = state.formed().said();
      round =
          Successors.round(
              cohort,
              said,
              Successors.opportunity(
                  cohort, said, state.number(), state.outpoint(), state.funding(), fee));
    } catch (InvalidSpendException tooLittle) {
      Outcome outcome = new Outcome.Failed(Code.NOT_FUNDED, String.valueOf(tooLittle.getMessage()));
      return new Verdict.Accepted<>(
          List.of(new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome)));
    }
    return new Verdict.Accepted<>(
        List.of(
            new CoordinatorFact.RoundOpened(
                round.opportunity(),
                now.plus(terms.deadlines().response()).plus(state.formed().lease()))),
        List.of(LeaderSaying.sayOpportunity(state.formed(), round)));
  }

  private static Verdict.Accepted<CoordinatorFact> propose(
      InCohort state, Attempt attempt, Instant now) {
    if (new HashSet<>(attempt.publicNonces()).size() < attempt.nonceCarriers().size()) {
      // Which of them copied the other's is not to be seen from here, so nobody is named.
      Outcome outcome =
          new Outcome.Failed(Code.NONCE_DUPLICATE, "public nonces must be distinct, two are not");
      return new Verdict.Accepted<>(
          List.of(new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome)));
    }
    Instant until =
        now.plus(Budget.attempt(deadlines(state), attempt.counter())).plus(state.formed().lease());
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.AttemptChosen(until)),
        List.of(LeaderSaying.sayProposal(state.formed(), attempt), LeaderSaying.lookFor(attempt)));
  }

  /** The same transaction with other nonces, if the policy has it so (R22). */
  private static Verdict.Accepted<CoordinatorFact> proposeNext(
      AwaitingPartials state, Attempt attempt, Instant now) {
    if (Policy.decide(LeaderSituation.of(state, now, Relays.REACHABLE))
        instanceof Decision.NextAttempt) {
      return propose(state, attempt, now);
    }
    Optional<Verdict.Accepted<CoordinatorFact>> onLeaf = LeaderDeadline.onLeaf(state, now);
    if (onLeaf.isPresent()) {
      return onLeaf.get();
    }
    Outcome outcome =
        LeaderDeadline.mayStillConfirm(
            state.attempt(),
            Code.NONCE_LOST,
            "attempts of a round must be at most "
                + Budget.MOST_ATTEMPTS
                + ", all of them lost a nonce");
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome)));
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> finish(
      AwaitingPartials state, Instant now) {
    return switch (state.partials().finalSignature()) {
      case FinalSignature.Incomplete incomplete -> Optional.empty();
      case FinalSignature.Complete complete -> published(state, state.partials(), now);
      case FinalSignature.Faulty faulty -> {
        Optional<Verdict.Accepted<CoordinatorFact>> onLeaf = LeaderDeadline.onLeaf(state, now);
        if (onLeaf.isPresent()) {
          yield onLeaf;
        }
        // Whoever sent a bad one may hold a good one and all the others.
        Outcome outcome =
            LeaderDeadline.mayStillConfirm(
                state.attempt(),
                Code.BAD_PARTIAL_SIGNATURE,
                "partial signatures must verify, those of slots " + faulty.slots() + " do not");
        yield Optional.of(
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome))));
      }
    };
  }

  /** n partial signatures that make a valid one, whenever the last of them came. */
  private static Optional<Verdict.Accepted<CoordinatorFact>> published(
      InCohort state, PartialsView partials, Instant now) {
    return partials.finalSignature() instanceof FinalSignature.Complete complete
        ? Optional.of(published(state, partials.attempt(), complete.signature(), now))
        : Optional.empty();
  }

  private static Verdict.Accepted<CoordinatorFact> published(
      InCohort state, Attempt attempt, Bytes signature, Instant now) {
    Publishing publishing =
        new Publishing(
            state.formed(),
            attempt,
            new Spend.KeyPath(signature),
            now.plus(deadlines(state).confirmation()));
    List<Effect> effects = new ArrayList<>(LeaderSaying.publish(publishing));
    LeaderSaying.sayFinal(publishing).ifPresent(effects::add);
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.Completed(signature, publishing.until())), effects);
  }

  /** Whoever has all signatures may keep its own to itself and broadcast. */
  private static Verdict<CoordinatorFact> seen(InCohort state, Transaction complete, Instant now) {
    return FallingBackOnLeaf.attempt(state)
        .flatMap(attempt ->
            attempt
                .spendIn(complete)
                .<Verdict<CoordinatorFact>>map(spend ->
                    switch (spend) {
                      case Spend.KeyPath path -> published(state, attempt, path.signature(), now);
                      case Spend.LeafA leaf -> FallingBackOnLeaf.publish(state, attempt, leaf, now);
                    }))
        .orElseGet(() -> Verdict.ignore("not what is signed now"));
  }

  private static Verdict<CoordinatorFact> answered(
      Publishing state, Input.BroadcastAnswered answer) {
    if (answer.accepted() || !answer.lasting()) {
      return Verdict.ignore("the confirmation decides");
    }
    return Enrolment.ended(
        LeaderDeadline.mayStillConfirm(
            state.attempt(),
            Code.BROADCAST_REJECTED,
            "the network refused the transaction: " + answer.detail()));
  }

  private static Verdict<CoordinatorFact> confirmed(
      Publishing state, Input.Confirmed confirmed, Instant now) {
    if (!confirmed.txid().equals(state.transaction().txid())) {
      return Verdict.ignore("another transaction was confirmed");
    }
    CohortTerms terms = state.formed().cohort().terms();
    int number = state.attempt().round().opportunity().number();
    CoordinatorFact anchored =
        new CoordinatorFact.SignalAnchored(
            confirmed.depth(), now.plus(terms.deadlines().listing()));
    Optional<Cohort> next = state.attempt().round().successor();
    if (next.isEmpty() && number < terms.rounds()) {
      return new Verdict.Accepted<>(
          List.of(anchored), List.of(new Effect.Listen(state.formed().channel(), number + 1)));
    }
    String txid = state.transaction().displayTxid();
    Outcome outcome =
        next.<Outcome>map(cohort -> new Outcome.SucceededBy(cohort.id(), cohort.address(), txid))
            .orElseGet(() -> new Outcome.Anchored(txid));
    return new Verdict.Accepted<>(
        List.of(anchored, new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome)));
  }

  /** Waits for the requests of the round after this one, on the change of this one (N16). */
  static AwaitingListing nextRound(Publishing state, Instant until) {
    Transaction transaction = state.transaction();
    return new AwaitingListing(
        state.formed(),
        state.attempt().round().opportunity().number() + 1,
        new Outpoint(transaction.txid(), 0),
        transaction,
        until);
  }

  private static Deadlines deadlines(InCohort state) {
    return state.formed().cohort().terms().deadlines();
  }
}
