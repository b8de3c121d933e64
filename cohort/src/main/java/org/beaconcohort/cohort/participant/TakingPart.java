package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.NonceLost;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantFact.Ended;
import org.beaconcohort.cohort.participant.ParticipantFact.Noted;
import org.beaconcohort.cohort.participant.ParticipantState.Acked;
import org.beaconcohort.cohort.participant.ParticipantState.Anchored;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingFunding;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingListing;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Joined;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.musig2.bytes.Bytes;

/** F4 and R0 to R5 as a member sees them: what comes in from outside. */
final class TakingPart {
  private TakingPart() {}

  static Verdict<ParticipantFact> decide(InCohort state, Input input, Instant now) {
    return switch (input) {
      case Input.HeadRead read -> headRead(state, read.about(), now);
      case Input.ClockJumped jumped -> clockJumped(state, jumped);
      case Input.Heard heard -> heard(state, heard.statement());
      case Input.Said said -> said(state, said);
      case Input.Funded funded when state instanceof AwaitingFunding awaiting ->
          Verdict.accept(
              new ParticipantFact.FundingFound(funded.outpoint(), opportunityBy(state, now)),
              Saying.listAddress(awaiting.joined()));
      case Input.Listed listed when state instanceof AwaitingListing awaiting ->
          Verdict.accept(
              new ParticipantFact.AddressListed(opportunityBy(state, now)),
              Saying.request(awaiting.joined(), 1));
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
      case Input.Confirmed confirmed when state instanceof Final last ->
          anchored(last, confirmed, now);
      case Input.CannotGoOn cannot -> cannotGoOn(state, cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed -> deadline(state, now);
      default ->
          Verdict.ignore(
              input.getClass().getSimpleName()
                  + " answers nothing asked in "
                  + state.getClass().getSimpleName());
    };
  }

  /** The relays were asked for own words, and the journal holds them all (N19): it goes on. */
  private static Verdict<ParticipantFact> headRead(InCohort state, Bytes about, Instant now) {
    Joined joined = state.joined();
    if (!joined.isReadBack()) {
      return about.size() == 0
          ? readAtStart(state, now)
          : Verdict.ignore("asked for by an earlier process");
    }
    return switch (state) {
      case Weighing weighing when about.equals(about(weighing)) ->
          new Verdict.Accepted<>(
              List.of(), List.of(Saying.survey(weighing, about, weighing.round())));
      case Checking checking when about.equals(about(checking)) ->
          new Verdict.Accepted<>(
              List.of(), List.of(Saying.survey(checking, about, checking.responded().round())));
      case Claimed claimed when about.equals(about(claimed)) && Saying.isClaimSaid(claimed) ->
          new Verdict.Accepted<>(List.of(), List.of(sign(claimed.claim())));
      default -> Verdict.ignore("nothing waits for it");
    };
  }

  /** In one append with the end, if that is overdue: no crash makes it be asked for ever. */
  private static Verdict<ParticipantFact> readAtStart(InCohort state, Instant now) {
    Joined joined = state.joined();
    InCohort read = state.with(joined.readBackBy(joined.plan().instance()));
    List<ParticipantFact> facts = new ArrayList<>();
    facts.add(new ParticipantFact.HeadRead(joined.plan().instance()));
    boolean overdue = !now.isBefore(state.until()) && !(state instanceof Final);
    if (overdue && deadline(read, now) instanceof Verdict.Accepted<ParticipantFact> end) {
      facts.addAll(end.facts());
      return new Verdict.Accepted<>(facts, end.effects());
    }
    return new Verdict.Accepted<>(facts, Resuming.goOn(read));
  }

  private static Bytes about(Weighing state) {
    return OwnWords.about(state.joined(), state.opportunity().id());
  }

  private static Bytes about(Claimed state) {
    return OwnWords.about(state.joined(), state.claim().transcript());
  }

  private static Bytes about(Checking state) {
    return OwnWords.about(state.joined(), state.proposal().id());
  }

  /**
   * This may be a machine put back to a snapshot: what was asked before the jump counts no more.
   */
  private static Verdict<ParticipantFact> clockJumped(InCohort state, Input.ClockJumped jumped) {
    InCohort after = state.with(state.joined().afterClockJump());
    // What is asked at the start stays the question until it is answered: nothing goes on before.
    boolean asked = state.joined().isReadBack();
    return Verdict.accept(
        new ParticipantFact.ClockJumped(jumped.seconds()),
        switch (after) {
          case Weighing weighing when asked ->
              OwnWords.before(weighing, weighing.opportunity().id());
          case Checking checking when asked -> OwnWords.before(checking, checking.proposal().id());
          case Claimed claimed when asked && Saying.isClaimSaid(claimed) ->
              OwnWords.before(claimed, claimed.claim().transcript());
          default -> OwnWords.atStart(after);
        });
  }

  /** After a loss of nonces, what was said before follows the statement that names them (N4). */
  private static Verdict<ParticipantFact> said(InCohort state, Input.Said said) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(said.statement(), said.recipient()));
    if (said.statement().body() instanceof NonceLost) {
      effects.addAll(Resuming.sendAgain(state.joined()));
    }
    ParticipantFact.Made made = new ParticipantFact.Made(said.statement(), said.recipient());
    if (state instanceof Claimed claimed
        && claimed.with(claimed.joined().making(made)) instanceof Claimed after
        && Saying.isClaimSaid(after)) {
      effects.add(OwnWords.before(after, after.claim().transcript()));
    }
    return new Verdict.Accepted<>(List.of(made), effects);
  }

  private static Verdict<ParticipantFact> heard(InCohort state, SignedStatement said) {
    if (state.joined().said().contains(said.id())) {
      return Verdict.ignore("statement " + said.id() + " is known");
    }
    Optional<Violation> wrong = Hearing.check(state, said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    List<ParticipantFact> facts = new ArrayList<>();
    facts.add(new Noted(said));
    Optional<Outcome> end = Hearing.endsCohort(state, said);
    if (end.isPresent()) {
      facts.add(new Ended(end.get()));
      return new Verdict.Accepted<>(facts, farewell(state, end.get()));
    }
    return new Verdict.Accepted<>(facts, List.of());
  }

  /** The answer to an opportunity: own sources first, then the commit point, then a nonce. */
  private static Verdict<ParticipantFact> weighed(
      Weighing state, Input.Surveyed surveyed, Instant now) {
    if (!surveyed.about().equals(about(state))) {
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
    return Verdict.accept(
        new ParticipantFact.UpdatesCommitted(updates, until),
        NonceLoss.open(state.joined(), state.round()));
  }

  /** The checklist; then the claim, which is durable before the signature exists (R5). */
  private static Verdict<ParticipantFact> checked(
      Checking state, Input.Surveyed surveyed, Instant now) {
    if (!surveyed.about().equals(about(state))) {
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
            later(state.until(), now.plus(deadlines(state).partial())));
    Claim claim = claim(state, fact);
    return Verdict.accept(
        fact,
        state.joined().plan().nonces().custody() == NonceCustody.SEALED
            ? Saying.claim(state.joined(), claim)
            : sign(claim));
  }

  /** Only ever asked for once the claim is durable, and in sealed mode seen on relays. */
  private static Effect.Sign sign(Claim claim) {
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
    return Verdict.accept(
        new ParticipantFact.PartialRecorded(
            made.signature(),
            made.next(),
            later(state.until(), now.plus(deadlines(state).partial()))),
        Saying.partial(state, made.signature(), made.next()));
  }

  private static Verdict<ParticipantFact> nonceGone(InCohort state, Input.NonceGone gone) {
    return switch (state) {
      case Answering answering -> Joining.ended(Code.NONCE_LOST, gone.why());
      case Claimed claimed ->
          NonceLoss.gone(claimed, gone).orElseGet(() -> signatureNotMade(claimed, gone.why()));
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
    if (number < state.joined().cohort().terms().rounds()) {
      return new Verdict.Accepted<>(
          List.of(anchored, new ParticipantFact.NextRound(number + 1)),
          List.of(
              new Effect.Listen(state.joined().channel(), number + 1),
              Saying.request(state.joined(), number + 1)));
    }
    Outcome outcome = new Outcome.Anchored(state.transaction().displayTxid());
    return new Verdict.Accepted<>(
        List.of(anchored, new Ended(outcome)), List.of(new Effect.Report(outcome)));
  }

  private static Verdict<ParticipantFact> cannotGoOn(InCohort state, Code code, String detail) {
    return switch (state) {
      case Claimed claimed -> mayStillConfirm(claimed, claimed.claim(), code, detail);
      case Signed signed -> mayStillConfirm(signed, signed.claim(), code, detail);
      case Final last -> mayStillConfirm(last, last.claim(), code, detail);
      default -> failed(state, code, detail);
    };
  }

  private static Verdict<ParticipantFact> deadline(InCohort state, Instant now) {
    Optional<Verdict.Accepted<ParticipantFact>> next =
        switch (state) {
          case Ready ready -> TakingOver.next(ready, now);
          case Responded responded -> TakingOver.next(responded, now);
          // A bad signature stays bad under whoever leads.
          case Signed signed when signed.partials().faulty().isEmpty() ->
              TakingOver.next(signed, now);
          default -> Optional.empty();
        };
    return next.isPresent() ? next.get() : end(state);
  }

  private static Verdict<ParticipantFact> end(InCohort state) {
    return switch (state) {
      case Acked acked -> notAcknowledged(acked);
      case AwaitingFunding awaiting ->
          failed(
              awaiting,
              Code.NOT_FUNDED,
              "address " + awaiting.joined().cohort().address() + " was not funded in time");
      case AwaitingListing awaiting ->
          failed(
              awaiting,
              Code.NOT_LISTED,
              "the documents did not list the address in time; check the singleton's transaction");
      case Ready ready -> failed(ready, Code.DEADLINE_PASSED, "no opportunity came in time");
      case Weighing weighing ->
          failed(
              weighing,
              Code.DEADLINE_PASSED,
              "relays did not give out this member's own statements, or own sources did not answer,"
                  + " in time; nothing was submitted");
      case Answering answering ->
          failed(answering, Code.DEADLINE_PASSED, "the response was not ready in time");
      case Responded responded -> notSigned(responded, responded, Code.SILENT_MEMBER);
      case Checking checking -> notSigned(checking, checking.responded(), Code.DEADLINE_PASSED);
      case Claimed claimed -> signatureNotMade(claimed, "the signature was not made in time");
      case Signed signed ->
          mayStillConfirm(
              signed,
              signed.claim(),
              signed.partials().faulty().isEmpty()
                  ? Code.SILENT_MEMBER
                  : Code.BAD_PARTIAL_SIGNATURE,
              signed.partials().shortfall());
      case Final last when !last.broadcasts() ->
          new Verdict.Accepted<>(
              List.of(new ParticipantFact.BroadcastDue()), Saying.broadcast(last));
      case Final last ->
          mayStillConfirm(
              last,
              last.claim(),
              Code.DEADLINE_PASSED,
              "the transaction is complete and not confirmed yet");
      case Anchored anchored -> Verdict.ignore("the signal is anchored");
    };
  }

  /**
   * Judged at the deadline only: a complete set is final whatever else was said (N11), and one
   * acknowledgement of something else ends nobody's membership before.
   */
  private static Verdict<ParticipantFact> notAcknowledged(Acked state) {
    Joined joined = state.joined();
    for (SignedStatement said : joined.said().of(StatementKind.KEYSET_ACK)) {
      if (said.body() instanceof KeysetAck ack
          && joined.cohort().slotOf(said.author()).isPresent()
          && !ack.keysetProposalId().equals(joined.proposalId())) {
        return failed(
            state,
            Code.KEYSET_FORK,
            "acknowledgements must name "
                + joined.proposalId()
                + ", statement "
                + said.id()
                + " names "
                + ack.keysetProposalId()
                + "; fund nothing");
      }
    }
    return failed(state, Code.SILENT_MEMBER, "acknowledgements are missing; nothing was funded");
  }

  /** Nothing of this attempt left; something of an earlier one of the round may have. */
  private static Verdict<ParticipantFact> signatureNotMade(Claimed state, String why) {
    Optional<Claim> out = NonceLoss.released(state.joined(), state.claim().attempt().round());
    return out.isPresent()
        ? mayStillConfirm(state, out.get(), Code.NONCE_LOST, why)
        : failed(state, Code.NONCE_LOST, why + "; nothing left this process");
  }

  private static Verdict<ParticipantFact> notSigned(
      InCohort state, Responded responded, Code code) {
    String advice =
        "; the committed update stays the only one for its version: anchor the same bytes by the"
            + " singleton beacon (round of "
            + state.joined().cohort().address()
            + ")";
    Optional<Claim> out = NonceLoss.released(state.joined(), responded.round());
    if (out.isPresent()) {
      return mayStillConfirm(
          state, out.get(), Code.NONCE_LOST, "no other attempt was completed in time" + advice);
    }
    return NonceLoss.isLost(responded)
        ? failed(state, Code.NONCE_LOST, "the nonce ended with the process that made it" + advice)
        : failed(state, code, "no proposal passed the checklist in time" + advice);
  }

  private static Verdict<ParticipantFact> failed(InCohort state, Code code, String detail) {
    String unread =
        state.joined().isReadBack()
            ? ""
            : "; the relays did not answer, so whether the journal holds all that was said before"
                + " the restart is not known";
    Outcome outcome = new Outcome.Failed(code, detail + unread);
    return new Verdict.Accepted<>(List.of(new Ended(outcome)), farewell(state, outcome));
  }

  static Verdict.Accepted<ParticipantFact> mayStillConfirm(
      InCohort state, Claim claim, Code code, String detail) {
    Outcome outcome =
        new Outcome.MayStillConfirm(
            claim.attempt().transaction().displayTxid(),
            claim.attempt().signalBytes(),
            code,
            detail);
    return new Verdict.Accepted<>(List.of(new Ended(outcome)), farewell(state, outcome));
  }

  /** N5: what ends, ends its nonces. */
  private static List<Effect> farewell(InCohort state, Outcome outcome) {
    List<Effect> effects = new ArrayList<>();
    Saying.round(state).ifPresent(round -> effects.add(new Effect.DestroyNonces(round.id())));
    effects.add(new Effect.Report(outcome));
    return effects;
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

  /** What can happen now that could not before; empty when the state waits. */
  static Optional<Verdict.Accepted<ParticipantFact>> progress(InCohort state, Instant now) {
    if (!state.joined().isReadBack()) {
      return Optional.empty();
    }
    return switch (state) {
      case Acked acked -> acknowledged(acked, now);
      case Ready ready -> Signing.nextOpportunity(ready, now).or(() -> TakingOver.due(ready, now));
      case Responded responded ->
          Signing.nextProposal(responded).or(() -> TakingOver.propose(responded));
      case Signed signed ->
          Signing.completed(signed, now)
              .or(() -> NonceLoss.attemptLost(signed, now))
              .or(() -> TakingOver.propose(signed));
      case AwaitingFunding other -> Optional.empty();
      // Not listed yet: it takes part and declines (N16).
      case AwaitingListing awaiting ->
          Signing.nextOpportunity(awaiting.unlisted(), now)
              .filter(next -> next.facts().get(0) instanceof ParticipantFact.OpportunityTaken);
      case Weighing other -> Optional.empty();
      case Answering other -> Optional.empty();
      case Checking other -> Optional.empty();
      case Claimed other -> Optional.empty();
      case Final other -> Optional.empty();
      case Anchored other -> Optional.empty();
    };
  }

  private static Optional<Verdict.Accepted<ParticipantFact>> acknowledged(
      Acked state, Instant now) {
    Cohort cohort = state.joined().cohort();
    int acks =
        KeysetView.acknowledged(cohort, state.joined().said(), state.joined().proposalId()).size();
    return acks == cohort.size()
        ? Optional.of(
            new Verdict.Accepted<>(
                List.of(new ParticipantFact.KeysetFinal(now.plus(deadlines(state).funding()))),
                List.of(Saying.awaitFunding(state.joined()))))
        : Optional.empty();
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

  private static Deadlines deadlines(InCohort state) {
    return state.joined().cohort().terms().deadlines();
  }
}
