package org.beaconcohort.musig2.curve;

import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.CurvePoint;

/** Secret nonces of chosen numbers, which only tests may have. */
public final class ChosenNonces {
  private ChosenNonces() {}

  /** The nonce of these numbers, 32 bytes each. */
  public static SecretNonce of(Bytes... numbers) {
    return SecretNonce.of(CurveEngines.get(), arrays(numbers));
  }

  /** A nonce as a machine fault would leave it: numbers that are not those of its points. */
  public static SecretNonce faulty(List<CurvePoint> points, Bytes... numbers) {
    return new SecretNonce(CurveEngines.get(), arrays(numbers), points);
  }

  /** A nonce that can only answer. */
  public static SecretNonce withoutPoints(CurveEngine engine, Bytes... numbers) {
    return new SecretNonce(engine, arrays(numbers), List.of());
  }

  private static List<byte[]> arrays(Bytes... numbers) {
    return List.of(numbers).stream().map(Bytes::toArray).toList();
  }
}
