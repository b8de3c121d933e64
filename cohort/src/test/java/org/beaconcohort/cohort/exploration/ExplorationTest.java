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
