package org.beaconcohort.musig2.taproot;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.hash.TapTweakHash;
import org.beaconcohort.musig2.protocol.KeyAggContext;

/** The Taproot tweak of BIP-341, for keys known whole and for aggregated ones. */
public final class TaprootTweak {
  private static final CurveEngine ENGINE = CurveEngines.get();

  private TaprootTweak() {}

  /**
   * The 32-byte tweak.
   *
   * @param internalKey 32 bytes, x-only
   * @param merkleRoot 32 bytes, or empty for an output without scripts
   */
  public static Bytes tweak(Bytes internalKey, Optional<Bytes> merkleRoot) {
    return TapTweakHash.of(internalKey, merkleRoot);
  }

  /**
   * The output key Q = P + tweak·G.
   *
   * @throws IllegalArgumentException if the internal key is not a key, or, with probability below
   *     2^-126, the tweak does not give one
   */
  public static TaprootOutputKey outputKey(Bytes internalKey, Optional<Bytes> merkleRoot) {
    CurvePoint internal = ENGINE.liftX(internalKey);
    Scalar tweak = Scalar.of(tweak(internalKey, merkleRoot));
    CurvePoint output = ENGINE.sumOfProducts(tweak, List.of(Scalar.ONE), List.of(internal));
    return new TaprootOutputKey(output.xOnly(), output.hasEvenY() ? 0 : 1);
  }

  /**
   * The context whose aggregate key is the output key with this context's key as internal key.
   *
   * @param merkleRoot 32 bytes, or empty for an output without scripts
   */
  public static KeyAggContext apply(KeyAggContext context, Optional<Bytes> merkleRoot) {
    return context.withXOnlyTweak(tweak(context.xOnlyAggregateKey(), merkleRoot));
  }
}
