package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a coordinator has settled. {@code until} is the deadline of the state it leads to. */
public sealed interface CoordinatorFact {
  /** Own statement, complete; from now on a resend is these bytes. */
  record Made(SignedStatement statement, Recipient recipient) implements CoordinatorFact {}

  /** Another party's statement that passed its checks. */
  record Noted(SignedStatement statement) implements CoordinatorFact {}

  /** A named successor found the announcement that names it. */
  record AnnouncementFound(SignedStatement announcement, Instant until)
      implements CoordinatorFact {}

  /** No more candidates can come; a successor waits until then for whoever is before it. */
  record SeatsTaken(Instant until) implements CoordinatorFact {}

  /** A leader before this one in the order welcomes members to a key set. */
  record WelcomeSeen(SignedStatement welcome, Instant until) implements CoordinatorFact {}

  /** That key set is here and recomputes; its acknowledgements are watched. */
  record KeysetWatched(Instant until) implements CoordinatorFact {}

  /** The announcement is out; enrolment is open. */
  record EnrolmentOpened(Instant until) implements CoordinatorFact {}

  /** A valid opt-in that gets a seat only if one is left when enrolment closes (R17). */
  record CandidateParked(SignedStatement statement) implements CoordinatorFact {}

  /** A valid opt-in that gets no seat. */
  record TurnedAway(Bytes optInId) implements CoordinatorFact {}

  /** Enrolment ended with enough candidates (BT-3). */
  record EnrolmentClosed(CloseReason reason, Instant until) implements CoordinatorFact {}

  /**
   * The probe is answered, or its deadline passed.
   *
   * @param silent ids of the opt-ins that are not in the first key set, 32 bytes each
   */
  record ReadinessSeen(List<Bytes> silent, Instant until) implements CoordinatorFact {
    /** Copies the list. */
    public ReadinessSeen {
      silent = List.copyOf(silent);
    }
  }

  /** The channel key of the key-set proposal. */
  record ChannelDrawn(ChannelKey key) implements CoordinatorFact {}

  /**
   * Not everybody acknowledged in time: the others are proposed a key set without those (2.4 a).
   *
   * @param dropped ids of the opt-ins left out, 32 bytes each
   */
  record KeysetShrunk(List<Bytes> dropped, Instant until) implements CoordinatorFact {
    /** Copies the list. */
    public KeysetShrunk {
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * The last acknowledgement of an earlier proposal came after a later one was made: that key set
   * is final (N11).
   *
   * @param proposalId of the earlier one, 32 bytes
   */
  record EarlierFinal(Bytes proposalId, Instant until) implements CoordinatorFact {}

  /** n of n acknowledged: the key set is final (N11). */
  record KeysetFinal(Instant until) implements CoordinatorFact {}

  /** An output to spend, confirmed deep enough. */
  record FundingFound(Outpoint outpoint, Transaction transaction, Instant until)
      implements CoordinatorFact {}

  /** What the round will be; said next. */
  record RoundOpened(Opportunity opportunity, Instant until) implements CoordinatorFact {}

  /**
   * Members are in a round that one of them opened in a later epoch; this coordinator goes along.
   */
  record RoundFollowed(Bytes opportunityId, Instant until) implements CoordinatorFact {}

  /** Answers are waited for longer, within the terms' bound (N20); said next. */
  record DeadlineExtended(Extend extend, Instant until) implements CoordinatorFact {}

  /** A deadline is near: what was heard is said, and relays must show it by then (R14, N14). */
  record RelaysAsked(Instant until) implements CoordinatorFact {}

  /** A quorum of relays shows it. */
  record RelaysSeen() implements CoordinatorFact {}

  /** They do not; until then it is waited for, and nobody is blamed. */
  record RelaysLost(Instant until) implements CoordinatorFact {}

  /** They do again, and what is waited for has at least until then. */
  record RelaysBack(Instant until) implements CoordinatorFact {}

  /** All responses are in; the attempt they make is proposed next. */
  record AttemptChosen(Instant until) implements CoordinatorFact {}

  /** What is proposed next has leaf A as its path: without those who did not answer, or nonces. */
  record LeafProposed(Instant until) implements CoordinatorFact {}

  /** Partial signatures do not come, or are wrong: leaf A is asked for in their place. */
  record FellBack(Instant until) implements CoordinatorFact {}

  /** k leaf signatures verify. */
  record CompletedByLeaf(Spend.LeafA spend, Instant until) implements CoordinatorFact {}

  /** The final signature verifies, 64 bytes. */
  record Completed(Bytes signature, Instant until) implements CoordinatorFact {}

  /** The signal is confirmed at the terms' depth. */
  record SignalAnchored(int depth, Instant until) implements CoordinatorFact {}

  /**
   * This coordinator said something that the journal does not hold (N19, R10).
   *
   * @param statement what it said
   * @param code ROLLED_BACK or DUPLICATE_INSTANCE
   */
  record RolledBack(SignedStatement statement, Code code) implements CoordinatorFact {}

  /** The end. */
  record Ended(Outcome outcome) implements CoordinatorFact {}

  /** What closed enrolment. */
  enum CloseReason {
    /** maxMembers reached. */
    FULL,
    /** Enough pending updates and at least minMembers. */
    PENDING_UPDATES,
    /** The recruiting deadline with at least minMembers. */
    DEADLINE
  }
}
