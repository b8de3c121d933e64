package org.beaconcohort.musig2.bip340;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.batch.Batch;
import org.beaconcohort.musig2.batch.Bisection;
import org.beaconcohort.musig2.batch.Coefficients;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.InvalidPointException;
import org.beaconcohort.musig2.engine.Scalar;

/**
 * Many BIP-340 signatures verified together, where that costs less than one by one.
 *
 * <p>It is BIP-340's batch verification: Σ aᵢ·(sᵢ·G − Rᵢ − eᵢ·Pᵢ) = 0 with a₁ = 1. The other aᵢ are
 * hashes of all keys, messages and signatures, so nobody could choose a signature by them. They
 * have 128 bits: a batch with a bad signature holds with probability 2⁻¹²⁸.
 */
public final class SchnorrBatch {
  private static final int COEFFICIENT_SIZE = 16;

  private final CurveEngine engine;
  private final List<Signed> signatures;
  private final Map<Bytes, Optional<CurvePoint>> keys = new HashMap<>();
  private final List<Equation> equations = new ArrayList<>();

  /**
   * A signature and what it is said to be of.
   *
   * @param xOnlyKey 32 bytes
   * @param message of any length
   * @param signature 64 bytes
   */
  public record Signed(Bytes xOnlyKey, Bytes message, Bytes signature) {
    private boolean isValid(CurveEngine engine) {
      return Schnorr.verify(engine, xOnlyKey, message, signature);
    }
  }

  /** as·G = a·nonce + ae·key for the signature at {@code index}. */
  private record Equation(
      int index, Scalar a, Scalar as, Scalar ae, CurvePoint nonce, CurvePoint key) {}

  private SchnorrBatch(CurveEngine engine, List<Signed> signatures) {
    this.engine = engine;
    this.signatures = signatures;
  }

  /**
   * The indexes of the signatures that are not valid, ascending. A wrong length, and a key or nonce
   * that is no point, make a signature invalid like any other; there is no exception for them.
   */
  public static List<Integer> invalid(List<Signed> signatures) {
    return invalid(CurveEngines.get(), signatures);
  }

  /** As {@link #invalid(List)}, computed by {@code engine}. */
  public static List<Integer> invalid(CurveEngine engine, List<Signed> signatures) {
    return signatures.size() < engine.schnorrBatchPaysFrom()
        ? IntStream.range(0, signatures.size())
            .filter(index -> !signatures.get(index).isValid(engine))
            .boxed()
            .toList()
        : invalidTogether(engine, signatures);
  }

  /** As a batch, whether that pays or not. */
  static List<Integer> invalidTogether(CurveEngine engine, List<Signed> signatures) {
    return new SchnorrBatch(engine, signatures).invalid();
  }

  private List<Integer> invalid() {
    Coefficients coefficients = coefficients();
    List<Integer> invalid = new ArrayList<>();
    for (int i = 0; i < signatures.size(); i++) {
      equation(i, coefficients).ifPresentOrElse(equations::add, addTo(invalid, i));
    }
    for (int failing : Bisection.failing(new Equations())) {
      invalid.add(equations.get(failing).index());
    }
    return invalid.stream().sorted().toList();
  }

  private Coefficients coefficients() {
    List<Bytes> parts = new ArrayList<>();
    for (Signed each : signatures) {
      parts.addAll(List.of(each.xOnlyKey(), each.message(), each.signature()));
    }
    return Coefficients.drawn("beacon-cohort/schnorr-batch", COEFFICIENT_SIZE, parts);
  }

  private static Runnable addTo(List<Integer> invalid, int index) {
    return () -> invalid.add(index);
  }

  /** Empty if lengths, key, nonce or number are wrong. */
  private Optional<Equation> equation(int index, Coefficients coefficients) {
    Signed signed = signatures.get(index);
    if (signed.signature().size() != 64) {
      return Optional.empty();
    }
    Bytes r = signed.signature().slice(0, 32);
    Bytes s = signed.signature().slice(32, 64);
    Optional<CurvePoint> key = keys.computeIfAbsent(signed.xOnlyKey(), this::lift);
    Optional<CurvePoint> nonce = key.isPresent() && Scalar.fits(s) ? lift(r) : Optional.empty();
    return nonce.map(point -> {
      Scalar a = equations.isEmpty() ? Scalar.ONE : coefficients.at(index);
      Scalar e = Schnorr.challenge(r, signed.xOnlyKey(), signed.message());
      return new Equation(index, a, a.times(Scalar.of(s)), a.times(e), point, key.orElseThrow());
    });
  }

  private Optional<CurvePoint> lift(Bytes x) {
    try {
      return Optional.of(engine.liftX(x));
    } catch (InvalidPointException noPoint) {
      return Optional.empty();
    }
  }

  private final class Equations implements Batch {
    @Override
    public int size() {
      return equations.size();
    }

    @Override
    public boolean holds(int index) {
      return signatures.get(equations.get(index).index()).isValid(engine);
    }

    @Override
    public boolean allHold(int from, int to) {
      Scalar ofGenerator = Scalar.ZERO;
      List<Scalar> factors = new ArrayList<>();
      List<CurvePoint> points = new ArrayList<>();
      Map<CurvePoint, Scalar> ofKeys = new LinkedHashMap<>();
      for (Equation each : equations.subList(from, to)) {
        ofGenerator = ofGenerator.plus(each.as());
        factors.add(each.a());
        points.add(each.nonce());
        ofKeys.merge(each.key(), each.ae(), Scalar::plus);
      }
      factors.addAll(ofKeys.values());
      points.addAll(ofKeys.keySet());
      return engine.sumsToInfinity(ofGenerator.negate(), factors, points);
    }
  }
}
