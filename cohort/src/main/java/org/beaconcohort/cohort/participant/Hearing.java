package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.Optional;
import org.beaconcohort.cohort.message.LeafStatement;
import org.beaconcohort.cohort.message.ReadinessStatement;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.message.TimeStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Spend;

/** What a member lets into its view. A fault touches its author only (R23). */
final class Hearing {
  private Hearing() {}

  /** Why a statement is not even noted. */
  static Optional<Violation> check(InCohort state, SignedStatement said, Instant now) {
    Joined joined = state.joined();
    boolean leader = Joining.mayForm(joined.announcement(), said.author());
    boolean member =
        state instanceof KeysetState forming
            ? Rekeying.isMember(forming, said.author())
            : joined.cohort().slotOf(said.author()).isPresent();
    if (!leader && !member) {
      return Optional.of(new Violation.Stranger(said.author()));
    }
    Optional<Violation> misdirected =
        state instanceof KeysetState && said.body() instanceof Statement.KeysetAck
            ? Rekeying.misdirected(said)
            : KeysetView.misdirected(joined.announcement().id(), joined.cohort().id(), said);
    if (misdirected.isPresent()) {
      return misdirected;
    }
    if (joined.said().exhausted(said, joined.cohort().terms().rounds())) {
      return no(
          Code.RATE_LIMITED,
          "statements of kind "
              + said.body().kind()
              + " must be at most "
              + said.body().kind().quota()
              + " per author");
    }
    return switch (said.body()) {
      case RoundStatement.Opportunity opportunity ->
          byLeader(TakingOver.mayLead(state, said.author()), said);
      case RoundStatement.Proposal proposal ->
          proposal(state, TakingOver.mayLead(state, said.author()), said, proposal);
      case RoundStatement.EpochClaim claim ->
          byLeader(TakingOver.mayLead(state, said.author()), said);
      // Before its round is known as well: what is kept now is used as it is when the round opens.
      case TimeStatement.Sync sync -> Optional.empty();
      case TimeStatement.Extend extend ->
          byLeader(TakingOver.mayLead(state, said.author()), said)
              .or(() -> Extending.check(state, said, extend, now));
      case Response response -> Responses.check(joined.cohort(), said);
      // One over another transcript is kept: it may belong to an attempt not heard of yet.
      case PartialSignature partial -> Responses.check(joined.cohort(), said, partial.next());
      case Final last -> last(state, last);
      case RoundStatement.NonceLost lost -> Responses.check(joined.cohort(), said, lost.nonce());
      case RoundStatement.Claim claim -> Optional.empty();
      case RoundStatement.FallbackTaken taken -> Optional.empty();
      case LeafStatement.Bundle bundle -> Optional.empty();
      case LeafStatement.BundleAck ack -> Optional.empty();
      case LeafStatement.LeafRequest request ->
          byLeader(TakingOver.mayLead(state, said.author()), said);
      case LeafStatement.LeafSignature signature -> Optional.empty();
      case Statement.KeysetProposal proposal -> byLeader(leader, said);
      case Statement.KeysetAck ack -> Optional.empty();
      case RoundStatement.RoundRequest request -> Optional.empty();
      case Succession next -> Successors.check(joined.cohort(), next);
      case SweepRequest request -> Optional.empty();
      case Statement.OptIn optIn -> Optional.empty();
      case Statement.Welcome welcome -> byLeader(leader, said);
      case Statement.OptInRefused refused -> byLeader(leader, said);
      case ReadinessStatement probe ->
          no(Code.AUTHOR_MISMATCH, "probes and their answers are for inboxes, not for a channel");
      case Statement.Announcement announcement ->
          no(Code.AUTHOR_MISMATCH, "announcements are public, not for a channel");
    };
  }

  private static Optional<Violation> byLeader(boolean leader, SignedStatement said) {
    return leader
        ? Optional.empty()
        : no(
            Code.AUTHOR_MISMATCH,
            said.body().kind() + " must be by the leader, got " + said.author());
  }

  /** A claimed nonce answers one transcript; another proposal is refused, never answered (R6). */
  private static Optional<Violation> proposal(
      InCohort state, boolean leader, SignedStatement said, RoundStatement.Proposal proposal) {
    Optional<Claim> claim = claim(state);
    if (leader
        && claim.isPresent()
        && said.header().roundId().equals(claim.get().attempt().round().id())
        && !proposal.transcript().equals(claim.get().transcript())
        && asksForClaimedNonce(state.joined(), claim.get(), proposal)) {
      return no(
          Code.NONCE_ALREADY_CLAIMED,
          "nonce "
              + claim.get().number()
              + " belongs to "
              + claim.get().transcript()
              + ", proposal asks for "
              + proposal.transcript());
    }
    return byLeader(leader, said);
  }

  private static boolean asksForClaimedNonce(
      Joined joined, Claim claim, RoundStatement.Proposal proposal) {
    return claim
        .attempt()
        .carrier(joined.slot())
        .filter(claimed ->
            proposal.nonces().size() != joined.cohort().size()
                || proposal.nonces().get(joined.slot()).equals(claimed.id()))
        .isPresent();
  }

  private static Optional<Violation> last(InCohort state, Final last) {
    if (!(state instanceof ParticipantState.Final own)) {
      return Optional.empty();
    }
    return own.spend() instanceof Spend.KeyPath spend
            && last.transcript().equals(own.claim().transcript())
            && !last.signature().equals(spend.signature())
        ? no(
            Code.FINAL_MISMATCH,
            "final signature must be " + spend.signature() + ", got " + last.signature())
        : Optional.empty();
  }

  private static Optional<Claim> claim(InCohort state) {
    if (state instanceof Claimed claimed) {
      return Optional.of(claimed.claim());
    }
    if (state instanceof Signed signed) {
      return Optional.of(signed.claim());
    }
    return state instanceof ParticipantState.Final last
        ? Optional.of(last.claim())
        : Optional.empty();
  }

  /** A member that says two things under one number ends the key path of the round (N20). */
  static Optional<Outcome> endsCohort(InCohort state, SignedStatement said) {
    boolean byLeaf =
        state.joined().fallback() instanceof Fallback.FallbackClaimed
            || state.joined().fallback() instanceof Fallback.FallbackUnsigned
            || state.joined().fallback() instanceof Fallback.FallbackSigned;
    return claim(state).isPresent() || byLeaf
        ? Optional.empty()
        : state
            .joined()
            .said()
            .contradiction(said)
            .map(proof -> Endings.broken(state, proof.code(), proof.detail()));
  }

  private static Optional<Violation> no(Code code, String detail) {
    return Optional.of(Violation.refusal(code, detail));
  }
}
