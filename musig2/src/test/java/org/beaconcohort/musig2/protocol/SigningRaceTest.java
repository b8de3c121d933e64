package org.beaconcohort.musig2.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.NonceAlreadyUsedException;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.curve.SecretNonce;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two threads at one nonce, ten thousand times: never two answers. */
@Tag("names-its-engines")
final class SigningRaceTest {
  private static final int RACES = 10_000;

  private final CurveEngine engine =
      CurveEngines.libsecp256k1().orElseGet(CurveEngines::bouncyCastle);
  private final SeededRandom random = new SeededRandom(100);
  private final SecretKey key = SecretKey.of(engine, random.bytes(32).toArray());
  private final KeyAggContext context = KeyAggContext.of(engine, List.of(key.publicKey()));
  // Different ones, as an attacker would have it: two answers would be two equations.
  private final SessionContext one = anySession();
  private final SessionContext other = anySession();

  private SessionContext anySession() {
    Bytes nonce = Bytes.concat(random.key().publicKey(), random.key().publicKey());
    return SessionContext.of(nonce, context, random.bytes(32));
  }

  private SigningSession started() {
    return SigningSession.start(key, context, Optional.empty(), Bytes.EMPTY, random);
  }

  @Test
  void ofTwoSimultaneousSignersOneWins() throws Exception {
    int firstWins = 0;
    try (Race race = new Race()) {
      for (int i = 0; i < RACES; i++) {
        SigningSession contested = started();
        Race.Results results = race.between(() -> contested.sign(one), () -> contested.sign(other));
        boolean firstWon = results.first() instanceof Bytes;
        Object won = firstWon ? results.first() : results.second();
        Object lost = firstWon ? results.second() : results.first();
        assertInstanceOf(NonceAlreadyUsedException.class, lost, "race " + i);
        // Every signature was verified when it was made.
        Bytes partial = assertInstanceOf(Bytes.class, won, "race " + i);
        if (i % 100 == 0) {
          SessionContext session = firstWon ? one : other;
          assertTrue(PartialSignature.verify(session, 0, partial, contested.publicNonce()));
        }
        firstWins += firstWon ? 1 : 0;
      }
    }
    System.out.println(
        "Signing race: one signature and one exception in each of "
            + RACES
            + ", won "
            + firstWins
            + " to "
            + (RACES - firstWins));
  }

  @Test
  void anAbortedSessionHasSignedOrNeverWill() throws Exception {
    int races = RACES / 4;
    int signed = 0;
    try (Race race = new Race()) {
      for (int i = 0; i < races; i++) {
        SigningSession contested = started();
        Race.Results results = race.between(() -> contested.sign(one), done(contested::abort));
        assertEquals("done", results.second());
        if (results.first() instanceof Bytes partial) {
          assertTrue(PartialSignature.verify(one, 0, partial, contested.publicNonce()));
          signed++;
        } else {
          assertInstanceOf(NonceAlreadyUsedException.class, results.first(), "race " + i);
        }
        assertInstanceOf(
            NonceAlreadyUsedException.class, resultOf(() -> contested.sign(other)), "race " + i);
      }
    }
    System.out.println("Abort race: " + signed + " of " + races + " signed before the abort");
  }

  /** Below the session: the numbers themselves answer once. */
  @Test
  void ofTwoSimultaneousAnswersOfANonceOneIsGiven() throws Exception {
    List<Scalar> factors = List.of(Scalar.ONE);
    try (Race race = new Race()) {
      for (int i = 0; i < RACES; i++) {
        SecretNonce nonce =
            SecretNonce.derive(
                Optional.of(key), random.bytes(32).toArray(), "race", List.of(Bytes.EMPTY));
        Race.Results results =
            race.between(
                () -> nonce.answer(key, factors, Scalar.ONE),
                () -> nonce.answer(key, factors, Scalar.MINUS_ONE));
        assertEquals(
            1,
            Stream.of(results.first(), results.second()).filter(Bytes.class::isInstance).count());
        assertEquals(
            1,
            Stream.of(results.first(), results.second())
                .filter(NonceAlreadyUsedException.class::isInstance)
                .count());
      }
    }
  }

  private static Callable<String> done(Runnable action) {
    return () -> {
      action.run();
      return "done";
    };
  }

  private static Object resultOf(Callable<?> action) throws Exception {
    try {
      return action.call();
    } catch (NonceAlreadyUsedException refused) {
      return refused;
    }
  }
}
