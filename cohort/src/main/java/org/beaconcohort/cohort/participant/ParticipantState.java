package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** A member's states, in the order of a cohort where everybody behaves. */
public sealed interface ParticipantState {
  /** When this state gives up; {@link Instant#MAX} if never. */
  Instant until();

  /** Looks for an announcement to answer. */
  record Searching(ParticipantPlan plan) implements ParticipantState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /** An announcement is chosen; the opt-in is being prepared and signed. */
  record Discovered(ParticipantPlan plan, SignedStatement announcement, Instant until)
      implements ParticipantState {}

  /**
   * The opt-in is out; waits for the welcome.
   *
   * @param answers to probes, for a resend
   */
  record OptedIn(
      ParticipantPlan plan,
      SignedStatement announcement,
      ParticipantFact.Made optIn,
      List<ParticipantFact.Made> answers,
      Instant until)
      implements ParticipantState {
    /** Copies the list. */
    public OptedIn {
      answers = List.copyOf(answers);
    }

    OptedIn answering(ParticipantFact.Made answer) {
      List<ParticipantFact.Made> more = new ArrayList<>(answers);
      more.add(answer);
      return new OptedIn(plan, announcement, optIn, more, until);
    }
  }

  /**
   * Holds the channel key; collects the key-set proposal and every opt-in it names.
   *
   * @param said everything heard on the channel so far
   */
  record Verifying(
      ParticipantPlan plan,
      SignedStatement announcement,
      ParticipantFact.Made optIn,
      SignedStatement welcome,
      StatementSet said,
      Instant until)
      implements ParticipantState {}

  /** A state that waits for others, between a deadline and what follows: see {@link Suspended}. */
  sealed interface OnHold extends ParticipantState permits Suspended {}

  /** A state that has a cohort it verified itself. */
  sealed interface InCohort extends ParticipantState
      permits KeysetState,
          AwaitingListing,
          Ready,
          Succeeding,
          Weighing,
          Answering,
          Responded,
          Checking,
          Claimed,
          Signed,
          Final,
          Anchored {
    /** What all these states share. */
    Joined joined();

    /** The same state with another shared part. */
    InCohort with(Joined joined);
  }

  /**
   * What does not change while a cohort lives, and everything said in it.
   *
   * @param proposalId of the key set this member acknowledged
   * @param slot of this member in key order
   * @param said all own and other statements of this cohort
   * @param made own statements in order, for a resend
   * @param claims every claim of this member: nonces that are used (R6), outpoints latched (R16)
   * @param readBackBy instance of the process that asked the relays for this member's own words
   *     last, 16 bytes (N19)
   * @param clockJumps how often the clock jumped, so that what was asked before counts no more
   * @param term who leads the present round, and what this member said as its leader
   * @param alone what it anchors without the cohort
   * @param fallback how far it is on leaf A of the present round
   */
  record Joined(
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
     * What shows this cohort to the one it follows, once all its members have acknowledged it;
     * empty before, and if it follows none.
     */
    public Optional<Succession> succession() {
      return announcement.body() instanceof Announcement announced
              && announced.succeeds().size() != 0
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
      return new Joined(
          plan,
          announcement,
          termsHash,
          cohort,
          slot,
          channel,
          proposalId,
          said,
          made,
          claims,
          readBackBy,
          clockJumps,
          term,
          other,
          fallback);
    }

    Joined fallingBack(Fallback other) {
      return new Joined(
          plan,
          announcement,
          termsHash,
          cohort,
          slot,
          channel,
          proposalId,
          said,
          made,
          claims,
          readBackBy,
          clockJumps,
          term,
          alone,
          other);
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
          alone,
          fallback);
    }
  }

  /**
   * What a member anchors by its DIDs' singletons beside the cohort (R21).
   *
   * @param begun whether it does
   * @param updates none while the controller is asked
   * @param txids of the confirmed transactions, 32 bytes each; none before
   */
  record Alone(boolean begun, List<OfferedUpdate> updates, List<Bytes> txids) {
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
  record Term(
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

  /** Waits until own documents list the address. */
  record AwaitingListing(Joined joined, Instant until) implements InCohort {
    @Override
    public InCohort with(Joined other) {
      return new AwaitingListing(other, until);
    }

    /** Where it stands when the first round opens before its documents list the address. */
    Ready unlisted() {
      return new Ready(joined, 1, List.of(), false, until);
    }
  }

  /**
   * Asked for round {@code number}; waits for its opportunity.
   *
   * @param refused ids of opportunities that failed a check
   * @param due whether everyone has asked for it
   */
  record Ready(Joined joined, int number, List<Bytes> refused, boolean due, Instant until)
      implements InCohort {
    /** Copies the list. */
    public Ready {
      refused = List.copyOf(refused);
    }

    Ready refusing(Bytes opportunityId) {
      List<Bytes> more = new ArrayList<>(refused);
      more.add(opportunityId);
      return new Ready(joined, number, more, due, until);
    }

    @Override
    public InCohort with(Joined other) {
      return new Ready(other, number, refused, due, until);
    }
  }

  /**
   * An opportunity passed its static checks; own sources are being asked.
   *
   * @param ready what it goes back to, refusals and deadline included, if they object
   */
  record Weighing(Ready ready, SignedStatement opportunity, Round round, Instant until)
      implements InCohort {
    @Override
    public Joined joined() {
      return ready.joined();
    }

    @Override
    public InCohort with(Joined other) {
      return new Weighing((Ready) ready.with(other), opportunity, round, until);
    }
  }

  /** Updates are committed (R20); nonce and response are being made. */
  record Answering(Joined joined, Round round, List<OfferedUpdate> updates, Instant until)
      implements InCohort {
    /** Copies the list. */
    public Answering {
      updates = List.copyOf(updates);
    }

    @Override
    public InCohort with(Joined other) {
      return new Answering(other, round, updates, until);
    }
  }

  /**
   * The nonce is open; the response is being signed or is out. Waits for a proposal.
   *
   * @param refused ids of proposals that failed the checklist
   */
  record Responded(
      Joined joined,
      Round round,
      List<OfferedUpdate> updates,
      NonceOffer nonce,
      List<Bytes> refused,
      Instant until)
      implements InCohort {
    /** Copies the lists. */
    public Responded {
      updates = List.copyOf(updates);
      refused = List.copyOf(refused);
    }

    @Override
    public InCohort with(Joined other) {
      return new Responded(other, round, updates, nonce, refused, until);
    }
  }

  /** A proposal's statements are at hand and its bundle is stored; own sources are asked again. */
  record Checking(Responded responded, SignedStatement proposal, CasAnnouncement bundle)
      implements InCohort {
    @Override
    public Joined joined() {
      return responded.joined();
    }

    @Override
    public Instant until() {
      return responded.until();
    }

    @Override
    public InCohort with(Joined other) {
      return new Checking((Responded) responded.with(other), proposal, bundle);
    }
  }

  /**
   * What this member has bound itself to: irrevocable (signing-safety 2.9).
   *
   * @param transcript T of the attempt, 32 bytes; T_A on leaf A
   * @param number of the nonce; 0 on leaf A, which has none
   * @param updates what this member committed to; a late answer's are not in the bundle (N8)
   * @param bundle whose hash is the signal
   */
  record Claim(
      Attempt attempt,
      Bytes transcript,
      int number,
      Bytes txid,
      List<OfferedUpdate> updates,
      CasAnnouncement bundle) {
    /** Copies the list. */
    public Claim {
      updates = List.copyOf(updates);
    }

    /** Whether the transaction anchors all that this member committed to. */
    boolean anchorsUpdates() {
      return updates.stream().allMatch(update -> isIn(bundle, update));
    }

    static boolean isIn(CasAnnouncement bundle, OfferedUpdate update) {
      return bundle
          .updateHash(Btcr2Did.parse(update.did()))
          .filter(update.update().hash()::equals)
          .isPresent();
    }
  }

  /** The nonce is claimed for one T; the signature is being made. */
  record Claimed(Joined joined, Claim claim, Instant until) implements InCohort {
    @Override
    public InCohort with(Joined other) {
      return new Claimed(other, claim, until);
    }
  }

  /** The partial signature is a fact; waits for the others'. */
  record Signed(
      Joined joined,
      Claim claim,
      Bytes signature,
      NonceOffer next,
      PartialsView partials,
      Instant until)
      implements InCohort {
    @Override
    public InCohort with(Joined other) {
      return new Signed(other, claim, signature, next, partials, until);
    }

    Signed hearing(SignedStatement statement) {
      return new Signed(joined, claim, signature, next, partials.with(statement), until);
    }
  }

  /**
   * The final signature, or k leaf signatures, verify here; waits for the confirmation.
   *
   * @param spend what verifies
   * @param broadcasts whether this member hands the transaction to the network itself
   * @param givesUp when the confirmation is no longer waited for
   */
  record Final(Joined joined, Claim claim, Spend spend, boolean broadcasts, Instant givesUp)
      implements InCohort {
    @Override
    public Instant until() {
      return broadcasts ? givesUp : TakingOver.broadcastDue(this);
    }

    @Override
    public InCohort with(Joined other) {
      return new Final(other, claim, spend, broadcasts, givesUp);
    }

    /** The complete transaction. */
    public Transaction transaction() {
      return spend.of(claim.attempt());
    }
  }

  /**
   * The signal is anchored at the policy's depth.
   *
   * @param last transaction, bundle and updates
   */
  record Anchored(Final last, int depth, Instant until) implements InCohort {
    @Override
    public Joined joined() {
      return last.joined();
    }

    @Override
    public InCohort with(Joined other) {
      return new Anchored((Final) last.with(other), depth, until);
    }
  }

  /**
   * The cohort is over for this member, and its updates go out by the singletons of their DIDs
   * (R21); whichever transaction confirms ends it.
   *
   * @param before the state in which the cohort ended
   * @param outcome how it ended, which holds if the singletons do not anchor them in time either
   */
  record SingletonTaken(ParticipantState before, Outcome outcome, Alone alone, Instant until)
      implements ParticipantState {
    SingletonTaken going(Alone other) {
      return new SingletonTaken(before, outcome, other, until);
    }
  }

  /**
   * The journal is not all that this member said: nothing is signed, nothing submitted, no deadline
   * runs; only an operator ends it (N19, R10).
   *
   * @param before the state it was in
   * @param statement of its own that the journal does not hold
   * @param code ROLLED_BACK or DUPLICATE_INSTANCE
   */
  record RolledBack(ParticipantState before, SignedStatement statement, Code code)
      implements ParticipantState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /**
   * The end.
   *
   * @param last the state it ended from
   */
  record Closed(Outcome outcome, ParticipantState last) implements ParticipantState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }
}
