package org.beaconcohort.adapter.progress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;

/** What happens to one party, in the order it happens; all of it is settled already. */
public sealed interface Progress {
  /** Something a member does for the cohort. */
  enum Step {
    /** Acknowledged the key set. */
    ACKNOWLEDGED,
    /** Its documents list the address; it asks for the round. */
    LISTED,
    /** Its documents list the next cohort, or it leaves; it asks for the last round. */
    HANDS_OVER,
    /** Answered the opportunity. */
    RESPONDED,
    /** Gave its partial signature. */
    SIGNED,
    /** Stored the data behind the signal, for those who are absent (R19). */
    STORED_THE_BUNDLE,
    /** Signed alone, by leaf A. */
    SIGNED_BY_LEAF
  }

  /**
   * Coordinator: enrolment is open.
   *
   * @param coordinate {@code kind:pubkey:d} of the announcement
   * @param until when it closes at the latest
   */
  record Announced(String coordinate, CohortTerms terms, Instant until) implements Progress {}

  /**
   * Successor: the announcement that names it is found.
   *
   * @param coordinate {@code kind:pubkey:d} of the announcement
   * @param until when it forms the cohort if nobody before it does
   */
  record StandingBy(String coordinate, Instant until) implements Progress {}

  /** Coordinator: {@code count} of at most {@code most} candidates are in. */
  record CandidateJoined(List<String> dids, int count, int most) implements Progress {
    /** Copies the list. */
    public CandidateJoined {
      dids = List.copyOf(dids);
    }
  }

  /** Coordinator: a candidate was silent before and gets a seat that is left in the end (R17). */
  record CandidateParked(List<String> dids) implements Progress {
    /** Copies the list. */
    public CandidateParked {
      dids = List.copyOf(dids);
    }
  }

  /** Coordinator: a valid opt-in came too late or clashed with another. */
  record CandidateTurnedAway(Bytes optInId) implements Progress {}

  /** Coordinator: nobody joins any more. */
  record EnrolmentClosed(CloseReason reason, int count) implements Progress {}

  /** Member: this announcement is being answered. */
  record AnnouncementChosen(String coordinate, CohortTerms terms) implements Progress {}

  /** Member: the opt-in is out. */
  record OptedIn(String coordinate) implements Progress {}

  /** Member: the channel key arrived. */
  record Welcomed() implements Progress {}

  /** Coordinator: the key set is proposed. Member: it was recomputed and is acknowledged. */
  record KeysetProposed(Cohort cohort) implements Progress {}

  /**
   * Coordinator: {@code dropped} candidates did not answer a probe or acknowledge a key set in
   * time; the {@code left} others are proposed one without them.
   */
  record KeysetShrunk(int dropped, int left) implements Progress {}

  /** Member: acknowledgements are missing; a smaller key set may come until then. */
  record AcknowledgementsMissing(Instant until) implements Progress {}

  /** A member's statement arrived; {@code count} of {@code of} have made one like it. */
  record Heard(Step step, Member member, int count, int of) implements Progress {}

  /** n of n acknowledged: from now on the address may be funded and listed (N11). */
  record CohortFormed(Cohort cohort) implements Progress {}

  /** The address holds an output to spend. */
  record Funded(Cohort cohort, Outpoint outpoint, long satoshi, int depth) implements Progress {}

  /** Member: its documents list the address. */
  record AddressListed(Cohort cohort) implements Progress {}

  /**
   * The cohort that follows this one is complete: its address comes into the documents of those
   * that stay with the next round.
   */
  record SuccessorShown(Cohort next) implements Progress {}

  /** The leader opened the last round: its change goes to the cohort that follows. */
  record SweepOpened(Cohort cohort, Cohort next, int number) implements Progress {}

  /** The leader opened a round. */
  record RoundOpened(Cohort cohort, int number, long fee) implements Progress {}

  /** Member: these updates are the only ones for their versions from now on (R20). */
  record UpdatesCommitted(List<OfferedUpdate> updates) implements Progress {
    /** Copies the list. */
    public UpdatesCommitted {
      updates = List.copyOf(updates);
    }
  }

  /**
   * All responses are in; the transaction is known.
   *
   * @param txid display order
   */
  record Proposed(String txid, CasAnnouncement announcement) implements Progress {}

  /**
   * Member: it is about to sign this transaction. Heard before the signature exists, so that what a
   * resolver needs can be stored first (N17).
   *
   * @param txid internal order, 32 bytes
   */
  record Claimed(Bytes txid, CasAnnouncement announcement) implements Progress {}

  /**
   * Member: a nonce ended with the process that made it (N4). It is replaced, and the round goes on
   * with another attempt.
   *
   * @param own whether it was this member's
   */
  record NonceLost(boolean own) implements Progress {}

  /**
   * Member: the leader of the round was silent for its lease, another is followed (N15).
   *
   * @param epoch of the new leader's term, from 1
   * @param key of the leader, x-only, 32 bytes
   * @param leader the member that it is; nothing for a successor that the terms name
   * @param own whether it is this member
   */
  record LeaderChanged(int epoch, Bytes key, Optional<Member> leader, boolean own)
      implements Progress {}

  /**
   * The leader waits longer for answers that are missing (N20).
   *
   * @param number of the extension in this round, from 1
   * @param terms what the terms allow
   * @param until the new deadline, on the own clock
   */
  record DeadlineExtended(int number, Extensions terms, Instant until) implements Progress {}

  /**
   * Relays do not show this party's own fresh words, so it concludes nothing from others' silence
   * (R14).
   *
   * @param until when it gives up, unless a member's own update deadline comes first
   */
  record RelaysUnreachable(Instant until) implements Progress {}

  /** Relays show this party's own words again, and the round goes on. */
  record RelaysReachable() implements Progress {}

  /**
   * Member: own updates go out by the singleton beacons of their DIDs, since the cohort did not
   * anchor them in time (R21).
   */
  record AnchoringAlone(List<OfferedUpdate> updates) implements Progress {
    /** Copies the list. */
    public AnchoringAlone {
      updates = List.copyOf(updates);
    }
  }

  /**
   * Member: the singletons' transactions are confirmed.
   *
   * @param txids display order
   */
  record AnchoredAlone(List<String> txids) implements Progress {
    /** Copies the list. */
    public AnchoredAlone {
      txids = List.copyOf(txids);
    }
  }

  /** Member: the cohort is over for it, its updates are not. */
  record CohortOver(Outcome outcome) implements Progress {}

  /** Member: nobody's broadcast was confirmed within its grace, it broadcasts as well. */
  record Broadcasting() implements Progress {}

  /**
   * The key path does not come to an end: k members are asked to sign alone, by leaf A, what
   * anchors these updates. Member: the data is stored (N17).
   */
  record LeafAsked(CasAnnouncement announcement) implements Progress {}

  /** The final signature verifies, or k leaf signatures do. */
  record Completed(CompletedRound round) implements Progress {}

  /**
   * The transaction is deep enough.
   *
   * @param txid display order
   * @param depth confirmations
   */
  record Anchored(String txid, int depth) implements Progress {}

  /** Something others sent was refused; nothing changed. */
  record Refused(Code code, String detail) implements Progress {}

  /** Relays, chain or controller failed; it is tried again if that may help. */
  record Trouble(String what, String detail, boolean temporary) implements Progress {}

  /**
   * The journal does not hold a statement of one's own: everything stops until an operator decides
   * (N19, R10).
   *
   * @param code ROLLED_BACK or DUPLICATE_INSTANCE
   * @param statement its id, 32 bytes
   */
  record RolledBack(Code code, Bytes statement) implements Progress {}

  /** The end. */
  record Ended(Outcome outcome) implements Progress {}
}
