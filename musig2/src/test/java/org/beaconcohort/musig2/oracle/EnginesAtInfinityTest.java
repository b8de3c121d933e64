package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.engine.TestEngines;
import org.beaconcohort.musig2.oracle.RandomCohort.Tweaks;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Aggregate nonces with halves at infinity, which no native call makes: one engine by the other.
 */
@Tag("names-its-engines")
final class EnginesAtInfinityTest {
  private static final int SESSIONS = 25;
  private static final Bytes INFINITY = Bytes.of(new byte[33]);

  private final CurveEngine bouncyCastle = CurveEngines.bouncyCastle();
  private final CurveEngine nativeEngine = TestEngines.nativeOrSkip();

  @ParameterizedTest(name = "first {0}, second {1}")
  @CsvSource({"true,true", "true,false", "false,true"})
  void bothEnginesGoOnAlike(boolean first, boolean second) {
    for (int i = 0; i < SESSIONS; i++) {
      SeededRandom random = new SeededRandom(70_000 + i);
      RandomCohort cohort = RandomCohort.of(random, Tweaks.any(random), 2 + random.below(6));
      OurCohort one = new OurCohort(bouncyCastle, cohort);
      OurCohort two = new OurCohort(nativeEngine, cohort);
      int cheat = cohort.signers() - 1;
      List<Bytes> nonces = new ArrayList<>();
      for (int seat = 0; seat < cheat; seat++) {
        long seed = random.nextLong();
        nonces.add(one.startNonce(seat, seed, Bytes.EMPTY));
        assertEquals(nonces.get(seat), two.startNonce(seat, seed, Bytes.EMPTY), random::toString);
      }
      nonces.add(cancelling(one.aggregateNonces(nonces), first, second, random));
      Bytes aggregate = one.aggregateNonces(nonces);
      assertEquals(aggregate, two.aggregateNonces(nonces), random::toString);
      assertEquals(first, aggregate.slice(0, 33).equals(INFINITY));
      assertEquals(second, aggregate.slice(33, 66).equals(INFINITY));

      one.openSession(aggregate);
      two.openSession(aggregate);
      List<Bytes> partials = new ArrayList<>();
      for (int seat = 0; seat < cheat; seat++) {
        Bytes partial = one.sign(seat);
        assertEquals(partial, two.sign(seat), random::toString);
        assertTrue(one.verifies(seat, partial, nonces.get(seat)), random::toString);
        assertTrue(two.verifies(seat, partial, nonces.get(seat)), random::toString);
        partials.add(partial);
      }
      Bytes made = Scalar.reduce(random.bytes(32)).bytes();
      assertFalse(one.verifies(cheat, made, nonces.get(cheat)), random::toString);
      assertFalse(two.verifies(cheat, made, nonces.get(cheat)), random::toString);
      partials.add(made);
      assertEquals(one.aggregate(partials), two.aggregate(partials), random::toString);
      assertFalse(one.verifies(two.aggregate(partials)));
    }
  }

  /** A public nonce that takes the chosen halves of the others' sum to infinity. */
  private Bytes cancelling(Bytes others, boolean first, boolean second, SeededRandom random) {
    Bytes any = random.key().publicKey();
    return Bytes.concat(
        first ? negated(others.slice(0, 33)) : any, second ? negated(others.slice(33, 66)) : any);
  }

  private Bytes negated(Bytes point) {
    return bouncyCastle.negate(bouncyCastle.decode(point)).compressed();
  }
}
