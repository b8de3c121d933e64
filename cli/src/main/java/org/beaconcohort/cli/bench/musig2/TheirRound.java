package org.beaconcohort.cli.bench.musig2;

import fr.acinq.secp256k1.Secp256k1;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.taproot.TaprootTweak;

/**
 * The same work by libsecp256k1's own {@code musig_*} calls, the way its documentation shows it:
 * everything is there, every partial signature is verified, then they are aggregated and the result
 * is verified. Keys are decoded once, which the binding would otherwise do in every call. Public
 * data only; nothing is signed by these calls.
 */
final class TheirRound {
  /** What these calls are called in results. */
  static final String NAME = "libsecp256k1-musig";

  private final Secp256k1 library;
  private final byte[] message;
  private final byte[] outputKey;
  private final byte[][] keys;
  private final byte[][] nonces;
  private final byte[][] partials;
  private final byte[][] decodedBefore;
  private final byte[] aggregatedBefore;

  TheirRound(Secp256k1 library, SignedCohort cohort) {
    this.library = library;
    this.message = cohort.message().toArray();
    this.outputKey = cohort.outputKey().toArray();
    this.keys = arrays(cohort.keys());
    this.nonces = arrays(cohort.nonces());
    this.partials = arrays(cohort.partials());
    this.decodedBefore = decoded();
    this.aggregatedBefore = aggregated(decodedBefore);
  }

  /** A round of keys that were decoded and aggregated before. */
  boolean withCachedKeys() {
    return round(decodedBefore, aggregatedBefore);
  }

  /** A round with the aggregation of its keys. */
  boolean withKeyAggregation() {
    byte[][] decoded = decoded();
    return round(decoded, aggregated(decoded));
  }

  /** The keys alone, from bytes, without a tweak. */
  boolean keyAggregation() {
    return library.musigPubkeyAgg(keys, newCache()).length > 0;
  }

  private boolean round(byte[][] decoded, byte[] aggregate) {
    byte[] nonce = library.musigNonceAgg(nonces);
    byte[] session = library.musigNonceProcess(nonce, message, aggregate);
    boolean right = true;
    for (int i = 0; i < decoded.length; i++) {
      right &=
          library.musigPartialSigVerify(partials[i], nonces[i], decoded[i], aggregate, session)
              == 1;
    }
    byte[] signature = library.musigPartialSigAgg(session, partials);
    return right && library.verifySchnorr(signature, message, outputKey);
  }

  /** 65 bytes each. */
  private byte[][] decoded() {
    byte[][] decoded = new byte[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      decoded[i] = library.pubkeyParse(keys[i]);
    }
    return decoded;
  }

  /** What the library keeps about the aggregate with the Taproot tweak. */
  private byte[] aggregated(byte[][] decoded) {
    byte[] cache = newCache();
    Bytes aggregate = Bytes.of(library.musigPubkeyAgg(decoded, cache));
    Bytes internalKey = aggregate.slice(aggregate.size() - 32, aggregate.size());
    byte[] tweak = TaprootTweak.tweak(internalKey, Optional.empty()).toArray();
    byte[] tweaked = library.musigPubkeyXonlyTweakAdd(cache, tweak);
    if (!Bytes.of(tweaked).slice(1, 33).equals(Bytes.of(outputKey))) {
      throw new IllegalStateException("output key must be the same on both sides, is not");
    }
    return cache;
  }

  private static byte[] newCache() {
    return new byte[Secp256k1.MUSIG2_PUBLIC_KEYAGG_CACHE_SIZE];
  }

  private static byte[][] arrays(List<Bytes> all) {
    return all.stream().map(Bytes::toArray).toArray(byte[][]::new);
  }
}
