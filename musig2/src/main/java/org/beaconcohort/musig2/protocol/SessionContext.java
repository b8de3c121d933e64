package org.beaconcohort.musig2.protocol;

import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;

/**
 * BIP-327 Session Context and GetSessionValues: what every signer of one message agrees on.
 * Immutable.
 */
public final class SessionContext {
  private final Bytes aggregateNonce;
  private final KeyAggContext keyAgg;
  private final Bytes message;
  private final Scalar nonceCoefficient;
  private final CurvePoint finalNonce;
  private final Scalar challenge;

  private SessionContext(
      Bytes aggregateNonce,
      KeyAggContext keyAgg,
      Bytes message,
      Scalar nonceCoefficient,
      CurvePoint finalNonce,
      Scalar challenge) {
    this.aggregateNonce = aggregateNonce;
    this.keyAgg = keyAgg;
    this.message = message;
    this.nonceCoefficient = nonceCoefficient;
    this.finalNonce = finalNonce;
    this.challenge = challenge;
  }

  /**
   * The session of an aggregate nonce of 66 bytes, keys with their tweaks, and a message of any
   * length.
   *
   * @throws InvalidContributionException if the aggregate nonce is not 66 bytes or not two points;
   *     a half at infinity, 33 zero bytes, is valid
   */
  public static SessionContext of(Bytes aggregateNonce, KeyAggContext keyAgg, Bytes message) {
    return of(PublicNonce.aggregate(keyAgg.engine(), aggregateNonce), keyAgg, message);
  }

  /** As above for an aggregate that was not read from bytes, which spares decoding it. */
  public static SessionContext of(PublicNonce nonce, KeyAggContext keyAgg, Bytes message) {
    CurveEngine engine = keyAgg.engine();
    Bytes aggregateNonce = nonce.bytes();
    Bytes key = keyAgg.xOnlyAggregateKey();
    Scalar b = Scalar.reduce(TaggedHash.hash("MuSig/noncecoef", aggregateNonce, key, message));
    CurvePoint sum =
        engine.sumOfProducts(
            Scalar.ZERO, List.of(Scalar.ONE, b), List.of(nonce.first(), nonce.second()));
    // Somebody cheated, but who shows only at the partial signatures, so the session goes on.
    CurvePoint finalNonce = sum.isInfinity() ? engine.generator() : sum;
    Scalar e = Schnorr.challenge(finalNonce.xOnly(), key, message);
    return new SessionContext(aggregateNonce, keyAgg, message, b, finalNonce, e);
  }

  /** The aggregate nonce, 66 bytes. */
  public Bytes aggregateNonce() {
    return aggregateNonce;
  }

  /** The keys and tweaks. */
  public KeyAggContext keyAgg() {
    return keyAgg;
  }

  /** What is signed. */
  public Bytes message() {
    return message;
  }

  /** b of the BIP. */
  public Scalar nonceCoefficient() {
    return nonceCoefficient;
  }

  /** R of the BIP, never infinity. */
  public CurvePoint finalNonce() {
    return finalNonce;
  }

  /** e of the BIP. */
  public Scalar challenge() {
    return challenge;
  }

  /** 1 or −1: what nonces are multiplied by so that their sum has even y. */
  public Scalar nonceSign() {
    return Scalar.ONE.negateIf(!finalNonce.hasEvenY());
  }

  /** e·a·g·gacc: what this signer's secret key is multiplied by. */
  public Scalar keyFactor(int signer) {
    return challenge.times(keyAgg.coefficient(signer)).times(keyAgg.keySign());
  }
}
