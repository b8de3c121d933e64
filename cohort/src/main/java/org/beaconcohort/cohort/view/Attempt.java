package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.NonceLost;
import org.beaconcohort.cohort.message.Statement.PartialSignature;
import org.beaconcohort.cohort.message.Statement.Proposal;
import org.beaconcohort.cohort.message.Statement.Proposal.Reason;
import org.beaconcohort.cohort.message.Statement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.Statement.Response;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * One nonce set over one round, computed from statements alone (R1 and R2): announcement, bundle,
 * transaction, sighash, A and T. Two leaders who choose the same statements get the same T (N2).
 *
 * @param round what is signed for
 * @param counter 0 for the first attempt
 * @param parent attempt id replaced, or empty
 * @param reason why there is another attempt
 * @param path of the spend
 * @param responses per slot the response
 * @param nonceCarriers per slot the statement that carries the nonce
 */
public record Attempt(
    Round round,
    int counter,
    Bytes parent,
    Reason reason,
    SpendPath path,
    List<SignedStatement> responses,
    List<SignedStatement> nonceCarriers) {
  /** Copies the lists. */
  public Attempt {
    responses = List.copyOf(responses);
    nonceCarriers = List.copyOf(nonceCarriers);
  }

  /** The first attempt of a round where nobody lost a nonce: each is in its slot's response. */
  public static Attempt first(Round round, List<SignedStatement> responses) {
    return first(round, responses, responses);
  }

  /** The first attempt of a round. */
  public static Attempt first(
      Round round, List<SignedStatement> responses, List<SignedStatement> nonceCarriers) {
    return new Attempt(
        round, 0, Bytes.EMPTY, Reason.FIRST, SpendPath.KEY_PATH, responses, nonceCarriers);
  }

  /** The attempt that takes this one's place after a nonce was lost: the same transaction (N4). */
  public Attempt next(List<SignedStatement> otherCarriers) {
    return new Attempt(round, counter + 1, id(), Reason.NONCE_LOST, path, responses, otherCarriers);
  }

  /** The nonce that a statement carries, if it is one that can. */
  public static Optional<NonceOffer> nonce(Statement body) {
    if (body instanceof Response response) {
      return Optional.of(response.nonce());
    }
    if (body instanceof PartialSignature partial) {
      return Optional.of(partial.next());
    }
    return body instanceof NonceLost lost ? Optional.of(lost.nonce()) : Optional.empty();
  }

  /** DID to update hash of all responses. */
  public CasAnnouncement announcement() {
    Map<Btcr2Did, Bytes> updates = new TreeMap<>();
    for (SignedStatement said : responses) {
      if (said.body() instanceof Response response) {
        response.updates().forEach((did, hash) -> updates.put(Btcr2Did.parse(did), hash));
      }
    }
    return CasAnnouncement.of(updates);
  }

  /** The 32 signal bytes. */
  public Bytes signalBytes() {
    return announcement().signalBytes().value();
  }

  /** Hash of the data that everyone stores before signing; for CAS the signal bytes. */
  public Bytes bundleHash() {
    return signalBytes();
  }

  /** The unsigned transaction. */
  public Transaction transaction() {
    return round.beacon(signalBytes()).unsigned();
  }

  /**
   * The complete transaction.
   *
   * @param signature 64 bytes, must verify
   */
  public Transaction signed(Bytes signature) {
    return round.beacon(signalBytes()).withKeyPathSignature(signature);
  }

  /** The output spent; the round must have been checked. */
  public TxOutput prevout() {
    return round.prevout().orElseThrow(() -> new IllegalStateException("round is not checked"));
  }

  /** BIP-341 key-path sighash, SIGHASH_DEFAULT, 32 bytes. */
  public Bytes sighash() {
    return round.beacon(signalBytes()).keyPathSighash();
  }

  /** H("attempt", round id, counter, parent, reason, path), 32 bytes; no epoch (N2). */
  public Bytes id() {
    return FieldHash.of("attempt")
        .bytes(round.id())
        .number(counter)
        .bytes(parent)
        .text(reason.name())
        .text(path.name())
        .hash();
  }

  /** A: everything but the nonces, 32 bytes (N2). */
  public Bytes context() {
    TxOutput prevout = prevout();
    List<Bytes> responseIds = new ArrayList<>();
    responses.forEach(said -> responseIds.add(said.id()));
    return FieldHash.of("context")
        .bytes(id())
        .bytes(round.cohort().terms().hash())
        .list(responseIds)
        .bytes(transaction().serializeWithoutWitness())
        .number(1)
        .number(prevout.value())
        .bytes(prevout.script())
        .bytes(sighash())
        .bytes(round.cohort().output().internalKey())
        .bytes(round.cohort().output().merkleRoot().orElse(Bytes.EMPTY))
        .bytes(signalBytes())
        .bytes(bundleHash())
        .hash();
  }

  /** Public nonces in key order, 66 bytes each. */
  public List<Bytes> publicNonces() {
    List<Bytes> nonces = new ArrayList<>();
    for (SignedStatement said : nonceCarriers) {
      nonces.add(
          nonce(said.body())
              .orElseThrow(() -> new IllegalStateException(said.id() + " carries no nonce"))
              .publicNonce());
    }
    return nonces;
  }

  /**
   * BIP-327 NonceAgg, 66 bytes.
   *
   * @throws org.beaconcohort.musig2.protocol.InvalidContributionException naming the slot
   */
  public Bytes aggregateNonce() {
    return NonceAgg.aggregate(publicNonces());
  }

  /** T: A and the exact nonces, 32 bytes (N2). */
  public Bytes transcript() {
    return transcript(context());
  }

  /** T over another A with these nonces, 32 bytes: what a leader's word is compared with. */
  public Bytes transcript(Bytes context) {
    FieldHash hash = FieldHash.of("transcript").bytes(context);
    List<Bytes> nonces = publicNonces();
    for (int slot = 0; slot < nonces.size(); slot++) {
      hash.bytes(round.cohort().members().get(slot).cohortKey())
          .bytes(nonces.get(slot))
          .bytes(nonceCarriers.get(slot).id());
    }
    return hash.bytes(aggregateNonce()).hash();
  }

  /** The MuSig2 session of this attempt. */
  public SessionContext session() {
    KeyAggContext keys = round.cohort().output().signingContext();
    return SessionContext.of(aggregateNonce(), keys, sighash());
  }

  /** The proposal that names exactly this attempt. */
  public Proposal proposal() {
    return new Proposal(
        counter,
        parent,
        reason,
        path,
        responses.stream().map(SignedStatement::id).toList(),
        nonceCarriers.stream().map(SignedStatement::id).toList(),
        context(),
        transcript());
  }
}
