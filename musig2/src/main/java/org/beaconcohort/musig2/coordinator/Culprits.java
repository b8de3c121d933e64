package org.beaconcohort.musig2.coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.hash.Sha256;
import org.beaconcohort.musig2.protocol.PartialSignature;
import org.beaconcohort.musig2.protocol.PublicNonce;
import org.beaconcohort.musig2.protocol.SessionContext;

/**
 * Finds the wrong partial signatures of a session: one by one in a small one; in a large one by
 * batches that are halved while they fail, as long as that is less work.
 *
 * <p>A batch is a random linear combination of the signers' equations. Its coefficients are hashes
 * of the whole session, so everyone draws the same ones and nobody could choose its contribution by
 * them; two colluding signers whose errors cancel in the plain sum do not cancel here.
 */
final class Culprits {
  /** Below this many, a batch saves less than its fixed cost. */
  private static final int BATCHES_FROM = 200;

  private static final int SMALLEST_BATCH = 8;

  /** A batch costs this share of verifying its members one by one, or a little less. */
  private static final int BATCH_SHARE = 4;

  /** 2⁻⁶⁴ is the chance that a batch hides a wrong one; blame alone hangs on it. */
  private static final int COEFFICIENT_SIZE = 8;

  private final PartialSignatureCollection collection;
  private final SessionContext session;
  private final CurveEngine engine;
  private final List<Integer> found = new ArrayList<>();

  /** How many more members may be looked at in batches before one by one would have been less. */
  private int allowance;

  Culprits(PartialSignatureCollection collection) {
    this.collection = collection;
    this.session = collection.session();
    this.engine = session.keyAgg().engine();
  }

  /** The wrong ones among the signers, ascending. */
  List<Integer> find(List<Integer> signers) {
    if (signers.size() < BATCHES_FROM || !engine.batchesPay()) {
      oneByOne(signers);
    } else {
      allowance = BATCH_SHARE * signers.size();
      Bytes seed = seed(signers);
      halve(signers, seed);
    }
    Collections.sort(found);
    return List.copyOf(found);
  }

  private void oneByOne(List<Integer> signers) {
    for (int signer : signers) {
      if (!PartialSignature.verify(
          session, signer, collection.present(signer), collection.nonces().decoded(signer))) {
        found.add(signer);
      }
    }
  }

  private void halve(List<Integer> signers, Bytes seed) {
    allowance -= signers.size();
    if (signers.size() < SMALLEST_BATCH || allowance < 0) {
      oneByOne(signers);
    } else if (!holds(signers, seed)) {
      int middle = signers.size() / 2;
      halve(signers.subList(0, middle), seed);
      halve(signers.subList(middle, signers.size()), seed);
    }
  }

  /** Whether Σ zᵢ·(sᵢ·G ∓ (R₁ᵢ + b·R₂ᵢ) − e·aᵢ·g·gacc·Pᵢ) = 0. */
  private boolean holds(List<Integer> signers, Bytes seed) {
    Scalar s = Scalar.ZERO;
    List<Scalar> coefficients = new ArrayList<>();
    List<CurvePoint> firsts = new ArrayList<>();
    List<CurvePoint> seconds = new ArrayList<>();
    List<Scalar> factors = new ArrayList<>();
    List<CurvePoint> points = new ArrayList<>();
    for (int signer : signers) {
      Scalar z = coefficient(seed, signer);
      PublicNonce nonce = collection.nonces().decoded(signer);
      coefficients.add(z);
      firsts.add(nonce.first());
      seconds.add(nonce.second());
      s = s.plus(z.times(Scalar.of(collection.present(signer))));
      factors.add(z.times(session.keyFactor(signer)).negate());
      points.add(session.keyAgg().point(signer));
    }
    // b is outside both sums, so that nonces are multiplied by short numbers only.
    Scalar minusSign = session.nonceSign().negate();
    factors.add(minusSign);
    points.add(engine.sumOfProducts(Scalar.ZERO, coefficients, firsts));
    factors.add(minusSign.times(session.nonceCoefficient()));
    points.add(engine.sumOfProducts(Scalar.ZERO, coefficients, seconds));
    return engine.sumsToInfinity(s, factors, points);
  }

  private static Scalar coefficient(Bytes seed, int signer) {
    byte[] hash = Sha256.plain().add(seed).add(bigEndian(signer)).finish();
    return Scalar.of(
        Bytes.concat(
            Bytes.of(new byte[32 - COEFFICIENT_SIZE]), Bytes.of(hash).slice(0, COEFFICIENT_SIZE)));
  }

  private Bytes seed(List<Integer> signers) {
    Sha256 hash =
        Sha256.tagged("beacon-cohort/culprits")
            .add(session.keyAgg().aggregateKey())
            .add(session.aggregateNonce())
            .add(session.message());
    for (int signer : signers) {
      hash.add(bigEndian(signer))
          .add(session.keyAgg().keys().get(signer))
          .add(collection.nonces().nonce(signer).orElse(Bytes.EMPTY))
          .add(collection.present(signer));
    }
    return Bytes.of(hash.finish());
  }

  private static Bytes bigEndian(int number) {
    return Bytes.of(
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
  }
}
