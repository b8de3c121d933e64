package org.beaconcohort.cohort.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.policy.Situation.Bundle;
import org.beaconcohort.cohort.policy.Situation.ExtensionsUsed;
import org.beaconcohort.cohort.policy.Situation.Leading;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.policy.Situation.Signers;
import org.beaconcohort.cohort.policy.Situation.Tries;
import org.junit.jupiter.api.Test;

/**
 * Signing-safety 2.9 as properties: over every small situation and many random ones, no dearer
 * layer is chosen while a cheaper one can finish, and every sequence of deadlines ends.
 */
final class PolicyTest {
  private static final Deadlines LIVE = Deadlines.live();
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Most steps that any party takes from a deadline to its end, however nobody answers. */
  private static final int MOST_STEPS = 60;

  @Test
  void noDearerLayerIsChosenWhileACheaperOneCanFinishInTime() {
    Set<Layer> seen = EnumSet.noneOf(Layer.class);
    everySmallSituation(situation -> {
      Decision decision = Policy.decide(situation);
      seen.add(decision.layer());
      for (Layer cheaper : Layer.values()) {
        if (cheaper.compareTo(decision.layer()) < 0) {
          assertFalse(
              Ladder.canFinish(situation, cheaper), cheaper + " before " + decision + situation);
        }
      }
      assertTrue(Ladder.canFinish(situation, decision.layer()), decision + " of " + situation);
    });
    for (Layer layer : Layer.values()) {
      assertEquals(layer != Layer.CONFLICTING_TRANSACTION, seen.contains(layer), layer.toString());
    }
  }

  @Test
  void everySequenceOfDeadlinesEndsInABoundedNumberOfSteps() {
    int most = 0;
    SplittableRandom random = new SplittableRandom(9);
    List<Situation> begun = new ArrayList<>();
    everySmallSituation(begun::add);
    for (int i = 0; i < 20_000; i++) {
      begun.add(random(random));
    }
    for (Situation first : begun) {
      Situation situation = first;
      int steps = 0;
      Decision decision = Policy.decide(situation);
      while (!(decision instanceof Decision.Abandon) && !(decision instanceof Decision.Singleton)) {
        steps++;
        assertTrue(steps <= MOST_STEPS, "no end from " + first);
        Situation after = nobodyAnswers(situation, decision);
        assertFalse(after.equals(situation), "going in circles at " + situation);
        situation = after;
        decision = Policy.decide(situation);
      }
      most = Math.max(most, steps);
    }
    assertTrue(most > 20, "the longest way must climb the ladder, it took " + most + " steps");
    System.out.println("longest way to an end: " + most + " steps, of " + begun.size() + " starts");
  }

  @Test
  void nothingIsPlannedBeyondTheEarliestOwnUpdateDeadlineLessAConfirmation() {
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < 50_000; i++) {
      Situation situation = random(random);
      Optional<Instant> planned =
          switch (Policy.decide(situation)) {
            case Decision.Extend extend -> Optional.of(extend.until());
            case Decision.NextAttempt next -> Optional.of(next.until());
            case Decision.LeafA leaf -> Optional.of(leaf.until());
            default -> Optional.empty();
          };
      planned.ifPresent(
          until -> assertFalse(until.isAfter(situation.bound()), "beyond the bound: " + situation));
    }
  }

  @Test
  void triesAreThreeAPathAndTakeOnceOneAndAHalfTimesAndTwiceTheTime() {
    Situation lost = led(Phase.PARTIAL).with(new Tries(1, 0, true, true)).with(missing(1)).at(NOW);
    assertEquals(
        new Decision.NextAttempt(Code.NONCE_LOST, NOW.plusSeconds(135)), Policy.decide(lost));
    assertEquals(
        new Decision.NextAttempt(Code.NONCE_LOST, NOW.plusSeconds(180)),
        Policy.decide(lost.with(new Tries(2, 0, true, true))));
    assertEquals(
        new Decision.Abandon(Code.NONCE_LOST),
        Policy.decide(lost.with(new Tries(3, 0, true, true))));
    assertEquals(
        List.of(60L, 90L, 120L, 120L),
        List.of(0, 1, 2, 3).stream().map(each -> Budget.leaf(LIVE, each).toSeconds()).toList());
  }

  @Test
  void silenceIsWaitedOutThenExtendedThenGoneRoundByTheLeafThenByTheSingleton() {
    Situation quiet =
        led(Phase.RESPONSE)
            .with(new Signers(4, List.of(2), 3, true))
            .with(extended(1, 0))
            .with(new Bundle(true, 0))
            .withSingleton();
    assertEquals(new Decision.Wait(NOW.plusSeconds(50)), Policy.decide(quiet));
    assertEquals(new Decision.Resend(), Policy.decide(quiet.at(NOW.plusSeconds(50))));
    Situation asked = quiet.with(Relays.REACHABLE);
    assertEquals(
        new Decision.Wait(NOW.plusSeconds(60)), Policy.decide(asked.at(NOW.plusSeconds(50))));
    Situation over = asked.at(NOW.plusSeconds(60));
    assertEquals(new Decision.Extend(NOW.plusSeconds(120)), Policy.decide(over));
    Situation extended = over.with(extended(1, 1));
    assertEquals(
        new Decision.LeafA(List.of(2), true, NOW.plusSeconds(120)), Policy.decide(extended));
    assertEquals(
        new Decision.Singleton(Code.SILENT_MEMBER),
        Policy.decide(extended.with(new Signers(4, List.of(1, 2), 3, true))));
    assertEquals(
        new Decision.Singleton(Code.SILENT_MEMBER),
        Policy.decide(extended.with(new Signers(4, List.of(2), 3, false))),
        "nobody is left out without everyone's consent (N9)");
  }

  @Test
  void whileOwnWordsCannotBeReadBackNobodyIsBlamedAndNothingIsTakenOver() {
    everySmallSituation(situation -> {
      Situation cut = situation.with(Relays.UNREACHABLE);
      if (cut.phase() == Phase.FUNDING || cut.phase() == Phase.CONFIRMATION) {
        return;
      }
      Decision decision = Policy.decide(cut);
      switch (decision) {
        case Decision.Wait wait -> assertFalse(wait.until().isAfter(cut.bound()));
        case Decision.Singleton alone -> assertFalse(alone.code() == Code.SILENT_MEMBER);
        case Decision.Abandon end -> assertFalse(end.code() == Code.SILENT_MEMBER);
        default -> throw new AssertionError(decision + " while cut off: " + cut);
      }
    });
  }

  @Test
  void aProvedFaultEndsTheKeyPathAtOnceAndOnlyTheLeafGoesOn() {
    Situation proved = led(Phase.PARTIAL).with(missing(1)).withFault(Code.BAD_PARTIAL_SIGNATURE);
    assertEquals(new Decision.Abandon(Code.BAD_PARTIAL_SIGNATURE), Policy.decide(proved));
    assertInstanceOf(
        Decision.LeafA.class,
        Policy.decide(proved.with(new Signers(3, List.of(1), 2, true)).with(new Bundle(true, 2))));
  }

  @Test
  void whatALeaderChoosesTooEarlyOrTooOftenIsNotDue() {
    Situation member =
        led(Phase.RESPONSE)
            .with(new Leading(false, 2))
            .with(new Signers(3, List.of(1), 2, true))
            .with(extended(1, 0))
            .with(new Bundle(true, 0));
    Duration tolerance = Duration.ofSeconds(30);
    assertEquals(Optional.of(Code.NOT_DUE), code(member, Layer.EXTEND, tolerance), "early");
    Situation near = member.at(NOW.plusSeconds(30));
    assertEquals(Optional.empty(), code(near, Layer.EXTEND, tolerance), "within the tolerance");
    assertEquals(
        Optional.of(Code.NOT_DUE),
        code(near, Layer.LEAF_A, tolerance),
        "an extension is cheaper and left");
    Situation used = near.with(extended(1, 1));
    assertEquals(Optional.of(Code.NOT_DUE), code(used, Layer.EXTEND, tolerance), "used up");
    assertEquals(Optional.empty(), code(used, Layer.LEAF_A, tolerance));
    assertEquals(
        Optional.of(Code.NOT_DUE),
        code(near.withBound(NOW.plusSeconds(100)), Layer.EXTEND, tolerance),
        "beyond the own update deadline");
    assertEquals(
        Optional.of(Code.NOT_DUE), code(used, Layer.NEXT_ATTEMPT, tolerance), "no nonce is lost");
    assertEquals(
        Optional.of(Code.NOT_DUE), code(used, Layer.SINGLETON, tolerance), "not for others");
  }

  private static Optional<Code> code(Situation situation, Layer layer, Duration tolerance) {
    return Policy.check(situation, layer, tolerance).map(violation -> violation.code());
  }

  private static Situation led(Phase phase) {
    return Situation.of(phase, LIVE, 3, NOW, NOW.plus(A_MINUTE)).with(new Leading(true, 0));
  }

  private static Signers missing(int slot) {
    return new Signers(3, List.of(slot), 0, false);
  }

  /** What a party sees next if nobody says anything more, whatever it does. */
  private static Situation nobodyAnswers(Situation situation, Decision decision) {
    return switch (decision) {
      case Decision.Wait wait -> situation.at(wait.until());
      case Decision.Resend resend -> situation.with(Relays.REACHABLE);
      case Decision.Proceed proceed ->
          situation.during(Phase.RESPONSE, situation.now().plus(LIVE.response()));
      case Decision.Extend extend ->
          situation
              .during(situation.phase(), extend.until())
              .with(
                  new ExtensionsUsed(
                      situation.extensions().allowed(), situation.extensions().made() + 1));
      case Decision.NextLeader next ->
          situation
              .during(situation.phase(), next.until())
              .with(new Leading(false, situation.leading().successors() - 1));
      case Decision.NextAttempt next ->
          situation
              .during(Phase.PARTIAL, next.until())
              .with(
                  new Tries(situation.tries().keyPath() + 1, situation.tries().leaf(), true, true));
      case Decision.LeafA leaf ->
          situation
              .during(Phase.LEAF, leaf.until())
              .with(
                  new Tries(
                      situation.tries().keyPath(), situation.tries().leaf() + 1, false, false));
      case Decision.Singleton alone -> throw new AssertionError("an end");
      case Decision.Abandon end -> throw new AssertionError("an end");
    };
  }

  private static void everySmallSituation(Consumer<Situation> each) {
    for (Phase phase : Phase.values()) {
      for (int seconds : new int[] {0, 55, 60, 70}) {
        for (int bits = 0; bits < 1 << 9; bits++) {
          for (Relays relays : Relays.values()) {
            each.accept(situation(phase, seconds, bits, relays));
          }
        }
      }
    }
  }

  private static Situation situation(Phase phase, int seconds, int bits, Relays relays) {
    Situation situation =
        Situation.of(phase, LIVE, 3, NOW, NOW.plus(A_MINUTE))
            .at(NOW.plusSeconds(seconds))
            .with(new Leading((bits & 1) != 0, (bits & 2) != 0 ? 1 : 0))
            .with(
                new Signers(
                    3,
                    (bits & 4) != 0 ? List.of(1) : List.of(0, 1, 2),
                    (bits & 8) != 0 ? 2 : 0,
                    true))
            .with(new Tries((bits & 16) != 0 ? 3 : 1, 0, (bits & 32) != 0, true))
            .with(extended(1, (bits & 64) != 0 ? 1 : 0))
            .with(new Bundle((bits & 128) != 0, 0))
            .with(relays)
            .withBound((bits & 256) != 0 ? NOW.plusSeconds(65) : Instant.MAX);
    situation = (bits & 3) == 3 ? situation.withSingleton() : situation;
    return (bits & 36) == 36 ? situation.withFault(Code.EQUIVOCATION) : situation;
  }

  private static Situation random(SplittableRandom random) {
    int members = 2 + random.nextInt(9);
    List<Integer> missing = new ArrayList<>();
    for (int slot = 0; slot < members; slot++) {
      if (random.nextInt(4) == 0) {
        missing.add(slot);
      }
    }
    Situation situation =
        Situation.of(
                any(random, Phase.values()),
                LIVE,
                members,
                NOW.plusSeconds(random.nextInt(100)),
                NOW.plus(A_MINUTE))
            .with(new Leading(random.nextBoolean(), random.nextInt(9)))
            .with(new Signers(members, missing, random.nextInt(members + 1), random.nextBoolean()))
            .with(
                new Tries(
                    random.nextInt(4),
                    random.nextInt(4),
                    random.nextBoolean(),
                    random.nextBoolean()))
            .with(extended(random.nextInt(4), random.nextInt(3)))
            .with(new Bundle(random.nextBoolean(), random.nextInt(members)))
            .with(any(random, Relays.values()));
    situation =
        random.nextBoolean()
            ? situation.withBound(NOW.plusSeconds(random.nextInt(500)))
            : situation;
    situation = random.nextBoolean() ? situation.withSingleton() : situation;
    return random.nextInt(5) == 0 ? situation.withFault(Code.EQUIVOCATION) : situation;
  }

  private static ExtensionsUsed extended(int most, int made) {
    return new ExtensionsUsed(most == 0 ? Extensions.NONE : new Extensions(most, A_MINUTE), made);
  }

  private static <T> T any(SplittableRandom random, T[] of) {
    return of[random.nextInt(of.length)];
  }
}
