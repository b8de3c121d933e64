package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.KeysetState.Acked;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingFunding;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingSmaller;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.participant.ParticipantFact.Ended;
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
import org.beaconcohort.cohort.policy.Decision;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation.Relays;

/** How a membership ends, by a deadline or before: by name, and with what may still confirm. */
final class Endings {
  private Endings() {}

  static Verdict<ParticipantFact> end(InCohort state) {
    return switch (state) {
      case Acked acked -> Rekeying.end(acked);
      case AwaitingSmaller waiting -> Rekeying.end(waiting);
      case Reverifying reverifying -> Rekeying.end(reverifying);
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
      case Succeeding succeeding ->
          failed(
              succeeding,
              Code.DEADLINE_PASSED,
              "own sources did not say in time whether the documents list "
                  + succeeding.next().address());
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
      case Signed signed -> notCompleted(signed);
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

  /** Nothing of this attempt left; something of an earlier one of the round may have. */
  static Verdict<ParticipantFact> signatureNotMade(Claimed state, String why) {
    Optional<Claim> out = NonceLoss.released(state.joined(), state.claim().attempt().round());
    return out.isPresent()
        ? mayStillConfirm(state, out.get(), Code.NONCE_LOST, why)
        : failed(state, Code.NONCE_LOST, why + "; nothing left this process");
  }

  private static Verdict<ParticipantFact> notCompleted(Signed state) {
    String shortfall = state.partials().shortfall();
    if (!state.partials().faulty().isEmpty()) {
      return mayStillConfirm(state, state.claim(), Code.BAD_PARTIAL_SIGNATURE, shortfall);
    }
    return LeafSigning.failure(state.joined())
        .map(why ->
            mayStillConfirm(state, state.claim(), Code.LEAF_NOT_SIGNED, shortfall + "; " + why))
        .orElseGet(() -> mayStillConfirm(state, state.claim(), Code.SILENT_MEMBER, shortfall));
  }

  static Verdict<ParticipantFact> notSigned(InCohort state, Responded responded, Code code) {
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
    Optional<String> noLeaf = LeafSigning.failure(state.joined());
    if (noLeaf.isPresent()) {
      return failed(state, Code.LEAF_NOT_SIGNED, noLeaf.get() + advice);
    }
    return NonceLoss.isLost(responded)
        ? failed(state, Code.NONCE_LOST, "the nonce ended with the process that made it" + advice)
        : failed(state, code, "no proposal passed the checklist in time" + advice);
  }

  static Verdict<ParticipantFact> failed(InCohort state, Code code, String detail) {
    String unread =
        state.joined().isReadBack()
            ? ""
            : "; the relays did not answer, so whether the journal holds all that was said before"
                + " the restart is not known";
    Outcome outcome =
        new Outcome.Failed(code, detail + HandingOver.remains(state.joined()) + unread);
    return new Verdict.Accepted<>(List.of(new Ended(outcome)), farewell(state, outcome));
  }

  static Verdict.Accepted<ParticipantFact> mayStillConfirm(
      InCohort state, Claim claim, Code code, String detail) {
    Outcome outcome =
        new Outcome.MayStillConfirm(
            claim.attempt().transaction().displayTxid(),
            claim.attempt().signalBytes(),
            code,
            detail + HandingOver.remains(state.joined()));
    return new Verdict.Accepted<>(List.of(new Ended(outcome)), farewell(state, outcome));
  }

  /** With this member's updates in it, or without: it answered too late, or not at all (N8). */
  static Outcome anchored(Final state) {
    String txid = state.transaction().displayTxid();
    boolean answered = !state.claim().attempt().missing().contains(state.joined().slot());
    return answered
        ? new Outcome.Anchored(txid)
        : new Outcome.Failed(
            Code.DEADLINE_PASSED,
            "the others went on by leaf A without this member's answer, which did not come in time;"
                + " transaction "
                + txid
                + " anchors none of its updates, and its data is kept");
  }

  /** N5: what ends, ends its nonces. */
  static List<Effect> farewell(InCohort state, Outcome outcome) {
    List<Effect> effects = new ArrayList<>();
    Saying.round(state).ifPresent(round -> effects.add(new Effect.DestroyNonces(round.id())));
    effects.add(new Effect.Report(outcome));
    return effects;
  }

  /** Whose signature left in the round of the state, in an attempt before this one too. */
  private static Optional<Claim> released(InCohort state) {
    return Saying.round(state).flatMap(round -> NonceLoss.released(state.joined(), round));
  }

  /** How a round ends that somebody else breaks. */
  static Outcome broken(InCohort state, Code code, String detail) {
    return released(state)
        .<Outcome>map(out ->
            new Outcome.MayStillConfirm(
                out.attempt().transaction().displayTxid(),
                out.attempt().signalBytes(),
                code,
                detail))
        .orElseGet(() -> new Outcome.Failed(code, detail));
  }

  static Verdict<ParticipantFact> cannotGoOn(InCohort state, Code code, String detail) {
    return switch (state) {
      case Claimed claimed -> mayStillConfirm(claimed, claimed.claim(), code, detail);
      case Signed signed -> mayStillConfirm(signed, signed.claim(), code, detail);
      case Final last -> mayStillConfirm(last, last.claim(), code, detail);
      default ->
          released(state)
              .<Verdict<ParticipantFact>>map(out -> mayStillConfirm(state, out, code, detail))
              .orElseGet(() -> failed(state, code, detail));
    };
  }

  /** What the policy decides; where it is not asked, the state ends. */
  static Verdict<ParticipantFact> deadline(InCohort state, Instant now, Relays relays) {
    if (state instanceof Acked acked) {
      return Rekeying.acksMissing(acked, now);
    }
    Optional<Verdict.Accepted<ParticipantFact>> extended = Extending.next(state, now);
    if (extended.isPresent()) {
      return extended.get();
    }
    Optional<Decision> decision = MemberSituation.of(state, now, relays).map(Policy::decide);
    if (decision.isEmpty()) {
      return end(state);
    }
    if (!state.joined().isReadBack()) {
      return Suspending.lost(state, now);
    }
    return switch (decision.get()) {
      case Decision.Wait wait -> Verdict.ignore("until " + wait.until() + " nothing is overdue");
      case Decision.Resend resend -> Suspending.ask(state, now);
      case Decision.NextLeader next -> TakingOver.next(state, next.until());
      case Decision.Extend extend -> Extending.lead(state, extend.until());
      case Decision.Singleton alone -> end(state);
      case Decision.Abandon end -> end(state);
      case Decision.NextAttempt next -> Verdict.ignore("whoever leads proposes it");
      default ->
          throw new IllegalStateException(
              "deadline of "
                  + state.getClass().getSimpleName()
                  + " cannot lead to "
                  + decision.get());
    };
  }
}
