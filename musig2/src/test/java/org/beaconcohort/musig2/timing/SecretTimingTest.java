package org.beaconcohort.musig2.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.TestEngines;
import org.beaconcohort.musig2.timing.Timing.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("names-its-engines")
final class SecretTimingTest {
  /** A difference counts from here on; noise of a busy machine stays below. */
  private static final double DIFFERENCE = 0.03;

  /** And only if it is hardly chance. */
  private static final double T = 10;

  /** And only if it is there each time. */
  private static final int TIMES = 3;

  static Stream<Arguments> cases() {
    return Stream.of(SecretOperation.values())
        .flatMap(operation ->
            TestEngines.all().stream()
                .flatMap(engine ->
                    Stream.of(Secrets.SPARSE, Secrets.SMALL)
                        .map(secrets -> Arguments.of(operation, engine, secrets))));
  }

  @ParameterizedTest(name = "{0}, {2} against random")
  @MethodSource("cases")
  void timeDoesNotShowTheSecret(SecretOperation operation, CurveEngine engine, Secrets secrets) {
    Operation special = operation.on(engine, secrets);
    Operation random = operation.on(engine, Secrets.RANDOM);
    String name = operation + " on " + engine.name() + ", " + secrets;
    double allowed = allowed(operation, engine, secrets);
    for (int time = 1; time <= TIMES; time++) {
      Timing timing = Timing.compare(special, random);
      System.out.println("Timing of " + name + ": " + timing);
      if (!shows(timing, allowed)) {
        return;
      }
    }
    assertTrue(false, name + ": time shows the secret, each of " + TIMES + " times");
  }

  /**
   * Bouncy Castle takes and gives numbers as {@code BigInteger}, which has as many words as it
   * needs. Numbers with leading zero words, which keys and nonces are once in 2^32, are seen.
   */
  private static double allowed(SecretOperation operation, CurveEngine engine, Secrets secrets) {
    boolean carried =
        operation == SecretOperation.COMBINE || operation == SecretOperation.ANSWER_BY_NONCE;
    return carried && secrets == Secrets.SMALL && engine.name().equals("bouncycastle")
        ? 0.2
        : DIFFERENCE;
  }

  @ParameterizedTest
  @EnumSource
  void carelessComputationIsFound(Careless careless) {
    Operation small = careless.on(Secrets.SMALL);
    Operation random = careless.on(Secrets.RANDOM);
    int found = 0;
    Timing timing = Timing.compare(small, random);
    // A machine that does other work at the same time may hide one; it never hides most of them.
    for (int time = 1; found < TIMES && time <= 4 * TIMES; time++) {
      System.out.println("Timing of " + careless + ", SMALL: " + timing);
      found += shows(timing, 10 * DIFFERENCE) ? 1 : 0;
      timing = Timing.compare(small, random);
    }
    assertEquals(TIMES, found, careless + " must be found: " + timing);
  }

  private static boolean shows(Timing timing, double allowed) {
    return Math.abs(timing.difference()) >= allowed && Math.abs(timing.t()) >= T;
  }
}
