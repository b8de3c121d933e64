package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What does not change while a cohort lives, and everything said in it.
 *
 * @param proposalId of the key set this member acknowledged
 * @param slot of this member in key order
 * @param said all own and other statements of this cohort
 * @param made own statements in order, for a resend
 * @param claims every claim of this member: nonces that are used (R6), outpoints latched (R16)
 * @param readBackBy instance of the process that asked the relays for this member's own words last,
 *     16 bytes (N19)
 * @param clockJumps how often the clock jumped, so that what was asked before counts no more
 * @param term who leads the present round, and what this member said as its leader
 * @param alone what it anchors without the cohort
 * @param fallback how far it is on leaf A of the present round
 */
public record Joined(
    ParticipantPlan plan,
    SignedStatement announcement,
    Bytes termsHash,
    Cohort cohort,
    int slot,
    ChannelKey channel,
    Bytes proposalId,
    StatementSet said,
    List<ParticipantFact.Made> made,
    List<Claim> claims,
    Bytes readBackBy,
    int clockJumps,
    Term term,
    Alone alone,
    Fallback fallback) {
  /** Copies the lists. */
  public Joined {
    made = List.copyOf(made);
    claims = List.copyOf(claims);
  }

  /**
   * What shows this cohort to the one it follows, once all its members have acknowledged it; empty
   * before, and if it follows none.
   */
  public Optional<Succession> succession() {
    return announcement.body() instanceof Announcement announced && announced.succeeds().size() != 0
        ? Successors.shown(announcement, cohort, proposalId, said)
        : Optional.empty();
  }

  /** Whether this process has compared its journal with what relays hold of it (N19). */
  boolean isReadBack() {
    return readBackBy.equals(plan.instance());
  }

  /** The key set it stands by. */
  ProposedKeyset keyset() {
    return new ProposedKeyset(cohort, channel, proposalId);
  }

  /** The same member in another key set that it acknowledged. */
  Joined withKeyset(ProposedKeyset other) {
    return new Joined(
        plan,
        announcement,
        termsHash,
        other.cohort(),
        other.cohort().slotOf(plan.statementKey()).orElseThrow(),
        other.channel(),
        other.proposalId(),
        said,
        made,
        claims,
        readBackBy,
        clockJumps,
        term,
        alone,
        fallback);
  }

  Joined claiming(Claim claim) {
    List<Claim> more = new ArrayList<>(claims);
    more.add(claim);
    return with(said, made, more, readBackBy, clockJumps, term);
  }

  /** Another leader's term; what relays were asked for leaf A before is asked again. */
  Joined during(Term other) {
    Joined led = with(said, made, claims, readBackBy, clockJumps, other);
    return other.epoch() != term.epoch() && fallback instanceof Fallback.Confirming asked
        ? led.fallingBack(asked.again())
        : led;
  }

  Joined going(Alone other) {
    return with(said, made, claims, readBackBy, clockJumps, term, other, fallback);
  }

  Joined fallingBack(Fallback other) {
    return with(said, made, claims, readBackBy, clockJumps, term, alone, other);
  }

  Joined noting(SignedStatement statement) {
    return with(said.with(statement), made, claims, readBackBy, clockJumps, term);
  }

  Joined making(ParticipantFact.Made own) {
    List<ParticipantFact.Made> more = new ArrayList<>(made);
    more.add(own);
    return with(said.with(own.statement()), more, claims, readBackBy, clockJumps, term);
  }

  Joined readBackBy(Bytes instance) {
    return with(said, made, claims, instance, clockJumps, term);
  }

  Joined afterClockJump() {
    return with(said, made, claims, readBackBy, clockJumps + 1, term);
  }

  private Joined with(
      StatementSet otherSaid,
      List<ParticipantFact.Made> otherMade,
      List<Claim> otherClaims,
      Bytes otherReadBackBy,
      int otherClockJumps,
      Term otherTerm) {
    return with(
        otherSaid,
        otherMade,
        otherClaims,
        otherReadBackBy,
        otherClockJumps,
        otherTerm,
        alone,
        fallback);
  }

  private Joined with(
      StatementSet otherSaid,
      List<ParticipantFact.Made> otherMade,
      List<Claim> otherClaims,
      Bytes otherReadBackBy,
      int otherClockJumps,
      Term otherTerm,
      Alone otherAlone,
      Fallback otherFallback) {
    return new Joined(
        plan,
        announcement,
        termsHash,
        cohort,
        slot,
        channel,
        proposalId,
        otherSaid,
        otherMade,
        otherClaims,
        otherReadBackBy,
        otherClockJumps,
        otherTerm,
        otherAlone,
        otherFallback);
  }

  /**
   * What a member anchors by its DIDs' singletons beside the cohort (R21).
   *
   * @param begun whether it does
   * @param updates none while the controller is asked
   * @param txids of the confirmed transactions, 32 bytes each; none before
   */
  public record Alone(boolean begun, List<OfferedUpdate> updates, List<Bytes> txids) {
    /** Nothing. */
    static final Alone NOT = new Alone(false, List.of(), List.of());

    /** Copies the lists. */
    public Alone {
      updates = List.copyOf(updates);
      txids = List.copyOf(txids);
    }

    static Alone begun(List<OfferedUpdate> updates) {
      return new Alone(true, updates, List.of());
    }

    Alone anchored(List<Bytes> confirmed) {
      return new Alone(begun, updates, confirmed);
    }
  }

  /**
   * A leader's term of office within a round (R12). It enters neither A nor T (R3).
   *
   * @param epoch the highest endorsed one, 0 for the coordinator's
   * @param opened what this member opened the round with as its leader; nothing if it did not
   * @param proposed ids of the attempts it proposed in this epoch, 32 bytes each
   * @param extensions how often deadlines of the round were extended, by whichever leader (N20)
   * @param extending the extension that this member said last as the leader of this epoch
   */
  public record Term(
      int epoch,
      Optional<Opportunity> opened,
      List<Bytes> proposed,
      int extensions,
      Optional<Extend> extending) {
    /** The coordinator's. */
    static final Term FIRST = new Term(0, Optional.empty(), List.of(), 0, Optional.empty());

    /** Copies the list. */
    public Term {
      proposed = List.copyOf(proposed);
    }

    Term opening(Opportunity opportunity) {
      return new Term(epoch, Optional.of(opportunity), proposed, extensions, extending);
    }

    Term next(int other) {
      return new Term(other, Optional.empty(), List.of(), extensions, Optional.empty());
    }

    Term extended(Optional<Extend> own) {
      return new Term(epoch, opened, proposed, extensions + 1, own);
    }

    Term proposing(Bytes attemptId) {
      List<Bytes> more = new ArrayList<>(proposed);
      more.add(attemptId);
      return new Term(epoch, opened, more, extensions, extending);
    }
  }
}
