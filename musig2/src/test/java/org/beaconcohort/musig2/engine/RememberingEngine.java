package org.beaconcohort.musig2.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * An engine that gives the same answer to the same question about public data without computing it
 * again, for simulations: there all parties, whoever checks them, and the chain verify the same
 * signatures in one process. The key of an answer is the whole question, so that nothing is taken
 * for verified that was not, byte by byte. Secrets go to the real engine and are not remembered.
 * Each thread remembers for itself.
 */
public final class RememberingEngine implements CurveEngine {
  /** More than a cohort of a thousand asks. */
  private static final int QUESTIONS = 32_768;

  private record Question(String what, Object first, Object second, Object third) {}

  private static final class Answers extends LinkedHashMap<Question, Object> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Question, Object> eldest) {
      return size() > QUESTIONS;
    }
  }

  private final CurveEngine real;
  private final ThreadLocal<Answers> answers = ThreadLocal.withInitial(Answers::new);

  /** What {@code real} answers, remembered. */
  public RememberingEngine(CurveEngine real) {
    this.real = real;
  }

  /** From now on this process computes with the engine that it chose, and remembers. */
  public static synchronized void use() {
    CurveEngine chosen = CurveEngines.get();
    if (!(chosen instanceof RememberingEngine)) {
      CurveEngines.replace(new RememberingEngine(chosen));
    }
  }

  /** An answer that is an exception is not kept. */
  @SuppressWarnings("unchecked")
  private <T> T answer(Question question, Supplier<T> computed) {
    Answers kept = answers.get();
    Object known = kept.get(question);
    if (known != null) {
      return (T) known;
    }
    T value = computed.get();
    kept.put(question, value);
    return value;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public CurvePoint generator() {
    return real.generator();
  }

  @Override
  public CurvePoint infinity() {
    return real.infinity();
  }

  @Override
  public CurvePoint decode(Bytes compressed) {
    return answer(new Question("decode", compressed, "", ""), () -> real.decode(compressed));
  }

  @Override
  public CurvePoint liftX(Bytes xOnly) {
    return answer(new Question("liftX", xOnly, "", ""), () -> real.liftX(xOnly));
  }

  @Override
  public CurvePoint negate(CurvePoint point) {
    return real.negate(point);
  }

  @Override
  public PointSum emptySum() {
    return real.emptySum();
  }

  @Override
  public CurvePoint sumOfProducts(
      Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    return answer(
        new Question("sum", ofGenerator, List.copyOf(factors), List.copyOf(points)),
        () -> real.sumOfProducts(ofGenerator, factors, points));
  }

  @Override
  public boolean sumsToInfinity(Scalar ofGenerator, List<Scalar> factors, List<CurvePoint> points) {
    return answer(
        new Question("infinity", ofGenerator, List.copyOf(factors), List.copyOf(points)),
        () -> real.sumsToInfinity(ofGenerator, factors, points));
  }

  @Override
  public int batchPaysFrom() {
    return real.batchPaysFrom();
  }

  @Override
  public int schnorrBatchPaysFrom() {
    return real.schnorrBatchPaysFrom();
  }

  @Override
  public boolean verifySchnorr(Bytes xOnlyKey, Bytes message, Bytes signature) {
    return answer(
        new Question("schnorr", xOnlyKey, message, signature),
        () -> real.verifySchnorr(xOnlyKey, message, signature));
  }

  @Override
  public CurvePoint multiplyGeneratorSecret(byte[] secret) {
    return real.multiplyGeneratorSecret(secret);
  }

  @Override
  public byte[] multiplySecret(CurvePoint point, byte[] secret) {
    return real.multiplySecret(point, secret);
  }

  @Override
  public byte[] combineSecret(Scalar constant, List<Scalar> factors, List<byte[]> secrets) {
    return real.combineSecret(constant, factors, secrets);
  }
}
