package org.beaconcohort.cohort.machine;

import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Survey;
import org.beaconcohort.musig2.bytes.Bytes;

/** Everything that can go into a machine. */
public sealed interface Input {
  /** The application wants the machine to begin. */
  record Begin() implements Input {}

  /** A statement arrived, id and signature verified; who said it decides nothing yet. */
  record Heard(SignedStatement statement) implements Input {}

  /** Answer to {@link Effect.Say}. */
  record Said(SignedStatement statement, Recipient recipient) implements Input {}

  /** Answer to {@link Effect.DrawChannelKey}. */
  record ChannelKeyDrawn(ChannelKey key) implements Input {}

  /** Answer to {@link Effect.PrepareOptIn}. */
  record OptInPrepared(Bytes announcementId, Statement.OptIn optIn) implements Input {}

  /** The member's own side cannot go on (its controller, signer or chain source refused). */
  record CannotGoOn(org.beaconcohort.cohort.model.Code code, String detail) implements Input {}

  /**
   * Answer to {@link Effect.AwaitFunding}, from one's own chain source.
   *
   * @param transaction that made the outpoint
   * @param depth confirmations
   */
  record Funded(Outpoint outpoint, Transaction transaction, int depth) implements Input {}

  /** Answer to {@link Effect.ListAddress}: every registered document lists the address. */
  record Listed() implements Input {}

  /**
   * The cohort that follows is complete, by all its members' acknowledgements; its parties pass it
   * on to the present one.
   */
  record SuccessorFormed(Succession succession) implements Input {}

  /**
   * Answer to {@link Effect.AskListed}.
   *
   * @param successor id of the cohort that follows, 32 bytes
   * @param listed whether every document of a DID that is in it lists its address
   */
  record SuccessorListed(Bytes successor, boolean listed) implements Input {}

  /** Answer to {@link Effect.TakeSurvey}. */
  record Surveyed(Bytes about, Survey survey) implements Input {}

  /**
   * Answer to {@link Effect.ReadBack}: a quorum of relays answered, shows the head, and everything
   * it holds of this party was heard before this.
   */
  record HeadRead(Bytes about) implements Input {}

  /**
   * Wall clock and monotonic clock went apart, as they do when a machine is put back to a snapshot
   * (R9).
   *
   * @param seconds by which the wall clock went ahead since the last of these, or since the start
   */
  record ClockJumped(int seconds) implements Input {}

  /** Answer to {@link Effect.NewNonce}. */
  record NonceOpened(Bytes roundId, NonceOffer nonce) implements Input {}

  /** Answer to {@link Effect.Sign}: checked and cached by the vault. */
  record PartialMade(Bytes transcript, Bytes signature, NonceOffer next) implements Input {}

  /**
   * Answer to {@link Effect.SignLeaf}.
   *
   * @param context T_A, 32 bytes
   * @param signature BIP-340, 64 bytes
   */
  record LeafSignatureMade(Bytes context, Bytes signature) implements Input {}

  /**
   * Answer to {@link Effect.SignLeaf} when the signer refuses for good.
   *
   * @param context T_A, 32 bytes
   */
  record LeafNotSigned(Bytes context, String why) implements Input {}

  /** Answer to {@link Effect.Sign} or {@link Effect.NewNonce} when the vault has to refuse. */
  record NonceGone(Bytes roundId, int number, String why) implements Input {}

  /**
   * Answer to {@link Effect.Broadcast}.
   *
   * @param accepted in a mempool or a block
   * @param lasting whether trying again cannot help
   */
  record BroadcastAnswered(Bytes txid, boolean accepted, boolean lasting, String detail)
      implements Input {}

  /** Answer to {@link Effect.LookFor}, with its witness. */
  record Seen(Transaction transaction) implements Input {}

  /** Answer to {@link Effect.AwaitConfirmation}. */
  record Confirmed(Bytes txid, int depth) implements Input {}

  /** Answer to {@link Effect.OfferAlone}; none if nothing is wanted. */
  record OfferedAlone(List<OfferedUpdate> updates) implements Input {
    /** Copies the list. */
    public OfferedAlone {
      updates = List.copyOf(updates);
    }
  }

  /**
   * Answer to {@link Effect.AnchorAlone}.
   *
   * @param txids internal order, 32 bytes each
   */
  record AnchoredAlone(List<Bytes> txids) implements Input {
    /** Copies the list. */
    public AnchoredAlone {
      txids = List.copyOf(txids);
    }
  }

  /** The singletons refuse for good: nothing goes out alone. The cohort may still anchor it. */
  record CannotAnchorAlone(String detail) implements Input {}

  /** An operator has looked at a state that only an operator ends, and gives it up. */
  record GivenUp() implements Input {}

  /** The state's deadline has passed. */
  record DeadlinePassed() implements Input {}
}
