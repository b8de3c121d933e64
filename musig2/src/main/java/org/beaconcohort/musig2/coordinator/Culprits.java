package org.beaconcohort.musig2.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.beaconcohort.musig2.batch.Batch;
import org.beaconcohort.musig2.batch.Bisection;
import org.beaconcohort.musig2.batch.Coefficients;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
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
final class Culprits implements Batch {
  /** 2⁻⁶⁴ is the chance that a batch hides a wrong one; blame alone hangs on it. */
  private static final int COEFFICIENT_SIZE = 8;

  private final PartialSignatureCollection collection;
  private final SessionContext session;
  private final CurveEngine engine;
  private final List<Integer> signers;
  private final Coefficients coefficients;

  private Culprits(PartialSignatureCollection collection, List<Integer> signers) {
    this.collection = collection;
    this.session = collection.session();
    this.engine = session.keyAgg().engine();
    this.signers = signers;
    this.coefficients = coefficients();
  }

  /** The wrong ones among the signers, ascending as they are. */
  static List<Integer> among(PartialSignatureCollection collection, List<Integer> signers) {
    return find(collection, signers, Bisection::failing);
  }

  /** As {@link #among}, where the aggregate has shown that somebody is wrong. */
  static List<Integer> knownAmong(PartialSignatureCollection collection, List<Integer> signers) {
    return find(collection, signers, Bisection::failingIn);
  }

  private static List<Integer> find(
      PartialSignatureCollection collection,
      List<Integer> signers,
      Function<Batch, List<Integer>> search) {
    Culprits batch = new Culprits(collection, signers);
    List<Integer> failing =
        signers.size() < batch.engine.batchPaysFrom()
            ? Bisection.oneByOne(batch)
            : search.apply(batch);
    return failing.stream().map(signers::get).toList();
  }

  @Override
  public int size() {
    return signers.size();
  }

  @Override
  public boolean holds(int index) {
    int signer = signers.get(index);
    return PartialSignature.verify(
        session, signer, collection.present(signer), collection.nonces().decoded(signer));
  }

  /** Whether Σ zᵢ·(sᵢ·G ∓ (R₁ᵢ + b·R₂ᵢ) − e·aᵢ·g·gacc·Pᵢ) = 0. */
  @Override
  public boolean allHold(int from, int to) {
    Scalar s = Scalar.ZERO;
    List<Scalar> shorts = new ArrayList<>();
    List<CurvePoint> firsts = new ArrayList<>();
    List<CurvePoint> seconds = new ArrayList<>();
    List<Scalar> factors = new ArrayList<>();
    List<CurvePoint> points = new ArrayList<>();
    for (int signer : signers.subList(from, to)) {
      Scalar z = coefficients.at(signer);
      PublicNonce nonce = collection.nonces().decoded(signer);
      shorts.add(z);
      firsts.add(nonce.first());
      seconds.add(nonce.second());
      s = s.plus(z.times(Scalar.of(collection.present(signer))));
      factors.add(z.times(session.keyFactor(signer)).negate());
      points.add(session.keyAgg().point(signer));
    }
    // b is outside both sums, so that nonces are multiplied by short numbers only.
    Scalar minusSign = session.nonceSign().negate();
    factors.add(minusSign);
    points.add(engine.sumOfProducts(Scalar.ZERO, shorts, firsts));
    factors.add(minusSign.times(session.nonceCoefficient()));
    points.add(engine.sumOfProducts(Scalar.ZERO, shorts, seconds));
    return engine.sumsToInfinity(s, factors, points);
  }

  private Coefficients coefficients() {
    List<Bytes> parts = new ArrayList<>();
    parts.add(session.keyAgg().aggregateKey());
    parts.add(session.aggregateNonce());
    parts.add(session.message());
    for (int signer : signers) {
      parts.add(session.keyAgg().keys().get(signer));
      parts.add(collection.nonces().nonce(signer).orElse(Bytes.EMPTY));
      parts.add(collection.present(signer));
    }
    return Coefficients.drawn("beacon-cohort/culprits", COEFFICIENT_SIZE, parts);
  }
}
