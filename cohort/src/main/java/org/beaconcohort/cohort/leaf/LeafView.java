package org.beaconcohort.cohort.leaf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.beaconcohort.cohort.message.LeafStatement.Bundle;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One transaction by leaf A as everyone sees it: derived from statements alone, whatever order they
 * come in (N14).
 *
 * @param attempt whose transaction it is, on either path
 * @param context T_A, 32 bytes
 * @param bundles statements with the data behind the signal
 * @param stored slots whose members say that they keep that data; a partial signature says so too
 * @param signatures by slot what is said to be a signature; of two the first by instance and number
 */
public record LeafView(
    Attempt attempt,
    Bytes context,
    List<SignedStatement> bundles,
    Set<Integer> stored,
    Map<Integer, SignedStatement> signatures) {
  /** Copies. */
  public LeafView {
    bundles = List.copyOf(bundles);
    stored = Set.copyOf(stored);
    signatures = java.util.Collections.unmodifiableMap(new TreeMap<>(signatures));
  }

  /** What {@code said} holds about the attempt's transaction by leaf A. */
  public static LeafView of(Attempt attempt, StatementSet said) {
    Bytes context = attempt.leafContext();
    Cohort cohort = attempt.round().cohort();
    List<SignedStatement> bundles = new ArrayList<>();
    for (SignedStatement each : said.of(StatementKind.BUNDLE)) {
      if (each.body().equals(bundle(attempt))) {
        bundles.add(each);
      }
    }
    Set<Integer> stored = new TreeSet<>();
    for (SignedStatement each : said.of(StatementKind.BUNDLE_ACK)) {
      if (each.body() instanceof BundleAck ack && ack.context().equals(context)) {
        cohort.slotOf(each.author()).ifPresent(stored::add);
      }
    }
    if (!attempt.nonceCarriers().isEmpty()) {
      Bytes transcript = attempt.transcript();
      for (SignedStatement each : said.of(StatementKind.PARTIAL_SIGNATURE)) {
        if (each.body() instanceof PartialSignature partial
            && partial.transcript().equals(transcript)) {
          cohort.slotOf(each.author()).ifPresent(stored::add);
        }
      }
    }
    Map<Integer, SignedStatement> signatures = new TreeMap<>();
    for (SignedStatement each : said.of(StatementKind.LEAF_SIGNATURE)) {
      OptionalInt slot = cohort.slotOf(each.author());
      if (slot.isPresent()
          && each.body() instanceof LeafSignature signature
          && signature.context().equals(context)) {
        signatures.putIfAbsent(slot.getAsInt(), each);
      }
    }
    stored.addAll(signatures.keySet());
    return new LeafView(attempt, context, bundles, stored, signatures);
  }

  /** The data behind the attempt's signal, for those who are absent. */
  public static Bundle bundle(Attempt attempt) {
    Map<String, Bytes> updates = new TreeMap<>();
    attempt.announcement().entries().forEach((did, hash) -> updates.put(did.text(), hash));
    return new Bundle(attempt.leafContext(), updates);
  }

  /** Slots that do not say yet that they keep the data, ascending. */
  public List<Integer> withoutBundle() {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < attempt.round().cohort().size(); slot++) {
      if (!stored.contains(slot)) {
        slots.add(slot);
      }
    }
    return slots;
  }

  /**
   * Whether the data is out and k members keep it, so that a signature may follow (R19, N17). Where
   * all n sign, nobody is absent: n signatures are n stored bundles.
   */
  public boolean isKept() {
    Cohort cohort = attempt.round().cohort();
    int k = cohort.terms().threshold(cohort.size());
    return k == cohort.size() || (!bundles.isEmpty() && stored.size() >= k);
  }

  /** The first k signatures that verify, once there are so many. */
  public Optional<Spend.LeafA> complete() {
    Cohort cohort = attempt.round().cohort();
    int k = cohort.terms().threshold(cohort.size());
    if (k == 0 || signatures.size() < k) {
      return Optional.empty();
    }
    Bytes sighash = attempt.leafSighash();
    Map<Integer, Bytes> good = new TreeMap<>();
    for (Map.Entry<Integer, SignedStatement> each : signatures.entrySet()) {
      if (good.size() < k
          && each.getValue().body() instanceof LeafSignature made
          && Schnorr.verify(
              cohort.output().xOnlyKeys().get(each.getKey()), sighash, made.signature())) {
        good.put(each.getKey(), made.signature());
      }
    }
    return good.size() == k ? Optional.of(new Spend.LeafA(good)) : Optional.empty();
  }

  /** The statements that a complete spend is made of, and the data: what the absent may lack. */
  public List<SignedStatement> proof() {
    List<SignedStatement> proof = new ArrayList<>(signatures.values());
    proof.addAll(bundles);
    return proof;
  }
}
