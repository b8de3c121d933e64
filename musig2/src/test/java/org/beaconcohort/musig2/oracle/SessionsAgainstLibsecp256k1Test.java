package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.acinq.secp256k1.Secp256k1;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.engine.TestEngines;
import org.beaconcohort.musig2.oracle.RandomCohort.Tweaks;
import org.beaconcohort.musig2.protocol.DeterministicSign;
import org.beaconcohort.musig2.seeded.SeededRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library's MuSig2, and ours on each engine, from the same inputs. */
@Tag("names-its-engines")
final class SessionsAgainstLibsecp256k1Test {
  private static final int SESSIONS = Integer.getInteger("differential.sessions", 1_000);

  /** The first session's seed, so that a run can go on where another ended. */
  private static final long FIRST = Long.getLong("differential.first", 0);

  private final Secp256k1 library = Libsecp256k1.orSkip();
  private final List<CurveEngine> engines = TestEngines.all();

  @Test
  void everyStepGivesTheSameBytes() {
    LongAdder signers = new LongAdder();
    LongAdder sorted = new LongAdder();
    LongAdder duplicates = new LongAdder();
    forSeeds(
        0,
        SESSIONS,
        random -> {
          RandomCohort cohort = cohort(random);
          assertAllAgree(random, cohort);
          signers.add(cohort.signers());
          sorted.add(cohort.isSorted() ? 1 : 0);
          duplicates.add(cohort.hasDuplicates() ? 1 : 0);
        });
    assertTrue(sorted.sum() > SESSIONS / 4 && duplicates.sum() > SESSIONS / 8);
    System.out.println(
        "Differential sessions: "
            + SESSIONS
            + " from seed "
            + FIRST
            + " with "
            + signers
            + " signers, "
            + sorted
            + " of sorted keys, "
            + duplicates
            + " with duplicates, in three implementations");
  }

  @Test
  void everySignerMayUseAnother() {
    forSeeds(1L << 40, SESSIONS / 8, random -> assertMixedCohortSigns(random, cohort(random)));
  }

  @Test
  void aDeterministicSignerCompletesTheirSession() {
    forSeeds(
        1L << 41,
        SESSIONS / 16,
        random -> {
          RandomCohort cohort = RandomCohort.of(random, Tweaks.any(random), 2 + random.below(7));
          assertDeterministicSignerCompletes(random, cohort);
        });
  }

  private static RandomCohort cohort(SeededRandom random) {
    return RandomCohort.of(random, Tweaks.any(random));
  }

  private static void forSeeds(long first, int count, Consumer<SeededRandom> session) {
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> {
          SeededRandom random = new SeededRandom(first + FIRST + i);
          try {
            session.accept(random);
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(random + ": " + e.getMessage(), e);
          }
        });
  }

  private List<Implementation> implementations(RandomCohort cohort) {
    List<Implementation> all = new ArrayList<>();
    all.add(new TheirCohort(library, cohort));
    engines.forEach(engine -> all.add(new OurCohort(engine, cohort)));
    return all;
  }

  /** Everybody does everything. */
  private void assertAllAgree(SeededRandom random, RandomCohort cohort) {
    List<Implementation> all = implementations(cohort);
    same(all, "aggregate key", Implementation::xOnlyAggregateKey);
    List<Bytes> nonces = new ArrayList<>();
    for (int i = 0; i < cohort.signers(); i++) {
      int seat = i;
      long seed = random.nextLong();
      Bytes extra = random.bytes(32);
      nonces.add(same(all, "public nonce", each -> each.startNonce(seat, seed, extra)));
    }
    Bytes aggregateNonce = same(all, "aggregate nonce", each -> each.aggregateNonces(nonces));
    all.forEach(each -> each.openSession(aggregateNonce));
    List<Bytes> partials = new ArrayList<>();
    for (int i = 0; i < cohort.signers(); i++) {
      int seat = i;
      Bytes partial = same(all, "partial signature", each -> each.sign(seat));
      // Ours were verified when they were made.
      assertTrue(all.getFirst().verifies(seat, partial, nonces.get(seat)), "their verdict");
      partials.add(partial);
    }
    assertSameVerdicts(random, all, partials, nonces);
    Bytes signature = same(all, "signature", each -> each.aggregate(partials));
    assertTrue(verdict(all, "final verdict", each -> each.verifies(signature)));
  }

  /** On a right number, one that is one off, and right numbers in wrong places. */
  private static void assertSameVerdicts(
      SeededRandom random, List<Implementation> all, List<Bytes> partials, List<Bytes> nonces) {
    int seat = random.below(partials.size());
    int other = random.below(partials.size());
    Bytes right = partials.get(seat);
    assertTrue(verdict(all, "verdict", each -> each.verifies(seat, right, nonces.get(seat))));
    Bytes wrong = Scalar.of(right).plus(Scalar.ONE).bytes();
    assertFalse(
        verdict(all, "verdict on + 1", each -> each.verifies(seat, wrong, nonces.get(seat))));
    boolean swapped =
        same(all, "swapped", each -> each.verifies(seat, partials.get(other), nonces.get(seat)));
    assertEquals(seat == other, swapped);
    // Right for another seat of the same key, so only that all agree.
    same(all, "seat", each -> each.verifies(other, right, nonces.get(seat)));
    List<Bytes> wrongPartials = new ArrayList<>(partials);
    wrongPartials.set(seat, wrong);
    Bytes signature = same(all, "wrong signature", each -> each.aggregate(wrongPartials));
    assertFalse(verdict(all, "wrong final verdict", each -> each.verifies(signature)));
  }

  /** Every signer, and the aggregator, is one implementation. */
  private void assertMixedCohortSigns(SeededRandom random, RandomCohort cohort) {
    List<Implementation> all = implementations(cohort);
    List<Implementation> seats = new ArrayList<>();
    List<Bytes> nonces = new ArrayList<>();
    for (int seat = 0; seat < cohort.signers(); seat++) {
      seats.add(all.get(random.below(all.size())));
      nonces.add(seats.get(seat).startNonce(seat, random.nextLong(), random.bytes(32)));
    }
    Implementation aggregator = all.get(random.below(all.size()));
    Bytes aggregateNonce = aggregator.aggregateNonces(nonces);
    all.forEach(each -> each.openSession(aggregateNonce));
    List<Bytes> partials = new ArrayList<>();
    for (int seat = 0; seat < cohort.signers(); seat++) {
      partials.add(seats.get(seat).sign(seat));
      assertTrue(aggregator.verifies(seat, partials.get(seat), nonces.get(seat)));
    }
    Bytes signature = aggregator.aggregate(partials);
    assertTrue(verdict(all, "final verdict", each -> each.verifies(signature)));
  }

  private void assertDeterministicSignerCompletes(SeededRandom random, RandomCohort cohort) {
    TheirCohort theirs = new TheirCohort(library, cohort);
    int last = cohort.signers() - 1;
    List<Bytes> nonces = new ArrayList<>();
    for (int seat = 0; seat < last; seat++) {
      nonces.add(theirs.startNonce(seat, random.nextLong(), random.bytes(32)));
    }
    Bytes others = theirs.aggregateNonces(nonces);
    OurCohort ours = new OurCohort(engines.get(random.below(engines.size())), cohort);
    DeterministicSign.Result result =
        DeterministicSign.sign(ours.key(last), others, ours.context(), cohort.message(), random);
    nonces.add(result.publicNonce());
    theirs.openSession(theirs.aggregateNonces(nonces));
    List<Bytes> partials = new ArrayList<>();
    for (int seat = 0; seat < last; seat++) {
      partials.add(theirs.sign(seat));
    }
    partials.add(result.partialSignature());
    assertTrue(theirs.verifies(theirs.aggregate(partials)));
  }

  private interface Step<T> {
    T of(Implementation implementation);
  }

  private static boolean verdict(List<Implementation> all, String what, Step<Boolean> step) {
    return same(all, what, step);
  }

  /** What all of them give. */
  private static <T> T same(List<Implementation> all, String what, Step<T> step) {
    T first = step.of(all.getFirst());
    for (Implementation each : all.subList(1, all.size())) {
      assertEquals(first, step.of(each), () -> what + " of " + each);
    }
    return first;
  }
}
