package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Require.range;
import static org.beaconcohort.cohort.message.Require.require;
import static org.beaconcohort.cohort.message.Require.requireOrEmpty;
import static org.beaconcohort.cohort.message.Require.text;

import java.util.List;
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

  /** What is said in a round: see {@link RoundStatement}. */
  sealed interface OnRound extends Statement permits RoundStatement {}

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
}
