package org.beaconcohort.cli.bench.musig2;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.coordinator.NonceCollection;
import org.beaconcohort.musig2.coordinator.PartialSignatureCollection;
import org.beaconcohort.musig2.coordinator.SigningResult;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.protocol.KeyAggContext;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * The cryptographic work of a coordinator of ours on one engine: contributions folded in as they
 * come, one verification at the end. Every method says whether it came out right.
 */
final class OurRound {
  private final CurveEngine engine;
  private final SignedCohort cohort;
  private final KeyAggContext keys;
  private final NonceCollection noncesButLast;
  private final PartialSignatureCollection partialsButLast;

  OurRound(CurveEngine engine, SignedCohort cohort) {
    this.engine = engine;
    this.cohort = cohort;
    this.keys = aggregated();
    int last = cohort.size() - 1;
    this.noncesButLast = nonces(keys, last);
    this.partialsButLast = partials(keys, last);
  }

  /** A round of keys that were aggregated before, as every round of a cohort but its first. */
  boolean withCachedKeys() {
    return completes(partials(keys, cohort.size()));
  }

  /** A round with the aggregation of its keys. */
  boolean withKeyAggregation() {
    return completes(partials(aggregated(), cohort.size()));
  }

  /** The keys alone, without a tweak: what the native call does too. */
  boolean keyAggregation() {
    return KeyAggContext.of(engine, cohort.keys()).keys().size() == cohort.size();
  }

  /** What is left of the first half when the last nonce comes: the aggregate has to go out. */
  boolean afterLastNonce() {
    int last = cohort.size() - 1;
    return noncesButLast.with(last, cohort.nonces().get(last)).aggregateNonce().size() == 66;
  }

  /** What is left of the round when the last partial signature comes. */
  boolean afterLastPartial() {
    int last = cohort.size() - 1;
    return completes(partialsButLast.with(last, cohort.partials().get(last)));
  }

  /** Everything received, nothing verified yet. */
  PartialSignatureCollection received() {
    return partials(keys, cohort.size());
  }

  /** Whether the verification fails and names these signers and no others. */
  static boolean names(List<Integer> culprits, PartialSignatureCollection received) {
    return received.result() instanceof SigningResult.Faulty faulty
        && faulty.culprits().equals(culprits);
  }

  private static boolean completes(PartialSignatureCollection received) {
    return received.result() instanceof SigningResult.Complete;
  }

  private KeyAggContext aggregated() {
    return TaprootTweak.apply(KeyAggContext.of(engine, cohort.keys()), Optional.empty());
  }

  private NonceCollection nonces(KeyAggContext of, int count) {
    NonceCollection collected = NonceCollection.of(of);
    for (int i = 0; i < count; i++) {
      collected = collected.with(i, cohort.nonces().get(i));
    }
    return collected;
  }

  private PartialSignatureCollection partials(KeyAggContext of, int count) {
    PartialSignatureCollection collected = nonces(of, cohort.size()).sign(cohort.message());
    for (int i = 0; i < count; i++) {
      collected = collected.with(i, cohort.partials().get(i));
    }
    return collected;
  }
}
