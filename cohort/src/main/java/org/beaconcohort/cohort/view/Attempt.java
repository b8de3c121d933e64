package org.beaconcohort.cohort.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.BeaconOutput;
import org.beaconcohort.cohort.bitcoin.InvalidSpendException;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.script.InvalidLeafException;
import org.beaconcohort.cohort.bitcoin.script.ThresholdLeaf;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.Reason;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.protocol.NonceAgg;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * One nonce set over one round, computed from statements alone (R1 and R2): announcement, bundle,
 * transaction, sighash, A and T. Two leaders who choose the same statements get the same T (N2).
 */
public final class Attempt {
  private final Round round;
  private final int counter;
  private final Bytes parent;
  private final Reason reason;
  private final SpendPath path;
  private final List<SignedStatement> responses;
  private final List<SignedStatement> nonceCarriers;
  private final Once<List<Bytes>> responseIds = new Once<>(this::computeResponseIds);
  private final Once<CasAnnouncement> announcement = new Once<>(this::computeAnnouncement);
  private final Once<Bytes> signalBytes = new Once<>(() -> announcement().signalBytes().value());
  private final Once<Transaction> transaction =
      new Once<>(() -> round().beacon(signalBytes()).unsigned());
  private final Once<Bytes> sighash = new Once<>(this::computeSighash);
  private final Once<Bytes> id = new Once<>(this::computeId);
  private final Once<Bytes> context = new Once<>(this::computeContext);
  private final Once<Bytes> aggregateNonce = new Once<>(() -> NonceAgg.aggregate(publicNonces()));
  private final Once<Bytes> transcript = new Once<>(this::computeTranscript);

  /**
   * An attempt.
   *
   * @param round what is signed for
   * @param counter 0 for the first attempt
   * @param parent attempt id replaced, or empty
   * @param reason why there is another attempt
   * @param path of the spend
   * @param responses in key order; on leaf A, and after it, some may be missing (N8)
   * @param nonceCarriers per slot the statement that carries the nonce; none on leaf A
   */
  public Attempt(
      Round round,
      int counter,
      Bytes parent,
      Reason reason,
      SpendPath path,
      List<SignedStatement> responses,
      List<SignedStatement> nonceCarriers) {
    this.round = round;
    this.counter = counter;
    this.parent = parent;
    this.reason = reason;
    this.path = path;
    this.responses = List.copyOf(responses);
    this.nonceCarriers = List.copyOf(nonceCarriers);
  }

  /** What is signed for. */
  public Round round() {
    return round;
  }

  /** 0 for the first attempt. */
  public int counter() {
    return counter;
  }

  /** Attempt id replaced, or empty. */
  public Bytes parent() {
    return parent;
  }

  /** Why there is another attempt. */
  public Reason reason() {
    return reason;
  }

  /** Path of the spend. */
  public SpendPath path() {
    return path;
  }

  /** In key order; on leaf A, and after it, some may be missing (N8). */
  public List<SignedStatement> responses() {
    return responses;
  }

  /** Per slot the statement that carries the nonce; none on leaf A. */
  public List<SignedStatement> nonceCarriers() {
    return nonceCarriers;
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

  /** These responses by leaf A, without nonces (N7, N8). */
  public static Attempt byLeaf(Round round, List<SignedStatement> responses) {
    return new Attempt(round, 0, Bytes.EMPTY, Reason.FIRST, SpendPath.LEAF_A, responses, List.of());
  }

  /** The same transaction by leaf A. */
  public Attempt asLeaf() {
    return byLeaf(round, responses);
  }

  /** Slots without a response, ascending. */
  public List<Integer> missing() {
    List<Integer> slots = new ArrayList<>();
    List<Bytes> ids = responseIds();
    for (int slot = 0; slot < ids.size(); slot++) {
      if (ids.get(slot).size() == 0) {
        slots.add(slot);
      }
    }
    return slots;
  }

  /** Per slot the response's id, 32 bytes, or empty where it is missing. */
  private List<Bytes> responseIds() {
    return responseIds.get();
  }

  private List<Bytes> computeResponseIds() {
    Map<Bytes, Bytes> byAuthor = new HashMap<>();
    responses.forEach(said -> byAuthor.putIfAbsent(said.author(), said.id()));
    return round.cohort().members().stream()
        .map(member -> byAuthor.getOrDefault(member.statementKey(), Bytes.EMPTY))
        .toList();
  }

  /** The statement that carries the slot's nonce; none on leaf A. */
  public Optional<SignedStatement> carrier(int slot) {
    return nonceCarriers.isEmpty() ? Optional.empty() : Optional.of(nonceCarriers.get(slot));
  }

  /** The attempt that takes this one's place after a nonce was lost: the same transaction (N4). */
  public Attempt next(List<SignedStatement> otherCarriers) {
    return new Attempt(round, counter + 1, id(), Reason.NONCE_LOST, path, responses, otherCarriers);
  }

  /** The nonce that a statement carries, if it is one that can. */
  public static Optional<NonceOffer> nonce(Statement body) {
    if (body instanceof Response response) {
      return Optional.of(response.nonce()).filter(offer -> !offer.equals(NonceOffer.NONE));
    }
    if (body instanceof PartialSignature partial) {
      return Optional.of(partial.next());
    }
    return body instanceof NonceLost lost ? Optional.of(lost.nonce()) : Optional.empty();
  }

  /** DID to update hash of all responses. */
  public CasAnnouncement announcement() {
    return announcement.get();
  }

  private CasAnnouncement computeAnnouncement() {
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
    return signalBytes.get();
  }

  /** Hash of the data that everyone stores before signing; for CAS the signal bytes. */
  public Bytes bundleHash() {
    return signalBytes();
  }

  /** Whether it follows none: on leaf A there is no other. */
  public boolean isFirst() {
    return reason == Reason.FIRST && counter == 0 && parent.size() == 0;
  }

  /** The unsigned transaction. */
  public Transaction transaction() {
    return transaction.get();
  }

  /**
   * How somebody's complete transaction spends the output; empty if it is another transaction, or
   * has a witness that this party would not have made from the same signatures.
   */
  public Optional<Spend> spendIn(Transaction complete) {
    List<Bytes> witness = complete.inputs().getFirst().witness();
    if (!complete.txid().equals(transaction().txid())
        || (witness.size() != 1 && round.cohort().output().leafA().isEmpty())) {
      return Optional.empty();
    }
    Spend spend =
        witness.size() == 1
            ? new Spend.KeyPath(witness.getFirst())
            : new Spend.LeafA(leafSignatures(witness));
    try {
      return spend.of(this).equals(complete) ? Optional.of(spend) : Optional.empty();
    } catch (InvalidSpendException | InvalidLeafException another) {
      return Optional.empty();
    }
  }

  /** By slot what stands before script and control block of leaf A, the last key's first. */
  private Map<Integer, Bytes> leafSignatures(List<Bytes> witness) {
    BeaconOutput output = round.cohort().output();
    List<Bytes> keys = output.leafA().map(ThresholdLeaf::xOnlyKeys).orElse(List.of());
    Map<Integer, Bytes> signatures = new TreeMap<>();
    for (int i = 0; i < Math.min(keys.size(), witness.size()); i++) {
      if (witness.get(i).size() != 0) {
        signatures.put(output.xOnlyKeys().indexOf(keys.get(keys.size() - 1 - i)), witness.get(i));
      }
    }
    return signatures;
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

  /** Whether it is on leaf A and there is one; a path without its leaf is refused (item 12). */
  private boolean isByLeaf() {
    return path == SpendPath.LEAF_A && round.cohort().output().leafA().isPresent();
  }

  /** BIP-341 sighash of the attempt's path, SIGHASH_DEFAULT, 32 bytes. */
  public Bytes sighash() {
    return sighash.get();
  }

  private Bytes computeSighash() {
    return isByLeaf() ? leafSighash() : round.beacon(signalBytes()).keyPathSighash();
  }

  /**
   * What each signer of leaf A signs alone, 32 bytes.
   *
   * @throws IllegalStateException if the output has no leaf A
   */
  public Bytes leafSighash() {
    return round.beacon(signalBytes()).leafSighash(leafA());
  }

  private ThresholdLeaf leafA() {
    return round
        .cohort()
        .output()
        .leafA()
        .orElseThrow(() -> new IllegalStateException("output must have leaf A, it has none"));
  }

  /**
   * T_A: round, transaction and leaf, 32 bytes; neither attempt nor leader, so that leaf signatures
   * survive both (2.6).
   *
   * @throws IllegalStateException if the output has no leaf A
   */
  public Bytes leafContext() {
    TxOutput prevout = prevout();
    return FieldHash.of("leafA")
        .bytes(round.id())
        .bytes(transaction().serializeWithoutWitness())
        .number(1)
        .number(prevout.value())
        .bytes(prevout.script())
        .bytes(leafA().leaf().hash())
        .bytes(bundleHash())
        .hash();
  }

  /**
   * The complete transaction by leaf A.
   *
   * @param signatures exactly k by slot, 64 bytes each; must verify
   */
  public Transaction signedByLeaf(Map<Integer, Bytes> signatures) {
    BeaconOutput output = round.cohort().output();
    Map<Bytes, Bytes> byKey = new TreeMap<>();
    signatures.forEach((slot, signature) -> byKey.put(output.xOnlyKeys().get(slot), signature));
    return round.beacon(signalBytes()).withLeafASignatures(output, byKey);
  }

  /** H("attempt", round id, counter, parent, reason, path), 32 bytes; no epoch (N2). */
  public Bytes id() {
    return id.get();
  }

  private Bytes computeId() {
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
    return context.get();
  }

  private Bytes computeContext() {
    TxOutput prevout = prevout();
    return FieldHash.of("context")
        .bytes(id())
        .bytes(round.cohort().terms().hash())
        .list(responseIds())
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
    return aggregateNonce.get();
  }

  /** T: A and the exact nonces, 32 bytes (N2); on leaf A, which has none, T_A. */
  public Bytes transcript() {
    return transcript.get();
  }

  private Bytes computeTranscript() {
    return isByLeaf() ? leafContext() : transcript(context());
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
        responseIds(),
        isByLeaf()
            ? Collections.nCopies(round.cohort().size(), Bytes.EMPTY)
            : nonceCarriers.stream().map(SignedStatement::id).toList(),
        context(),
        transcript());
  }

  /** The same statements for the same round. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Attempt attempt
            && round.equals(attempt.round)
            && counter == attempt.counter
            && parent.equals(attempt.parent)
            && reason == attempt.reason
            && path == attempt.path
            && responses.equals(attempt.responses)
            && nonceCarriers.equals(attempt.nonceCarriers));
  }

  @Override
  public int hashCode() {
    return Objects.hash(round, counter, parent, reason, path, responses, nonceCarriers);
  }

  @Override
  public String toString() {
    return "Attempt " + counter + " on " + path + " of " + round;
  }
}
