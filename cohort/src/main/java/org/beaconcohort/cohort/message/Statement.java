package org.beaconcohort.cohort.message;

import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The body of a statement: a signed message between parties that binds by hash to what it is about.
 * One record per step of the native profile; the event kinds are in {@link StatementKind}.
 */
public sealed interface Statement {

  /** The kind this body travels as. */
  StatementKind kind();

  /** Whether candidates are still there: see {@link ReadinessStatement}. */
  sealed interface OnReadiness extends Statement permits ReadinessStatement {}

  /** What is said about leaf A: see {@link LeafStatement}. */
  sealed interface OnLeaf extends Statement permits LeafStatement {}

  /** What is said of the cohort that follows; in a file of its own. */
  sealed interface OfSuccession extends Statement permits SuccessionStatement {}

  /** What is said about time and hearing: see {@link TimeStatement}. */
  sealed interface OnTime extends Statement permits TimeStatement {}

  /**
   * F1, public: the terms.
   *
   * @param identifier the {@code d} tag, 1 to 64 printable characters
   * @param succeeds id of the cohort whose members and coins go over to this one, 32 bytes, or
   *     empty for none (2.4 (d))
   */
  record Announcement(String identifier, CohortTerms terms, Bytes succeeds) implements Statement {
    /** Succeeds none. */
    public Announcement(String identifier, CohortTerms terms) {
      this(identifier, terms, Bytes.EMPTY);
    }

    /** Checks the identifier and the length. */
    public Announcement {
      requireOrEmpty("succeeded cohort", succeeds, 32);
      if (!identifier.matches("[!-~&&[^:]]{1,64}")) {
        throw new IllegalArgumentException(
            "identifier must be 1..64 printable characters without colon, got " + identifier);
      }
    }

    @Override
    public StatementKind kind() {
      return StatementKind.ANNOUNCEMENT;
    }
  }

  /**
   * F2, to the coordinator and each named successor: a candidate's keys, DIDs and consent. Proofs
   * sign all the other fields under their own tags (N12).
   *
   * @param coordinate {@code kind:pubkey:d} of the announcement
   * @param termsHash 32 bytes
   * @param cohortKey 33 bytes, made for this cohort
   * @param possession BIP-340 signature by the cohort key, 64 bytes
   * @param registrations DIDs with their controllers' proofs
   * @param inboxKey one-time x-only key, 32 bytes
   * @param signerClass how fast the signer answers
   * @param custody where its secret nonces live
   * @param mayCoordinate has chain access, can broadcast
   * @param pendingUpdates updates that wait for the first round
   * @param minK the least k of leaf A below n that the candidate consents to (N9), 0 for none
   */
  record OptIn(
      String coordinate,
      Bytes termsHash,
      Bytes cohortKey,
      Bytes possession,
      List<Registration> registrations,
      Bytes inboxKey,
      SignerClass signerClass,
      NonceCustody custody,
      boolean mayCoordinate,
      int pendingUpdates,
      int minK)
      implements Statement {
    /** Consents to no leaf A with k below n. */
    public OptIn(
        String coordinate,
        Bytes termsHash,
        Bytes cohortKey,
        Bytes possession,
        List<Registration> registrations,
        Bytes inboxKey,
        SignerClass signerClass,
        NonceCustody custody,
        boolean mayCoordinate,
        int pendingUpdates) {
      this(
          coordinate,
          termsHash,
          cohortKey,
          possession,
          registrations,
          inboxKey,
          signerClass,
          custody,
          mayCoordinate,
          pendingUpdates,
          0);
    }

    /** Copies the list and checks lengths. */
    public OptIn {
      registrations = List.copyOf(registrations);
      require("terms hash", termsHash, 32);
      require("cohort key", cohortKey, 33);
      require("proof of possession", possession, 64);
      require("inbox key", inboxKey, 32);
      if (pendingUpdates < 0 || pendingUpdates > registrations.size()) {
        throw new IllegalArgumentException(
            "pending updates must be 0.." + registrations.size() + ", got " + pendingUpdates);
      }
      range("least k of leaf A", minK, 0, CohortTerms.MAX_MEMBERS);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.OPT_IN;
    }
  }

  /** Why a candidate is not in the cohort; to its inbox. */
  record OptInRefused(Bytes optInId, Code code, String detail) implements Statement {
    /** Checks lengths. */
    public OptInRefused {
      require("opt-in id", optInId, 32);
      text("detail", detail, 512);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.OPT_IN_REFUSED;
    }
  }

  /**
   * F3a, to each inbox: the channel key and the proposal it belongs to.
   *
   * @param keysetProposalId 32 bytes
   * @param parentProposalId 32 bytes, or empty for the first
   */
  record Welcome(ChannelKey channelKey, Bytes keysetProposalId, Bytes parentProposalId)
      implements Statement {
    /** Checks lengths. */
    public Welcome {
      require("key set proposal id", keysetProposalId, 32);
      requireOrEmpty("parent proposal id", parentProposalId, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.WELCOME;
    }
  }

  /**
   * F3b, channel: the key set. The opt-ins follow one by one.
   *
   * @param announcementEvent the announcement's complete event, as text
   * @param keys cohort keys in order, 33 bytes each
   * @param optIns ids of the members' opt-ins, in key order
   * @param threshold k of leaf A, 0 without it
   * @param address the beacon address
   * @param channelKeyHash 32 bytes
   * @param parentProposalId 32 bytes, or empty for the first
   */
  record KeysetProposal(
      String announcementEvent,
      List<Bytes> keys,
      List<Bytes> optIns,
      int threshold,
      String address,
      Bytes channelKeyHash,
      Bytes parentProposalId)
      implements Statement {
    /** Copies lists and checks lengths. */
    public KeysetProposal {
      keys = List.copyOf(keys);
      optIns = List.copyOf(optIns);
      keys.forEach(key -> require("cohort key", key, 33));
      optIns.forEach(id -> require("opt-in id", id, 32));
      if (keys.isEmpty() || keys.size() != optIns.size()) {
        throw new IllegalArgumentException(
            "opt-ins must be as many as keys and at least one, got "
                + optIns.size()
                + " opt-ins and "
                + keys.size()
                + " keys");
      }
      if (threshold < 0 || threshold > keys.size()) {
        throw new IllegalArgumentException(
            "threshold must be 0.." + keys.size() + ", got " + threshold);
      }
      text("address", address, 128);
      require("channel key hash", channelKeyHash, 32);
      requireOrEmpty("parent proposal id", parentProposalId, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.KEYSET_PROPOSAL;
    }
  }

  /** F4, channel: n of these make a cohort, finally (N11). */
  record KeysetAck(Bytes keysetProposalId) implements Statement {
    /** Checks the length. */
    public KeysetAck {
      require("key set proposal id", keysetProposalId, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.KEYSET_ACK;
    }
  }

  /** R0, channel: the author's documents list the address and it wants round {@code number}. */
  record RoundRequest(int number) implements Statement {
    /** Checks the number. */
    public RoundRequest {
      range("round number", number, 1, 1_000_000);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.ROUND_REQUEST;
    }
  }

  /**
   * R1, channel, by whoever leads: the round but for its signal.
   *
   * @param number of the round, from 1
   * @param outpoint the input
   * @param fundingTransaction the transaction that made the outpoint, serialized
   * @param fee absolute, sat
   * @param outputs all outputs but the signal, in order
   * @param version transaction version
   * @param lockTime as in the transaction
   * @param sequence of the input, 0 to 2³²−1
   * @param sighashType BIP-341 hash type
   */
  record Opportunity(
      int number,
      Outpoint outpoint,
      Bytes fundingTransaction,
      long fee,
      List<TxOutput> outputs,
      int version,
      long lockTime,
      long sequence,
      int sighashType)
      implements Statement {
    /** Most bytes of the funding transaction, which goes without its witness. */
    public static final int MAX_FUNDING_SIZE = 16_384;

    /** Copies the list and checks ranges. */
    public Opportunity {
      outputs = List.copyOf(outputs);
      range("round number", number, 1, 1_000_000);
      range("funding transaction size", fundingTransaction.size(), 1, MAX_FUNDING_SIZE);
      range("outputs", outputs.size(), 0, 8);
      range("fee", fee, 0, 2_100_000_000_000_000L);
      range("version", version, 0, Integer.MAX_VALUE);
      range("lock time", lockTime, 0, 0xffff_ffffL);
      range("sequence", sequence, 0, 0xffff_ffffL);
      range("sighash type", sighashType, 0, 255);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.OPPORTUNITY;
    }
  }

  /**
   * R2, channel: the member's update hashes and a nonce. A DID without an entry declines.
   *
   * @param updates DID to update hash (32 bytes), in DID order
   * @param nonce {@link NonceOffer#NONE} where the terms know no nonces
   */
  record Response(Map<String, Bytes> updates, NonceOffer nonce) implements Statement {
    /** Copies in key order and checks lengths. */
    public Response {
      updates = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(updates));
      range("updates", updates.size(), 0, 100);
      updates.values().forEach(hash -> require("update hash", hash, 32));
    }

    @Override
    public StatementKind kind() {
      return StatementKind.RESPONSE;
    }
  }

  /**
   * R3, channel, by whoever leads: which statements make the attempt. It holds no transaction and
   * no bundle; everyone computes them.
   *
   * @param counter 0 for the first attempt of the round
   * @param parent attempt id this one replaces, 32 bytes, or empty
   * @param reason why there is another attempt
   * @param path how the output is spent
   * @param responses per slot the response's id, 32 bytes, or empty where missing
   * @param nonces per slot the id of the statement that carried the nonce, or empty where missing
   * @param context A, 32 bytes
   * @param transcript T, 32 bytes
   */
  record Proposal(
      int counter,
      Bytes parent,
      Reason reason,
      SpendPath path,
      List<Bytes> responses,
      List<Bytes> nonces,
      Bytes context,
      Bytes transcript)
      implements Statement {
    /** Why an attempt was made. */
    public enum Reason {
      /** The first attempt of a round. */
      FIRST,
      /** A member lost a nonce that the parent names (N4). */
      NONCE_LOST
    }

    /** How the beacon output is spent. */
    public enum SpendPath {
      /** One MuSig2 signature of all n. */
      KEY_PATH,
      /** k standalone signatures (no nonces). */
      LEAF_A
    }

    /** Copies lists and checks lengths. */
    public Proposal {
      responses = List.copyOf(responses);
      nonces = List.copyOf(nonces);
      range("counter", counter, 0, 64);
      requireOrEmpty("parent attempt id", parent, 32);
      responses.forEach(id -> requireOrEmpty("response id", id, 32));
      nonces.forEach(id -> requireOrEmpty("nonce statement id", id, 32));
      range("slots", responses.size(), 1, CohortTerms.MAX_MEMBERS);
      if (nonces.size() != responses.size()) {
        throw new IllegalArgumentException(
            "nonces must be as many as responses, " + responses.size() + ", got " + nonces.size());
      }
      require("context", context, 32);
      require("transcript", transcript, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.PROPOSAL;
    }
  }

  /**
   * R4, channel: belongs to exactly one T; also acknowledges the bundle (N17).
   *
   * @param transcript T, 32 bytes
   * @param signature partial signature, 32 bytes
   * @param next the nonce for another attempt of this round
   */
  record PartialSignature(Bytes transcript, Bytes signature, NonceOffer next) implements Statement {
    /** Checks lengths. */
    public PartialSignature {
      require("transcript", transcript, 32);
      require("partial signature", signature, 32);
      present(next);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.PARTIAL_SIGNATURE;
    }
  }

  /**
   * R5, channel, by anyone: the finished spend.
   *
   * @param transcript T, 32 bytes
   * @param txid internal order, 32 bytes
   * @param signature BIP-340 signature of the key path, 64 bytes
   */
  record Final(Bytes transcript, Bytes txid, Bytes signature) implements Statement {
    /** Checks lengths. */
    public Final {
      require("transcript", transcript, 32);
      require("txid", txid, 32);
      require("signature", signature, 64);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.FINAL;
    }
  }

  private static void present(NonceOffer nonce) {
    if (nonce.equals(NonceOffer.NONE)) {
      throw new IllegalArgumentException("nonce must be there, got none");
    }
  }

  private static void require(String name, Bytes value, int size) {
    if (value.size() != size) {
      throw new IllegalArgumentException(name + " must be " + size + " bytes, got " + value.size());
    }
  }

  private static void requireOrEmpty(String name, Bytes value, int size) {
    if (value.size() != 0) {
      require(name, value, size);
    }
  }

  private static void range(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + ", got " + value);
    }
  }

  private static void text(String name, String value, int most) {
    if (value.isEmpty() || value.length() > most || !value.matches("[ -~]*")) {
      throw new IllegalArgumentException(
          name + " must be 1.." + most + " printable ASCII characters, got " + value.length());
    }
  }

  /**
   * N4, channel: nonces that ended with the process that held them, and one that takes their place.
   * Whoever says so has signed with none of the dead ones and never will.
   *
   * @param dead ids of own statements of this round, 32 bytes each, whose nonces are lost
   * @param nonce a fresh one of the new process
   */
  record NonceLost(List<Bytes> dead, NonceOffer nonce) implements Statement {
    /** Most statements of a round that can carry a nonce of one author. */
    private static final int MOST_DEAD = 16;

    /** Copies the list and checks lengths. */
    public NonceLost {
      dead = List.copyOf(dead);
      range("dead statements", dead.size(), 1, MOST_DEAD);
      dead.forEach(id -> require("dead statement id", id, 32));
      present(nonce);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.NONCE_LOST;
    }
  }

  /**
   * N7, channel: a sealed nonce now belongs to one transcript (R9). Said after the claim is
   * durable, and given out by a quorum of relays before the signature exists: a machine that is put
   * back to a snapshot finds it there.
   *
   * @param transcript T, 32 bytes
   * @param nonce id of the own statement that carries the nonce, 32 bytes
   */
  record Claim(Bytes transcript, Bytes nonce) implements Statement {
    /** Checks lengths. */
    public Claim {
      require("transcript", transcript, 32);
      require("id of the statement that carries the nonce", nonce, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.CLAIM;
    }
  }

  /**
   * N15, channel: whoever leads in the epoch of the header takes over the round that is open, and
   * stands by the opportunity that opened it. A leader that opens the round itself says the
   * opportunity instead.
   *
   * @param opportunity id of the statement, 32 bytes
   */
  record EpochClaim(Bytes opportunity) implements Statement {
    /** Checks the length. */
    public EpochClaim {
      require("opportunity statement id", opportunity, 32);
    }

    @Override
    public StatementKind kind() {
      return StatementKind.EPOCH_CLAIM;
    }
  }

  /**
   * R21, channel: the author's updates of this round were anchored by its own singletons, the same
   * bytes. The round may go on; both confirming is harmless.
   *
   * @param txids internal order, 32 bytes each, 1 to 16
   */
  record FallbackTaken(List<Bytes> txids) implements Statement {
    private static final int MOST = 16;

    /** Copies the list and checks lengths. */
    public FallbackTaken {
      txids = List.copyOf(txids);
      range("transactions", txids.size(), 1, MOST);
      txids.forEach(txid -> require("txid", txid, 32));
    }

    @Override
    public StatementKind kind() {
      return StatementKind.FALLBACK_TAKEN;
    }
  }
}
