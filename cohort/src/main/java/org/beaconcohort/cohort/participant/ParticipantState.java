package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.Joined.Alone;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.PartialsView;
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
