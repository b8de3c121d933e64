package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a member has settled. {@code until} is the deadline of the state it leads to. */
public sealed interface ParticipantFact {
  /** What is settled on leaf A: see {@link LeafFact}. */
  sealed interface OnLeaf extends ParticipantFact permits LeafFact {}

  /** Own statement, complete; from now on a resend is these bytes. */
  record Made(SignedStatement statement, Recipient recipient) implements ParticipantFact {}

  /** Another party's statement that passed its checks. */
  record Noted(SignedStatement statement) implements ParticipantFact {}

  /** The announcement this member answers; kept as it is (N12). */
  record AnnouncementChosen(SignedStatement announcement, Instant until)
      implements ParticipantFact {}

  /** The channel key arrived. */
  record Welcomed(SignedStatement welcome, Instant until) implements ParticipantFact {}

  /** Key set, address and opt-ins were recomputed and agree; acknowledged next. */
  record KeysetVerified(Bytes proposalId, Instant until) implements ParticipantFact {}

  /** A later welcome, to a key set that may take the place of this one (N11). */
  record Rewelcomed(SignedStatement welcome, Instant until) implements ParticipantFact {}

  /** The later key set does not recompute; this member stays with what it acknowledged. */
  record KeysetRefused(Bytes proposalId, Code code, String detail) implements ParticipantFact {}

  /** Acknowledgements are missing at the deadline; a smaller key set may come. */
  record AcksMissing(Instant until) implements ParticipantFact {}

  /** n acknowledgements of one proposal are at hand (N11). */
  record KeysetFinal(Instant until) implements ParticipantFact {}

  /**
   * n acknowledgements are at hand of a proposal that this member acknowledged before its newest
   * one: that key set is final (N11).
   *
   * @param proposalId 32 bytes
   */
  record EarlierFinal(Bytes proposalId, Instant until) implements ParticipantFact {}

  /**
   * Another key set that this member acknowledged is complete as well; its address is watched too.
   *
   * @param proposalId 32 bytes
   */
  record AlsoFinal(Bytes proposalId) implements ParticipantFact {}

  /**
   * Two key sets are complete, and the funded one is this.
   *
   * @param proposalId 32 bytes
   */
  record FundingDecided(Bytes proposalId) implements ParticipantFact {}

  /** Own chain source shows an output to spend. */
  record FundingFound(Outpoint outpoint, Instant until) implements ParticipantFact {}

  /** Every registered document lists the address at the policy's depth. */
  record AddressListed(Instant until) implements ParticipantFact {}

  /** The opportunity passed its static checks; own sources are asked next. */
  record OpportunityTaken(Bytes opportunityId, Instant until) implements ParticipantFact {}

  /** The leader's opportunity cannot be answered. */
  record OpportunityRefused(Bytes opportunityId, Code code, String detail)
      implements ParticipantFact {}

  /**
   * The update commit point (R20): from here these bytes are the only updates for their versions.
   *
   * @param updates at most one per DID; none at all is a decline
   */
  record UpdatesCommitted(List<OfferedUpdate> updates, Instant until) implements ParticipantFact {
    /** Copies the list. */
    public UpdatesCommitted {
      updates = List.copyOf(updates);
    }
  }

  /** A nonce of this round was opened by the vault; only its public part is known here. */
  record NonceOpened(NonceOffer nonce) implements ParticipantFact {}

  /**
   * Published nonces ended with the process that made them; this one takes their place and is said
   * next (N4).
   *
   * @param dead ids of the statements that carry the lost ones
   */
  record NonceReplaced(List<Bytes> dead, NonceOffer nonce) implements ParticipantFact {
    /** Copies the list. */
    public NonceReplaced {
      dead = List.copyOf(dead);
    }
  }

  /**
   * A nonce that the signed attempt needs is lost; another attempt is awaited, with the next one.
   */
  record AttemptLost(Instant until) implements ParticipantFact {}

  /** A proposal's statements are all at hand, and the bundle they make is stored (N17). */
  record ProposalTaken(Bytes proposalId, CasAnnouncement bundle) implements ParticipantFact {}

  /** The checklist refused a proposal; nothing was signed for it. */
  record ProposalRefused(Bytes proposalId, Code code, String detail) implements ParticipantFact {}

  /**
   * The claim (R5): the nonce belongs to this T for ever, the outpoint to this txid (R16). Durable
   * before the signature exists.
   *
   * @param number of the nonce
   * @param transcript T, 32 bytes
   * @param txid internal order, 32 bytes
   */
  record Claimed(Bytes proposalId, int number, Bytes transcript, Bytes txid, Instant until)
      implements ParticipantFact {}

  /** The signature the vault made and checked (32 bytes); said next. */
  record PartialRecorded(Bytes signature, NonceOffer next, Instant until)
      implements ParticipantFact {}

  /** The final signature verifies, 64 bytes. */
  record Completed(Bytes signature, Instant until) implements ParticipantFact {}

  /** The signal is confirmed at the policy's depth. */
  record SignalAnchored(int depth, Instant until) implements ParticipantFact {}

  /**
   * Everyone has asked for the round, so it is due; whoever leads has until then to open it (N15).
   */
  record RoundDue(Instant until) implements ParticipantFact {}

  /**
   * The leader before was silent for its lease; from here on the leader of this epoch alone starts
   * something (R12, R13, N15).
   *
   * @param epoch above every one endorsed before in this round
   * @param leader x-only key, 32 bytes
   */
  record EpochEndorsed(int epoch, Bytes leader, Instant until) implements ParticipantFact {}

  /** This member leads and opens the round; said next. */
  record RoundLed(Opportunity opportunity) implements ParticipantFact {}

  /** This member leads and proposes the attempt with this id (32 bytes); said next. */
  record AttemptLed(Bytes attemptId) implements ParticipantFact {}

  /**
   * The leader waits longer for answers, within the terms' bound, and this member with it (N20).
   */
  record DeadlineExtended(Bytes extendId, Instant until) implements ParticipantFact {}

  /** This member leads and waits longer for answers; said next. */
  record ExtensionLed(Extend extend, Instant until) implements ParticipantFact {}

  /**
   * Others are silent, and the deadline is near: what this member has heard is said next, and
   * relays must show it before anything follows (R14, N14).
   */
  record RelaysAsked(Instant until) implements ParticipantFact {}

  /** A quorum of relays shows what this member said just now. */
  record RelaysSeen() implements ParticipantFact {}

  /** They do not: this member is cut off, and the deadlines of the round stand still. */
  record RelaysLost(Instant until) implements ParticipantFact {}

  /** They do again; the round goes on with this deadline. */
  record RelaysBack(Instant until) implements ParticipantFact {}

  /** Nobody's broadcast was confirmed within this member's grace; it broadcasts as well. */
  record BroadcastDue() implements ParticipantFact {}

  /**
   * Own updates go out by the singleton beacons of their DIDs (R21). From here on these bytes are
   * the only updates for their versions (R20).
   *
   * @param updates none while the controller is asked for what it wants anchored
   */
  record FallbackBegun(List<OfferedUpdate> updates) implements ParticipantFact {
    /** Copies the list. */
    public FallbackBegun {
      updates = List.copyOf(updates);
    }
  }

  /**
   * The singletons' transactions are confirmed at the policy's depth.
   *
   * @param txids internal order, 32 bytes each
   */
  record FallbackAnchored(List<Bytes> txids) implements ParticipantFact {
    /** Copies the list. */
    public FallbackAnchored {
      txids = List.copyOf(txids);
    }
  }

  /** The cohort is over for this member; what it wanted anchored is not over. */
  record CohortOver(Outcome outcome, Instant until) implements ParticipantFact {}

  /** The cohort goes on with another round. */
  record NextRound(int number) implements ParticipantFact {}

  /**
   * Another cohort follows this one; own documents are asked about its address before the next
   * round is asked for.
   *
   * @param successor id of that cohort, 32 bytes
   */
  record SuccessionBegun(Bytes successor) implements ParticipantFact {}

  /**
   * The process with this instance id (16 bytes) has asked the relays for this member's own
   * statements, and the journal holds all they have (N19); from here on it speaks.
   */
  record HeadRead(Bytes instance) implements ParticipantFact {}

  /** The wall clock went ahead by so many seconds of the monotonic one; the head is read again. */
  record ClockJumped(int seconds) implements ParticipantFact {}

  /**
   * This member said something that the journal does not hold (N19, R10). Nothing is signed or
   * submitted any more.
   *
   * @param statement what it said
   * @param code ROLLED_BACK or DUPLICATE_INSTANCE
   */
  record RolledBack(SignedStatement statement, Code code) implements ParticipantFact {}

  /** The end. */
  record Ended(Outcome outcome) implements ParticipantFact {}
}
