package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Require.present;
import static org.beaconcohort.cohort.message.Require.range;
import static org.beaconcohort.cohort.message.Require.require;
import static org.beaconcohort.cohort.message.Require.requireOrEmpty;

import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;

/** What is said in a round on its channel; the order is in the protocol, R0 to R5. */
public sealed interface RoundStatement extends Statement.OnRound {
  /** R0, channel: the author's documents list the address and it wants round {@code number}. */
  record RoundRequest(int number) implements RoundStatement {
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
      implements RoundStatement {
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
  record Response(Map<String, Bytes> updates, NonceOffer nonce) implements RoundStatement {
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
      implements RoundStatement {
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
  record PartialSignature(Bytes transcript, Bytes signature, NonceOffer next)
      implements RoundStatement {
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
  record Final(Bytes transcript, Bytes txid, Bytes signature) implements RoundStatement {
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

  /**
   * N4, channel: nonces that ended with the process that held them, and one that takes their place.
   * Whoever says so has signed with none of the dead ones and never will.
   *
   * @param dead ids of own statements of this round, 32 bytes each, whose nonces are lost
   * @param nonce a fresh one of the new process
   */
  record NonceLost(List<Bytes> dead, NonceOffer nonce) implements RoundStatement {
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
  record Claim(Bytes transcript, Bytes nonce) implements RoundStatement {
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
  record EpochClaim(Bytes opportunity) implements RoundStatement {
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
  record FallbackTaken(List<Bytes> txids) implements RoundStatement {
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
