package org.beaconcohort.cohort.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cohorts drawn from seeds, with faults: nothing that must hold is ever broken. */
final class ExplorationTest {
  private static final int ROUNDS = 2_000;
  private static final int EXPLAINED = 5;

  @Test
  void noPlanBreaksAnything() throws InterruptedException {
    String seed = System.getProperty("explore.seed", "");
    if (!seed.isEmpty()) {
      replay(Long.parseLong(seed));
      return;
    }
    int rounds = Integer.getInteger("explore.rounds", ROUNDS);
    Exploration exploration =
        Exploration.of(Long.getLong("explore.from", 1), rounds, rounds > ROUNDS);
    String explained =
        exploration.failing().stream()
            .limit(EXPLAINED)
            .map(Exploration::explain)
            .collect(Collectors.joining("\n"));
    assertTrue(
        exploration.failing().isEmpty(),
        () -> exploration.failing().size() + " seeds fail\n" + explained);
    if (rounds >= ROUNDS) {
      assertTrue(exploration.faults().size() >= 20, "kinds of faults: " + exploration.faults());
      assertTrue(exploration.outcomes().size() >= 8, "ends: " + exploration.outcomes());
    }
  }

  /** What was found here once, as it was shrunk. */
  @Test
  void plansThatOnceFailedDoNot() {
    List<Plan> plans =
        List.of(
            // A leader took up a response that is no two points, heard before its round.
            Plan.read(229, "2:4:memory:1", "silent:2:ROUND_REQUEST,equivocating:2:NO_NONCE:3"),
            // The next leader took up a proposal of a path that nobody signs for.
            Plan.read(314, "2:2:memory:1", "lying:0:PATH:7"),
            // The next attempt arrived before the one it follows, and was refused for good.
            Plan.read(1714, "3:4:memory:1", "crash:3:APPEND:19:AFTER:1"));
    for (Plan plan : plans) {
      assertEquals(List.of(), Run.of(plan).found(), plan.command());
    }
  }

  private static void replay(long seed) {
    Plan drawn = Plan.draw(seed);
    Plan plan =
        Plan.read(
            seed,
            System.getProperty("explore.cohort", drawn.cohort()),
            System.getProperty("explore.faults", drawn.script()));
    Run run = Run.of(plan);
    System.out.println("Plan " + plan.cohort() + " " + plan.script());
    System.out.println("Outcomes of parties: " + run.outcomes() + ", struck " + run.struck());
    assertEquals(List.of(), run.found(), plan.command());
  }
}
