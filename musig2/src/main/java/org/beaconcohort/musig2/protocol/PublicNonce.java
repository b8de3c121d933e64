package org.beaconcohort.musig2.protocol;

import static org.beaconcohort.musig2.protocol.InvalidContributionException.NO_SIGNER;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.InvalidPointException;

/** BIP-327's two nonce points, 66 bytes on the wire: a signer's own, or the sums over signers. */
public final class PublicNonce {
  private static final Bytes INFINITY = Bytes.of(new byte[33]);

  private final CurvePoint first;
  private final CurvePoint second;

  PublicNonce(CurvePoint first, CurvePoint second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Refuses what is not a signer's public nonce, as early as it arrives.
   *
   * @throws InvalidContributionException unless it is 66 bytes and both halves are points
   */
  public static void check(Bytes publicNonce) {
    check(NO_SIGNER, publicNonce);
  }

  /**
   * As {@link #check(Bytes)}, naming the signer.
   *
   * @throws InvalidContributionException unless it is 66 bytes and both halves are points
   */
  public static void check(int signer, Bytes publicNonce) {
    ofSigner(CurveEngines.get(), signer, publicNonce);
  }

  /**
   * A signer's public nonce, decoded for {@code engine}.
   *
   * @throws InvalidContributionException naming the signer, unless it is 66 bytes and both halves
   *     are points
   */
  public static PublicNonce ofSigner(CurveEngine engine, int signer, Bytes bytes) {
    return decode(engine, signer, Contribution.PUBLIC_NONCE, bytes, false);
  }

  /** BIP-327 NonceAgg of nonces added up before, half by half; a sum may be infinity. */
  public static PublicNonce ofSums(CurvePoint firsts, CurvePoint seconds) {
    return new PublicNonce(firsts, seconds);
  }

  /** The aggregate over all signers, where a half may be infinity, written as 33 zero bytes. */
  static PublicNonce aggregate(CurveEngine engine, Bytes bytes) {
    return decode(engine, NO_SIGNER, Contribution.AGGREGATE_NONCE, bytes, true);
  }

  /** The aggregate over all signers but one, where no half may be infinity. */
  static PublicNonce aggregateOfOthers(CurveEngine engine, Bytes bytes) {
    return decode(engine, NO_SIGNER, Contribution.AGGREGATE_NONCE, bytes, false);
  }

  private static PublicNonce decode(
      CurveEngine engine, int signer, Contribution kind, Bytes bytes, boolean infinityAllowed) {
    if (bytes.size() != 66) {
      throw new InvalidContributionException(signer, kind, "must be 66 bytes, got " + bytes.size());
    }
    try {
      return new PublicNonce(
          half(engine, bytes.slice(0, 33), infinityAllowed),
          half(engine, bytes.slice(33, 66), infinityAllowed));
    } catch (InvalidPointException e) {
      throw new InvalidContributionException(signer, kind, "must be two points: " + e.getMessage());
    }
  }

  private static CurvePoint half(CurveEngine engine, Bytes bytes, boolean infinityAllowed) {
    return infinityAllowed && bytes.equals(INFINITY) ? engine.infinity() : engine.decode(bytes);
  }

  /** R₁ of the BIP. */
  public CurvePoint first() {
    return first;
  }

  /** R₂ of the BIP. */
  public CurvePoint second() {
    return second;
  }

  /** 66 bytes, a half at infinity as 33 zero bytes. */
  public Bytes bytes() {
    return Bytes.concat(first.compressed(), second.compressed());
  }
}
