package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Test;

/** Points, numbers and signatures under mutation; both engines must agree where both are here. */
final class EngineFuzzTest {
  private static final SeededRandom RANDOM = new SeededRandom(61);
  private static final SecretKey KEY = RANDOM.key();
  private static final List<Bytes> KEYS =
      Stream.generate(() -> RANDOM.key().publicKey()).limit(6).toList();

  /** What the process's engine gives, and the other one too. */
  private static <T> T agreed(Function<CurveEngine, T> question) {
    CurveEngine chosen = CurveEngines.get();
    CurveEngine other =
        chosen.name().equals(CurveEngines.bouncyCastle().name())
            ? CurveEngines.libsecp256k1().orElse(chosen)
            : CurveEngines.bouncyCastle();
    T answer;
    try {
      answer = question.apply(chosen);
    } catch (InvalidPointException refused) {
      try {
        var unused = question.apply(other);
      } catch (InvalidPointException refusedToo) {
        throw refused;
      }
      throw new AssertionError(other.name() + " must refuse it too", refused);
    }
    assertEquals(answer, question.apply(other));
    return answer;
  }

  @Test
  void bytesAreACompressedPointOrRefused() {
    Fuzz.ofBytes("CurveEngine.decode", KEYS)
        .refusing(InvalidPointException.class)
        .run(bytes -> assertEquals(bytes, agreed(engine -> engine.decode(bytes).compressed())));
  }

  @Test
  void bytesAreAnXCoordinateOrRefused() {
    Fuzz.ofBytes("CurveEngine.liftX", KEYS.stream().map(key -> key.slice(1, 33)).toList())
        .refusing(InvalidPointException.class)
        .run(bytes -> assertEquals(bytes, agreed(engine -> engine.liftX(bytes).xOnly())));
  }

  @Test
  void aSignatureOfAnyBytesIsRightOrWrong() {
    Bytes message = RANDOM.bytes(32);
    Bytes signature = Schnorr.sign(KEY, message, RANDOM.bytes(32));
    Bytes seed = Bytes.concat(KEY.xOnlyPublicKey(), signature, message);
    Fuzz.ofBytes("CurveEngine.verifySchnorr", List.of(seed))
        .run(bytes -> {
          int key = Math.min(32, bytes.size());
          int end = Math.min(96, bytes.size());
          boolean right =
              agreed(engine ->
                  engine.verifySchnorr(
                      bytes.slice(0, key), bytes.slice(end, bytes.size()), bytes.slice(key, end)));
          assertEquals(bytes.equals(seed), right);
        });
  }

  @Test
  void bytesAreAScalarOrRefused() {
    List<Bytes> numbers =
        Stream.of(BigInteger.ZERO, BigInteger.ONE, Scalar.ORDER.subtract(BigInteger.ONE))
            .map(number -> new Scalar(number).bytes())
            .toList();
    Fuzz.ofBytes("Scalar.of", numbers)
        .refusing(IllegalArgumentException.class)
        .run(bytes -> {
          assertEquals(32, Scalar.reduce(bytes).bytes().size());
          boolean fits = Scalar.fits(bytes);
          Scalar scalar = Scalar.of(bytes);
          assertEquals(bytes, scalar.bytes());
          assertEquals(true, fits);
        });
  }
}
