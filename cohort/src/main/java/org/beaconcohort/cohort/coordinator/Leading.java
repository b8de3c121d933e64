package org.beaconcohort.cohort.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Noted;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Closed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Final;
import org.beaconcohort.cohort.message.Statement.Opportunity;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.PartialSignature;
import org.beaconcohort.cohort.message.Statement.Response;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.FinalSignature;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/** F3, F4 and R1 to R5 as the leader sees them. */
final class Leading {
  private Leading() {}

  static Verdict<CoordinatorFact> decide(InCohort state, Input input, Instant now) {
    return switch (input) {
      case Input.Heard heard -> heard(state, heard.statement());
      case Input.Said said -> said(state, said);
      case Input.Funded funded when state instanceof AwaitingFunding ->
          Verdict.accept(
              new CoordinatorFact.FundingFound(
                  funded.outpoint(), funded.transaction(), now.plus(deadlines(state).listing())));
      case Input.BroadcastAnswered answer when state instanceof Publishing publishing ->
          answered(publishing, answer);
      case Input.Confirmed confirmed when state instanceof Publishing publishing ->
          confirmed(publishing, confirmed, now);
      case Input.DeadlinePassed passed -> deadline(state, now);
      default ->
          Verdict.ignore(
              input.getClass().getSimpleName()
                  + " answers nothing asked in "
                  + state.getClass().getSimpleName());
    };
  }

  private static Verdict<CoordinatorFact> heard(InCohort state, SignedStatement said) {
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
    if (formed.said().exhausted(said)) {
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
    Optional<Violation.Equivocation> proof = formed.said().equivocation(said);
    if (proof.isPresent() && beforeCompletion(state)) {
      Outcome outcome = new Outcome.Failed(Code.EQUIVOCATION, proof.get().detail());
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
            : Responses.check(round.get(), said).or(() -> duplicateNonce(state, said, response));
      }
      case PartialSignature partial -> {
        if (!(state instanceof AwaitingPartials awaiting)) {
          yield refusal(Code.TRANSCRIPT_MISMATCH, "no transcript is open for signing");
        }
        Bytes transcript = awaiting.attempt().transcript();
        yield partial.transcript().equals(transcript)
            ? Optional.empty()
            : refusal(
                Code.TRANSCRIPT_MISMATCH,
                "transcript must be " + transcript + ", got " + partial.transcript());
      }
      case Statement.KeysetAck ack -> Optional.empty();
      case Statement.RoundRequest request -> Optional.empty();
      case Final made -> Optional.empty();
      case Statement.Announcement other -> notForLeader(said);
      case OptIn other -> notForLeader(said);
      case OptInRefused other -> notForLeader(said);
      case Welcome other -> notForLeader(said);
      case Statement.KeysetProposal other -> notForLeader(said);
      case Opportunity other -> notForLeader(said);
      case Statement.Proposal other -> notForLeader(said);
    };
  }

  private static Optional<Violation> duplicateNonce(
      InCohort state, SignedStatement said, Response response) {
    for (SignedStatement other : state.formed().said().all()) {
      if (!other.author().equals(said.author())
          && Attempt.nonce(other.body())
              .filter(nonce -> nonce.publicNonce().equals(response.nonce().publicNonce()))
              .isPresent()) {
        return refusal(
            Code.NONCE_DUPLICATE, "public nonce must be new, statement " + other.id() + " has it");
      }
    }
    return Optional.empty();
  }

  private static Optional<Violation> notForLeader(SignedStatement said) {
    return refusal(
        Code.AUTHOR_MISMATCH, "only the leader makes " + said.body().kind() + ", got a member's");
  }

  private static Optional<Round> round(InCohort state) {
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

  private static Verdict<CoordinatorFact> said(InCohort state, Input.Said said) {
    Made made = new Made(said.statement(), said.recipient());
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(said.statement(), said.recipient()));
    Formed formed = state.formed();
    if (state instanceof ProposingKeyset
        && said.statement().body() instanceof Statement.KeysetProposal) {
      for (SignedStatement optIn : formed.optIns()) {
        effects.add(new Effect.Send(optIn, said.recipient()));
      }
      effects.add(sayWelcome(formed, said.statement().id()));
    }
    return new Verdict.Accepted<>(List.of(made), effects);
  }

  /** What can happen now that could not before; empty when the state waits. */
  static Optional<Verdict.Accepted<CoordinatorFact>> progress(CoordinatorState state, Instant now) {
    return switch (state) {
      case Keying keying -> acknowledged(keying, now);
      case AwaitingListing listing ->
          Responses.requested(listing.formed().cohort(), listing.formed().said(), listing.number())
                      .size()
                  == listing.formed().cohort().size()
              ? Optional.of(open(listing, now))
              : Optional.empty();
      case Collecting collecting ->
          Responses.inKeyOrder(collecting.round(), collecting.formed().said())
              .map(responses -> propose(collecting, responses, now));
      case AwaitingPartials awaiting -> finish(awaiting, now);
      case CoordinatorState.Drafted other -> Optional.empty();
      case CoordinatorState.Announced other -> Optional.empty();
      case CoordinatorState.Recruiting other -> Optional.empty();
      case CoordinatorState.DrawingChannel other -> Optional.empty();
      case ProposingKeyset other -> Optional.empty();
      case Welcoming other -> Optional.empty();
      case AwaitingFunding other -> Optional.empty();
      case Opening other -> Optional.empty();
      case Proposing other -> Optional.empty();
      case Publishing other -> Optional.empty();
      case Closed other -> Optional.empty();
    };
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> acknowledged(
      Keying keying, Instant now) {
    Cohort cohort = keying.formed().cohort();
    int acks = KeysetView.acknowledged(cohort, keying.formed().said(), keying.proposalId()).size();
    return acks == cohort.size()
        ? Optional.of(
            new Verdict.Accepted<>(
                List.of(
                    new CoordinatorFact.KeysetFinal(
                        now.plus(cohort.terms().deadlines().funding()))),
                List.of(awaitFunding(cohort))))
        : Optional.empty();
  }

  private static Verdict.Accepted<CoordinatorFact> open(AwaitingListing state, Instant now) {
    Cohort cohort = state.formed().cohort();
    CohortTerms terms = cohort.terms();
    long fee = terms.fees().feeFor(Round.KEY_PATH_VSIZE, state.formed().plan().feeRate());
    Round round =
        new Round(
            cohort,
            Round.opportunity(cohort, state.number(), state.outpoint(), state.funding(), fee));
    return new Verdict.Accepted<>(
        List.of(
            new CoordinatorFact.RoundOpened(
                round.opportunity(), now.plus(terms.deadlines().response()))),
        List.of(sayOpportunity(state.formed(), round)));
  }

  private static Verdict.Accepted<CoordinatorFact> propose(
      Collecting state, List<SignedStatement> responses, Instant now) {
    Attempt attempt = Attempt.first(state.round(), responses);
    Deadlines deadlines = deadlines(state);
    Duration both = deadlines.proposal().plus(deadlines.partial());
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.AttemptChosen(now.plus(both))),
        List.of(sayProposal(state.formed(), attempt)));
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> finish(
      AwaitingPartials state, Instant now) {
    return switch (FinalSignature.of(state.attempt(), state.formed().said())) {
      case FinalSignature.Incomplete incomplete -> Optional.empty();
      case FinalSignature.Faulty faulty -> {
        Outcome outcome =
            new Outcome.Failed(
                Code.BAD_PARTIAL_SIGNATURE,
                "partial signatures must verify, those of slots " + faulty.slots() + " do not");
        yield Optional.of(
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.Ended(outcome)), List.of(new Effect.Report(outcome))));
      }
      case FinalSignature.Complete complete -> {
        Publishing publishing =
            new Publishing(
                state.formed(),
                state.attempt(),
                complete.signature(),
                now.plus(deadlines(state).confirmation()));
        List<Effect> effects = new ArrayList<>(publish(publishing));
        effects.add(sayFinal(publishing));
        yield Optional.of(
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.Completed(complete.signature(), publishing.until())),
                effects));
      }
    };
  }

  private static Verdict<CoordinatorFact> answered(
      Publishing state, Input.BroadcastAnswered answer) {
    if (answer.accepted() || !answer.lasting()) {
      return Verdict.ignore("the confirmation decides");
    }
    return Enrolment.ended(
        mayStillConfirm(
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
    if (number < terms.rounds()) {
      return new Verdict.Accepted<>(
          List.of(anchored), List.of(new Effect.Listen(state.formed().channel(), number + 1)));
    }
    Outcome outcome = new Outcome.Anchored(state.transaction().displayTxid());
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

  private static Verdict<CoordinatorFact> deadline(InCohort state, Instant now) {
    return switch (state) {
      case AwaitingListing listing -> {
        int requests =
            Responses.requested(
                    listing.formed().cohort(), listing.formed().said(), listing.number())
                .size();
        yield requests > 0
            ? open(listing, now)
            : failed(
                Code.NOT_LISTED,
                "round requests must be at least 1 at the listing deadline, got 0");
      }
      case Keying keying ->
          failed(Code.SILENT_MEMBER, "acknowledgements are missing: " + missingAcks(keying));
      case AwaitingFunding funding ->
          failed(
              Code.NOT_FUNDED,
              "address "
                  + funding.formed().cohort().address()
                  + " must receive at least "
                  + funding.formed().cohort().terms().minFunding()
                  + " sat in time");
      case Collecting collecting ->
          failed(
              Code.SILENT_MEMBER,
              "responses are missing of slots "
                  + Responses.missing(collecting.round(), collecting.formed().said()));
      case AwaitingPartials awaiting ->
          Enrolment.ended(
              mayStillConfirm(
                  awaiting.attempt(), Code.SILENT_MEMBER, "partial signatures are missing"));
      case Publishing publishing ->
          Enrolment.ended(
              mayStillConfirm(
                  publishing.attempt(),
                  Code.DEADLINE_PASSED,
                  "the transaction is not confirmed yet; it stays valid"));
      case ProposingKeyset other -> stuck(other);
      case Welcoming other -> stuck(other);
      case Opening other -> stuck(other);
      case Proposing other -> stuck(other);
    };
  }

  private static Verdict<CoordinatorFact> stuck(InCohort state) {
    return failed(
        Code.DEADLINE_PASSED,
        "the statement of " + state.getClass().getSimpleName() + " was not signed in time");
  }

  private static Verdict<CoordinatorFact> failed(Code code, String detail) {
    return Enrolment.ended(new Outcome.Failed(code, detail));
  }

  private static Outcome mayStillConfirm(Attempt attempt, Code code, String detail) {
    return new Outcome.MayStillConfirm(
        attempt.transaction().displayTxid(), attempt.signalBytes(), code, detail);
  }

  private static List<Integer> missingAcks(Keying keying) {
    Cohort cohort = keying.formed().cohort();
    List<Integer> slots = new ArrayList<>();
    var there = KeysetView.acknowledged(cohort, keying.formed().said(), keying.proposalId());
    for (int slot = 0; slot < cohort.size(); slot++) {
      if (!there.contains(slot)) {
        slots.add(slot);
      }
    }
    return slots;
  }

  /** Listens again, sends again what was said, asks again what is awaited. */
  static List<Effect> resume(InCohort state) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Listen(state.formed().channel(), 0));
    effects.add(
        new Effect.Listen(
            state.formed().channel(), round(state).map(r -> r.opportunity().number()).orElse(1)));
    for (Made made : state.formed().made()) {
      effects.add(new Effect.Send(made.statement(), made.recipient()));
    }
    switch (state) {
      case ProposingKeyset proposing -> effects.add(Enrolment.sayKeyset(proposing.formed()));
      case Welcoming welcoming ->
          effects.add(sayWelcome(welcoming.formed(), welcoming.proposalId()));
      case AwaitingFunding funding -> effects.add(awaitFunding(funding.formed().cohort()));
      case Opening opening -> effects.add(sayOpportunity(opening.formed(), opening.round()));
      case Proposing proposing -> effects.add(sayProposal(proposing.formed(), proposing.attempt()));
      case Publishing publishing -> effects.addAll(publish(publishing));
      case Keying keying -> {}
      case AwaitingListing listing ->
          effects.add(new Effect.Listen(listing.formed().channel(), listing.number()));
      case Collecting collecting -> {}
      case AwaitingPartials awaiting -> {}
    }
    return effects;
  }

  private static Effect awaitFunding(Cohort cohort) {
    return new Effect.AwaitFunding(cohort, cohort.terms().confirmations());
  }

  private static List<Effect> publish(Publishing state) {
    Transaction transaction = state.transaction();
    return List.of(
        new Effect.Broadcast(transaction),
        new Effect.AwaitConfirmation(
            transaction.txid(), state.formed().cohort().terms().confirmations()));
  }

  private static Effect.Say sayWelcome(Formed formed, Bytes proposalId) {
    return new Effect.Say(
        formed.announcement().id(),
        Bytes.EMPTY,
        0,
        new Welcome(formed.channel(), proposalId, Bytes.EMPTY),
        new Recipient.Inboxes(formed.cohort().members().stream().map(Member::inboxKey).toList()));
  }

  private static Effect.Say sayOpportunity(Formed formed, Round round) {
    return sayInRound(formed, round, round.opportunity());
  }

  private static Effect.Say sayProposal(Formed formed, Attempt attempt) {
    return sayInRound(formed, attempt.round(), attempt.proposal());
  }

  private static Effect.Say sayFinal(Publishing state) {
    return sayInRound(
        state.formed(),
        state.attempt().round(),
        new Final(state.attempt().transcript(), state.transaction().txid(), state.signature()));
  }

  private static Effect.Say sayInRound(Formed formed, Round round, Statement body) {
    return new Effect.Say(
        formed.cohort().id(),
        round.id(),
        0,
        body,
        new Recipient.Channel(formed.channel(), round.opportunity().number()));
  }

  private static Deadlines deadlines(InCohort state) {
    return state.formed().cohort().terms().deadlines();
  }

  private static Optional<Violation> refusal(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
