package org.beaconcohort.cohort.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * Everything that can come out of a machine. Effects are repeatable, because the bytes of a
 * statement are facts before it is sent; the two that are not, {@link NewNonce} and {@link Sign},
 * are at-most-once (N6).
 */
public sealed interface Effect {
  /** Sign a statement and give it back as {@link Input.Said}; nothing leaves yet. */
  record Say(Bytes cohortId, Bytes roundId, int epoch, Statement body, Recipient recipient)
      implements Effect {}

  /** Send bytes that are already a fact. */
  record Send(SignedStatement statement, Recipient recipient) implements Effect {}

  /**
   * Send another's or an own statement again, after a random while, unless it arrives once more
   * before that (N14).
   *
   * @param within how long that while may be
   */
  record Repost(SignedStatement statement, Recipient recipient, Duration within)
      implements Effect {}

  /** Receive a channel from now on, stored statements included. */
  record Listen(ChannelKey key, int round) implements Effect {}

  /** Draw a channel key; answered by {@link Input.ChannelKeyDrawn}. */
  record DrawChannelKey() implements Effect {}

  /**
   * Make the opt-in for this announcement; answered by {@link Input.OptInPrepared}.
   *
   * @param fallback whether updates must be anchorable without the cohort first (R21)
   * @param minK the consent to leaf A with k below n that goes into it, 0 for none (N9)
   */
  record PrepareOptIn(SignedStatement announcement, boolean fallback, int minK) implements Effect {}

  /**
   * Watch for an output of {@code cohort}'s script worth at least the terms' minimum; answered once
   * by {@link Input.Funded}.
   *
   * @param depth confirmations that count
   */
  record AwaitFunding(Cohort cohort, int depth) implements Effect {}

  /**
   * List the address in every registered DID's document; answered by {@link Input.Listed}.
   *
   * @param depth confirmations that count
   */
  record ListAddress(Cohort cohort, int depth) implements Effect {}

  /**
   * Tell one's controller of the cohort that follows: what it offers in rounds of {@code current}
   * adds that one's address from now on, or, without one, removes {@code current}'s.
   *
   * @param next for a member that stays; empty for one that leaves
   */
  record CarrySuccessor(Cohort current, Optional<Cohort> next) implements Effect {}

  /**
   * Ask whether the documents list the address of the cohort that follows; answered by {@link
   * Input.SuccessorListed}.
   *
   * @param depth confirmations that count
   */
  record AskListed(Cohort next, int depth) implements Effect {}

  /**
   * Ask one's own sources about an outpoint and one's documents; answered by {@link Input.Surveyed}
   * with the same {@code about}.
   *
   * @param about id of the statement that made it necessary, 32 bytes
   */
  record TakeSurvey(Bytes about, Outpoint outpoint, Cohort cohort, int round) implements Effect {}

  /**
   * Open a nonce of this round; answered by {@link Input.NonceOpened}. At most once.
   *
   * @param number of the nonce within (round, instance), from 1
   */
  record NewNonce(Bytes roundId, int number, Cohort cohort) implements Effect {}

  /**
   * Sign with an open nonce, whose claim for {@code transcript} is already a fact, and open the
   * next one; answered by {@link Input.PartialMade} or {@link Input.NonceGone}. At most once.
   */
  record Sign(Bytes roundId, int number, Bytes transcript, SessionContext session, Cohort cohort)
      implements Effect {}

  /**
   * Sign alone by leaf A, whose claim is already a fact; answered by {@link
   * Input.LeafSignatureMade} or {@link Input.LeafNotSigned}. It uses no nonce, so it may be asked
   * again after a restart.
   *
   * @param outpoint that is spent; it has one transaction (R16)
   * @param context T_A, 32 bytes
   * @param sighash of the leaf, 32 bytes
   */
  record SignLeaf(Outpoint outpoint, Bytes context, Bytes sighash) implements Effect {}

  /** Destroy every open secret nonce of the round (N5). */
  record DestroyNonces(Bytes roundId) implements Effect {}

  /**
   * Ask the relays for one's own statements of a channel (N19): each one found is {@link
   * Input.Heard}, and once a quorum has answered and shows {@code head}, {@link Input.HeadRead}
   * with the same {@code about} follows. Asked again until then; another one takes its place.
   *
   * @param about what it is asked for, 32 bytes; empty at the start of a process
   * @param round besides formation, whose statements are looked at
   * @param author whose statements, 32 bytes; empty for everybody's (R18)
   * @param head id of the newest own statement that must be found, 32 bytes, or empty for none
   */
  record ReadBack(Bytes about, ChannelKey key, int round, Bytes author, Bytes head)
      implements Effect {}

  /** Destroy every open secret nonce of the key and sign nothing with it any more (N19). */
  record HaltSigning() implements Effect {}

  /** Hand a transaction to the network; answered by {@link Input.BroadcastAnswered}. */
  record Broadcast(Transaction transaction) implements Effect {}

  /**
   * Look for a transaction that others may complete without a word; answered once by {@link
   * Input.Seen} when the own chain source has it, confirmed or not.
   *
   * @param txid internal order, 32 bytes
   */
  record LookFor(Bytes txid) implements Effect {}

  /** Watch a transaction; answered once by {@link Input.Confirmed} at the depth. */
  record AwaitConfirmation(Bytes txid, int depth) implements Effect {}

  /**
   * Ask for the updates to anchor alone; answered by {@link Input.OfferedAlone} or {@link
   * Input.CannotAnchorAlone}.
   */
  record OfferAlone() implements Effect {}

  /**
   * Anchor updates by the singleton beacons of their DIDs; answered once by {@link
   * Input.AnchoredAlone}, when all are confirmed, or {@link Input.CannotAnchorAlone}.
   *
   * @param depth confirmations that count
   */
  record AnchorAlone(List<OfferedUpdate> updates, int depth) implements Effect {
    /** Copies the list. */
    public AnchorAlone {
      updates = List.copyOf(updates);
    }
  }

  /** Tell the application; everything it says is a fact already. */
  record Report(Outcome outcome) implements Effect {}
}
