package org.beaconcohort.musig2.protocol;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.hash.Sha256;

/**
 * BIP-327 KeyAgg and ApplyTweak: the signers' keys, their aggregate, and the tweaks applied to it.
 *
 * <p>Immutable, and worth keeping: it holds the decoded keys and their coefficients. Another order
 * of the keys gives another aggregate key. Duplicate keys are legal.
 */
public final class KeyAggContext {
  private final CurveEngine engine;
  private final KeyList signers;
  private final CurvePoint aggregate;
  private final Scalar signAccumulator;
  private final Scalar tweakAccumulator;

  /** The part that tweaks leave alone; all lists in the order of the keys. */
  private record KeyList(List<Bytes> keys, List<CurvePoint> points, List<Scalar> coefficients) {}

  private KeyAggContext(
      CurveEngine engine,
      KeyList signers,
      CurvePoint aggregate,
      Scalar signAccumulator,
      Scalar tweakAccumulator) {
    this.engine = engine;
    this.signers = signers;
    this.aggregate = aggregate;
    this.signAccumulator = signAccumulator;
    this.tweakAccumulator = tweakAccumulator;
  }

  /**
   * The aggregate of 33-byte compressed keys in this order.
   *
   * @throws InvalidContributionException for the first key that is not one
   * @throws IllegalArgumentException for no keys, or keys that sum up to infinity
   */
  public static KeyAggContext of(List<Bytes> keys) {
    return of(CurveEngines.get(), keys);
  }

  /** As {@link #of(List)}; sessions of this context compute with {@code engine}. */
  public static KeyAggContext of(CurveEngine engine, List<Bytes> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("key list must have a key, got none");
    }
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      points.add(decode(engine, i, keys.get(i)));
    }
    List<Scalar> coefficients = coefficients(keys);
    CurvePoint aggregate = engine.sumOfProducts(Scalar.ZERO, coefficients, points);
    if (aggregate.isInfinity()) {
      throw new IllegalArgumentException("aggregate key must be a point, got infinity");
    }
    KeyList signers = new KeyList(List.copyOf(keys), List.copyOf(points), coefficients);
    return new KeyAggContext(engine, signers, aggregate, Scalar.ONE, Scalar.ZERO);
  }

  private static CurvePoint decode(CurveEngine engine, int signer, Bytes key) {
    try {
      return engine.decode(key);
    } catch (InvalidPointException e) {
      throw new InvalidContributionException(
          signer, Contribution.PUBLIC_KEY, "must be a key: " + e.getMessage());
    }
  }

  /** BIP-327 KeyAggCoeff for every key; the second distinct key has coefficient 1. */
  private static List<Scalar> coefficients(List<Bytes> keys) {
    Bytes first = keys.getFirst();
    Bytes second = keys.stream().filter(key -> !key.equals(first)).findFirst().orElse(Bytes.EMPTY);
    Bytes listHash = TaggedHash.hash("KeyAgg list", keys.toArray(new Bytes[0]));
    Sha256 beginning = Sha256.tagged("KeyAgg coefficient").add(listHash);
    return keys.stream()
        .map(key ->
            key.equals(second)
                ? Scalar.ONE
                : Scalar.reduce(Bytes.of(beginning.copy().add(key).finish())))
        .toList();
  }

  /**
   * This context with aggregate key Q + tweak·G.
   *
   * @param tweak 32 bytes
   * @throws InvalidTweakException for another length, n and above, or a result at infinity
   */
  public KeyAggContext withPlainTweak(Bytes tweak) {
    return tweaked(tweak, false);
  }

  /**
   * This context with aggregate key lift_x(Q) + tweak·G, as BIP-341 tweaks.
   *
   * @param tweak 32 bytes
   * @throws InvalidTweakException for another length, n and above, or a result at infinity
   */
  public KeyAggContext withXOnlyTweak(Bytes tweak) {
    return tweaked(tweak, true);
  }

  private KeyAggContext tweaked(Bytes tweakBytes, boolean xOnly) {
    if (tweakBytes.size() != 32) {
      throw new InvalidTweakException("tweak must be 32 bytes, got " + tweakBytes.size());
    }
    if (!Scalar.fits(tweakBytes)) {
      throw new InvalidTweakException("tweak must be less than n, got " + tweakBytes);
    }
    Scalar tweak = Scalar.of(tweakBytes);
    boolean flip = xOnly && !aggregate.hasEvenY();
    CurvePoint tweaked =
        engine.sumOfProducts(tweak, List.of(Scalar.ONE.negateIf(flip)), List.of(aggregate));
    if (tweaked.isInfinity()) {
      throw new InvalidTweakException("tweaked key must be a point, got infinity");
    }
    return new KeyAggContext(
        engine,
        signers,
        tweaked,
        signAccumulator.negateIf(flip),
        tweak.plus(tweakAccumulator.negateIf(flip)));
  }

  /** The aggregate key with all tweaks, 33 bytes compressed. */
  public Bytes aggregateKey() {
    return aggregate.compressed();
  }

  /** The aggregate key with all tweaks, 32 bytes: what the final signature verifies under. */
  public Bytes xOnlyAggregateKey() {
    return aggregate.xOnly();
  }

  /** The signers' 33-byte keys, in order. */
  public List<Bytes> keys() {
    return signers.keys();
  }

  /** Same keys in the same order, and tweaks that come to the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyAggContext context
        && keys().equals(context.keys())
        && aggregateKey().equals(context.aggregateKey())
        && signAccumulator.equals(context.signAccumulator)
        && tweakAccumulator.equals(context.tweakAccumulator);
  }

  @Override
  public int hashCode() {
    return aggregateKey().hashCode();
  }

  @Override
  public String toString() {
    return "KeyAggContext of " + keys().size() + " keys, aggregate " + aggregateKey();
  }

  /** What the sessions of this context compute with. */
  public CurveEngine engine() {
    return engine;
  }

  /** The decoded key of a signer, by its index in the order of the keys. */
  public CurvePoint point(int signer) {
    return signers.points().get(signer);
  }

  Scalar coefficient(int signer) {
    return signers.coefficients().get(signer);
  }

  /** g·gacc of the BIP: what the secret keys are multiplied by to answer for the x-only Q. */
  Scalar keySign() {
    return signAccumulator.negateIf(!aggregate.hasEvenY());
  }

  /** g·tacc of the BIP: the share of the tweaks in the final signature, before the challenge. */
  Scalar tweakShare() {
    return tweakAccumulator.negateIf(!aggregate.hasEvenY());
  }
}
