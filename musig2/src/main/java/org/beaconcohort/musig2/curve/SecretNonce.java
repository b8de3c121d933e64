package org.beaconcohort.musig2.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Destroyable;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.engine.SecretNumbers;
import org.beaconcohort.musig2.hash.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The secret numbers k₁…kₘ behind one signature (one in BIP-340, two in BIP-327).
 *
 * <p>They answer once, whether the answer succeeds or not. There is no accessor, comparison or
 * serialization, and no way to make one from chosen numbers.
 */
public final class SecretNonce implements Destroyable {
  private final CurveEngine engine;
  private final AtomicReference<@Nullable List<byte[]>> numbers;
  private final List<CurvePoint> points;

  /** Takes the arrays over. */
  SecretNonce(CurveEngine engine, List<byte[]> numbers, List<CurvePoint> points) {
    this.engine = engine;
    this.numbers = new AtomicReference<>(List.copyOf(numbers));
    this.points = List.copyOf(points);
  }

  /** Takes the arrays over. A number out of range is refused, because it may mean reuse. */
  static SecretNonce of(CurveEngine engine, List<byte[]> numbers) {
    for (byte[] number : numbers) {
      if (number.length != 32 || !SecretNumbers.isValidKey(number)) {
        numbers.forEach(SecretNumbers::wipe);
        throw new IllegalArgumentException(
            "secret nonce must be numbers from 1 to n - 1, got one out of range");
      }
    }
    return new SecretNonce(
        engine, numbers, numbers.stream().map(engine::multiplyGeneratorSecret).toList());
  }

  /**
   * One number per element of {@code inputs}: tagged hash of (mask ⊕ key) ‖ input, mod n.
   *
   * @param key empty if the mask alone is the secret
   * @param mask 32 bytes, overwritten with zeros
   */
  public static SecretNonce derive(
      Optional<SecretKey> key, byte[] mask, String tag, List<Bytes> inputs) {
    try {
      key.ifPresent(secret -> secret.maskInto(mask));
      List<byte[]> numbers = new ArrayList<>();
      for (Bytes input : inputs) {
        byte[] hash = Sha256.tagged(tag).add(mask).add(input).finish();
        numbers.add(SecretNumbers.modOrder(hash));
        SecretNumbers.wipe(hash);
      }
      return of(key.map(SecretKey::engine).orElseGet(CurveEngines::get), numbers);
    } finally {
      SecretNumbers.wipe(mask);
    }
  }

  /** kᵢ·G for every number, in order. */
  public List<CurvePoint> points() {
    return points;
  }

  /**
   * Σ factorᵢ·kᵢ + challenge·key mod n in 32 bytes: a BIP-340 or partial BIP-327 signature.
   *
   * @throws NonceAlreadyUsedException at the second call, or after {@link #destroy}
   */
  public Bytes answer(SecretKey key, List<Scalar> factors, Scalar challenge) {
    List<byte[]> taken = numbers.getAndSet(null);
    if (taken == null) {
      throw new NonceAlreadyUsedException();
    }
    try {
      List<Scalar> allFactors = new ArrayList<>(factors);
      allFactors.add(challenge);
      return key.compute(secret -> {
        List<byte[]> secrets = new ArrayList<>(taken);
        secrets.add(secret);
        return Bytes.of(engine.combineSecret(Scalar.ZERO, allFactors, secrets));
      });
    } finally {
      taken.forEach(SecretNumbers::wipe);
    }
  }

  @Override
  public void destroy() {
    List<byte[]> taken = numbers.getAndSet(null);
    if (taken != null) {
      taken.forEach(SecretNumbers::wipe);
    }
  }

  @Override
  public boolean isDestroyed() {
    return numbers.get() == null;
  }

  @Override
  public String toString() {
    return "SecretNonce";
  }
}
