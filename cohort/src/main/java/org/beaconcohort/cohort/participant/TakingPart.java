package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingFunding;
import org.beaconcohort.cohort.participant.ParticipantFact.Ended;
import org.beaconcohort.cohort.participant.ParticipantFact.Noted;
import org.beaconcohort.cohort.participant.ParticipantState.Anchored;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingListing;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/** F4 and R0 to R5 as a member sees them: what comes in from outside. */
final class TakingPart {
  private TakingPart() {}

  static Verdict<ParticipantFact> decide(InCohort state, Input input, Instant now) {
    return switch (input) {
      case Input.HeadRead read -> ReadingBack.headRead(state, read.about(), now);
      case Input.ClockJumped jumped -> ReadingBack.clockJumped(state, jumped);
      case Input.Heard heard -> heard(state, heard.statement(), now);
      case Input.Said said -> said(state, said);
      case Input.Funded funded when state instanceof AwaitingFunding awaiting ->
          Rekeying.funded(awaiting, funded, opportunityBy(state, now));
      case Input.Listed listed when state instanceof AwaitingListing awaiting ->
          Verdict.accept(
              new ParticipantFact.AddressListed(opportunityBy(state, now)),
              HandingOver.request(awaiting.joined(), 1));
      case Input.SuccessorFormed formed -> HandingOver.formed(state, formed.succession());
      case Input.SuccessorListed listed when state instanceof Succeeding succeeding ->
          HandingOver.listed(succeeding, listed);
      case Input.LeafSignatureMade made -> LeafSigning.made(state, made);
      case Input.LeafNotSigned not -> LeafSigning.notMade(state, not);
      case Input.Surveyed surveyed when LeafSigning.awaits(state, surveyed.about()) ->
          LeafSigning.surveyed(state, surveyed, now);
      case Input.Surveyed surveyed when state instanceof Weighing weighing ->
          weighed(weighing, surveyed, now);
      case Input.Surveyed surveyed when state instanceof Checking checking ->
          checked(checking, surveyed, now);
      case Input.NonceOpened opened when state instanceof Answering answering ->
          opened.roundId().equals(answering.round().id())
              ? Verdict.accept(
                  new ParticipantFact.NonceOpened(opened.nonce()),
                  Saying.response(answering, opened.nonce()))
              : Verdict.ignore("a nonce of another round");
      case Input.NonceOpened opened -> NonceLoss.opened(state, opened);
      case Input.PartialMade made when state instanceof Claimed claimed ->
          signed(claimed, made, now);
      case Input.NonceGone gone -> nonceGone(state, gone);
      case Input.Funded funded when state instanceof Ready ready ->
          TakingOver.funded(ready, funded);
      case Input.Seen seen -> Signing.seen(state, seen.transaction(), now);
      case Input.Confirmed confirmed when state instanceof Final last ->
          anchored(last, confirmed, now);
      case Input.OfferedAlone offered -> AnchoringAlone.offered(state, offered);
      case Input.AnchoredAlone anchored -> AnchoringAlone.anchored(state, anchored);
      // Its own affair: the round goes on, and may anchor the update all the same (R21).
      case Input.CannotAnchorAlone cannot -> Verdict.ignore(cannot.detail());
      case Input.CannotGoOn cannot -> Endings.cannotGoOn(state, cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed -> Endings.deadline(state, now, Relays.NOT_ASKED);
      default ->
          Verdict.ignore(
              input.getClass().getSimpleName()
                  + " answers nothing asked in "
                  + state.getClass().getSimpleName());
    };
  }

  /** After a loss of nonces, what was said before follows the statement that names them (N4). */
  private static Verdict<ParticipantFact> said(InCohort state, Input.Said said) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(said.statement(), said.recipient()));
    if (said.statement().body() instanceof NonceLost) {
      effects.addAll(Resuming.sendAgain(state.joined()));
    }
    effects.addAll(HandingOver.learned(state.joined(), said.statement().body()));
    ParticipantFact.Made made = new ParticipantFact.Made(said.statement(), said.recipient());
    if (state instanceof Claimed claimed
        && claimed.with(claimed.joined().making(made)) instanceof Claimed after
        && Saying.isClaimSaid(after)) {
      effects.add(OwnWords.before(after, after.claim().transcript()));
    }
    return new Verdict.Accepted<>(List.of(made), effects);
  }

  private static Verdict<ParticipantFact> heard(InCohort state, SignedStatement said, Instant now) {
    if (state.joined().said().contains(said.id())) {
      return Verdict.ignore("statement " + said.id() + " is known");
    }
    Optional<Violation> wrong = Hearing.check(state, said, now);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    if (state instanceof KeysetState forming && said.body() instanceof Welcome welcome) {
      return Rekeying.welcomed(forming, said, welcome, now);
    }
    List<ParticipantFact> facts = new ArrayList<>();
    facts.add(new Noted(said));
    Optional<Outcome> end = Hearing.endsCohort(state, said);
    if (end.isPresent()) {
      facts.add(new Ended(end.get()));
      return new Verdict.Accepted<>(facts, Endings.farewell(state, end.get()));
    }
    List<Effect> effects = new ArrayList<>(Rekeying.answer(state.joined(), said));
    effects.addAll(HandingOver.learned(state.joined(), said.body()));
    if (said.body() instanceof Sync sync) {
      effects.addAll(Suspending.answer(state, said, sync));
    }
    return new Verdict.Accepted<>(facts, effects);
  }

  /** The answer to an opportunity: own sources first, then the commit point, then a nonce. */
  private static Verdict<ParticipantFact> weighed(
      Weighing state, Input.Surveyed surveyed, Instant now) {
    if (!surveyed.about().equals(ReadingBack.about(state))) {
      return Verdict.ignore("a survey for something else");
    }
    if (!now.isBefore(state.until())) {
      return Verdict.ignore("own sources answered after the deadline");
    }
    Survey survey = surveyed.survey();
    int depth = state.joined().plan().policy().depth(state.joined().cohort().terms());
    Optional<Violation> wrong = Checklist.prevout(state.round().prevout(), survey, depth);
    if (wrong.isEmpty() && survey.halted()) {
      wrong = Optional.of(Violation.refusal(Code.HALTED, "signing is halted by the operator"));
    }
    if (wrong.isEmpty()) {
      wrong = HandingOver.unlisted(state.joined().plan(), state.round(), survey, depth);
    }
    if (wrong.isPresent()) {
      return Verdict.accept(
          new ParticipantFact.OpportunityRefused(
              state.opportunity().id(), wrong.get().code(), wrong.get().detail()));
    }
    List<OfferedUpdate> updates = new ArrayList<>();
    for (Survey.Document document : survey.documents()) {
      boolean listed = document.listedDepth() >= depth;
      for (OfferedUpdate update : document.update()) {
        if (listed && Checklist.unsafe(update, survey).isEmpty()) {
          updates.add(update);
        }
      }
    }
    Deadlines deadlines = deadlines(state);
    Instant until =
        now.plus(deadlines.response()).plus(deadlines.proposal()).plus(deadlines.partial());
    ParticipantFact committed = new ParticipantFact.UpdatesCommitted(updates, until);
    return state.joined().cohort().terms().order() == ResponseOrder.NO_NONCES
        ? new Verdict.Accepted<>(
            List.of(committed, new ParticipantFact.NonceOpened(NonceOffer.NONE)),
            List.of(Saying.response(state, updates)))
        : Verdict.accept(committed, NonceLoss.open(state.joined(), state.round()));
  }

  /** The checklist; then the claim, which is durable before the signature exists (R5). */
  private static Verdict<ParticipantFact> checked(
      Checking state, Input.Surveyed surveyed, Instant now) {
    if (!surveyed.about().equals(ReadingBack.about(state))) {
      return Verdict.ignore("a survey for something else");
    }
    SigningCase signing = Signing.of(state, surveyed.survey());
    Optional<Violation> wrong = Checklist.check(signing, now);
    if (wrong.isPresent()) {
      return Verdict.accept(
          new ParticipantFact.ProposalRefused(
              state.proposal().id(), wrong.get().code(), wrong.get().detail()));
    }
    ParticipantFact.Claimed fact =
        new ParticipantFact.Claimed(
            state.proposal().id(),
            signing.nonce().number(),
            signing.attempt().transcript(),
            signing.transaction().txid(),
            later(state.until(), now.plus(partial(state, signing.attempt()))));
    Claim claim = claim(state, fact);
    return Verdict.accept(
        fact,
        state.joined().plan().nonces().custody() == NonceCustody.SEALED
            ? Saying.claim(state.joined(), claim)
            : sign(claim));
  }

  /** Only ever asked for once the claim is durable, and in sealed mode seen on relays. */
  static Effect.Sign sign(Claim claim) {
    Attempt attempt = claim.attempt();
    return new Effect.Sign(
        attempt.round().id(),
        claim.number(),
        claim.transcript(),
        attempt.session(),
        attempt.round().cohort());
  }

  private static Verdict<ParticipantFact> signed(
      Claimed state, Input.PartialMade made, Instant now) {
    if (!made.transcript().equals(state.claim().transcript())) {
      return Verdict.ignore("a signature for another transcript");
    }
    Instant due = now.plus(partial(state, state.claim().attempt()));
    List<ParticipantFact> facts = new ArrayList<>();
    facts.add(
        new ParticipantFact.PartialRecorded(
            made.signature(), made.next(), later(state.until(), due)));
    if (LeafAsks.threshold(state) > 0) {
      facts.add(new LeafFact.PartialsDue(due));
    }
    return new Verdict.Accepted<>(
        facts,
        List.of(
            Saying.partial(state, made.signature(), made.next()),
            new Effect.LookFor(state.claim().txid())));
  }

  private static Verdict<ParticipantFact> nonceGone(InCohort state, Input.NonceGone gone) {
    return switch (state) {
      case Answering answering -> Joining.ended(Code.NONCE_LOST, gone.why());
      case Claimed claimed ->
          NonceLoss.gone(claimed, gone)
              .orElseGet(() -> Endings.signatureNotMade(claimed, gone.why()));
      default -> Verdict.ignore("no nonce is in use");
    };
  }

  private static Verdict<ParticipantFact> anchored(
      Final state, Input.Confirmed confirmed, Instant now) {
    if (!confirmed.txid().equals(state.claim().txid())) {
      return Verdict.ignore("another transaction was confirmed");
    }
    int number = state.claim().attempt().round().opportunity().number();
    ParticipantFact anchored =
        new ParticipantFact.SignalAnchored(confirmed.depth(), opportunityBy(state, now));
    Optional<Outcome> succeeded =
        HandingOver.succeeded(state.claim().attempt().round(), state.transaction().displayTxid());
    if (succeeded.isEmpty() && number < state.joined().cohort().terms().rounds()) {
      return goingOn(state.joined(), anchored, number + 1);
    }
    Outcome outcome = succeeded.orElseGet(() -> Endings.anchored(state));
    return new Verdict.Accepted<>(
        List.of(anchored, new Ended(outcome)), List.of(new Effect.Report(outcome)));
  }

  private static Verdict<ParticipantFact> goingOn(
      Joined joined, ParticipantFact anchored, int number) {
    Effect listen = new Effect.Listen(joined.channel(), number);
    ParticipantFact next = new ParticipantFact.NextRound(number);
    return HandingOver.begun(joined)
        .map(begun ->
            new Verdict.Accepted<>(
                List.of(anchored, next, begun), List.of(listen, HandingOver.ask(joined, begun))))
        .orElseGet(() ->
            new Verdict.Accepted<>(
                List.of(anchored, next), List.of(listen, HandingOver.request(joined, number))));
  }

  static Responded backToResponded(Checking state, Bytes proposalId) {
    Responded before = state.responded();
    List<Bytes> refused = new ArrayList<>(before.refused());
    refused.add(proposalId);
    return new Responded(
        before.joined(), before.round(), before.updates(), before.nonce(), refused, before.until());
  }

  static Claim claim(Checking state, ParticipantFact.Claimed fact) {
    return new Claim(
        Signing.attempt(state.responded(), state.proposal()).orElseThrow(),
        fact.transcript(),
        fact.number(),
        fact.txid(),
        state.responded().updates(),
        state.bundle());
  }

  /** A deadline that stands still, or is overdue, lets nothing begin that it would end at once. */
  private static Optional<Verdict.Accepted<ParticipantFact>> proposalInTime(
      Responded responded, Instant now) {
    return now.isBefore(responded.until()) ? Signing.nextProposal(responded) : Optional.empty();
  }

  /** What can happen now that could not before; empty when the state waits. */
  static Optional<Verdict.Accepted<ParticipantFact>> progress(InCohort state, Instant now) {
    if (!state.joined().isReadBack()) {
      return Optional.empty();
    }
    return LeafSigning.progress(state, now)
        .or(() -> moved(state, now))
        .or(() -> Extending.next(state, now));
  }

  private static Optional<Verdict.Accepted<ParticipantFact>> moved(InCohort state, Instant now) {
    return switch (state) {
      case KeysetState forming -> Rekeying.progress(forming, now);
      case Ready ready -> Signing.nextOpportunity(ready, now).or(() -> TakingOver.due(ready, now));
      case Responded responded ->
          proposalInTime(responded, now)
              .or(() -> TakingOver.propose(responded, now))
              .or(() -> LeafLeading.ask(responded, now));
      case Signed signed ->
          Signing.completed(signed, now)
              .or(() -> NonceLoss.attemptLost(signed, now))
              .or(() -> TakingOver.propose(signed, now))
              .or(() -> LeafLeading.ask(signed, now));
      // Not listed yet: it takes part and declines (N16).
      case AwaitingListing awaiting ->
          Signing.nextOpportunity(awaiting.unlisted(), now)
              .filter(next -> next.facts().get(0) instanceof ParticipantFact.OpportunityTaken);
      case Succeeding other -> Optional.empty();
      case Weighing other -> Optional.empty();
      case Answering other -> Optional.empty();
      case Checking other -> Optional.empty();
      case Claimed other -> Optional.empty();
      case Final other -> Optional.empty();
      case Anchored other -> Optional.empty();
    };
  }

  /**
   * The leader opens the round at its own listing deadline at the latest; its clock started at
   * another sighting of the same transaction, and the opportunity has to arrive.
   */
  private static Instant opportunityBy(InCohort state, Instant now) {
    return now.plus(deadlines(state).listing()).plus(deadlines(state).response());
  }

  /** Whoever missed the proposal waits as long as before; whoever did not waits with it. */
  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A later attempt has more time (R22). */
  private static Duration partial(InCohort state, Attempt attempt) {
    return Budget.grown(deadlines(state).partial(), attempt.counter());
  }

  static Deadlines deadlines(InCohort state) {
    return state.joined().cohort().terms().deadlines();
  }
}
