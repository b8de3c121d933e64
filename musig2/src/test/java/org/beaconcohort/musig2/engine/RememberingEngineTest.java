package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;

final class RememberingEngineTest {
  private final CurveEngine engine = new RememberingEngine(CurveEngines.get());

  @Test
  void aSignatureThatIsGoodMakesNoOtherOneGood() {
    SecretKey key = SecretKey.of(filled(7).toArray());
    Bytes message = filled(1);
    Bytes signature = Schnorr.sign(key, message, message);
    for (int time = 0; time < 2; time++) {
      assertTrue(engine.verifySchnorr(key.xOnlyPublicKey(), message, signature));
      assertFalse(engine.verifySchnorr(key.xOnlyPublicKey(), filled(2), signature));
      assertFalse(
          engine.verifySchnorr(
              SecretKey.of(filled(8).toArray()).xOnlyPublicKey(), message, signature));
      byte[] changed = signature.toArray();
      changed[63] ^= 1;
      assertFalse(engine.verifySchnorr(key.xOnlyPublicKey(), message, Bytes.of(changed)));
    }
  }

  @Test
  void pointsAndSumsAreThoseOfTheRealEngineEachTime() {
    CurveEngine real = CurveEngines.get();
    List<Scalar> factors = List.of(new Scalar(BigInteger.TWO), Scalar.MINUS_ONE);
    List<CurvePoint> points = List.of(real.generator(), real.negate(real.generator()));
    Bytes encoded = real.generator().compressed();
    for (int time = 0; time < 2; time++) {
      assertEquals(real.generator(), engine.decode(encoded));
      assertEquals(real.liftX(encoded.slice(1, 33)), engine.liftX(encoded.slice(1, 33)));
      assertEquals(
          real.sumOfProducts(Scalar.ONE, factors, points),
          engine.sumOfProducts(Scalar.ONE, factors, points));
      assertFalse(engine.sumsToInfinity(Scalar.ONE, factors, points));
      assertTrue(
          engine.sumsToInfinity(Scalar.MINUS_ONE, List.of(Scalar.ONE), points.subList(0, 1)));
      assertThrows(InvalidPointException.class, () -> engine.liftX(filled(0xff)));
    }
  }

  private static Bytes filled(int with) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) with);
    return Bytes.of(bytes);
  }
}
