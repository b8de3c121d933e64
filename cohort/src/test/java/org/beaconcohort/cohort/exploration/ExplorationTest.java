package org.beaconcohort.cohort.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    long from = Long.getLong("explore.from", 1);
    Tally tally =
        rounds > ROUNDS
            ? Exploration.resumed(
                from,
                rounds,
                Path.of(System.getProperty("explore.progress", "target/exploration.json")))
            : Exploration.of(from, rounds);
    String explained =
        tally.failing().stream()
            .limit(EXPLAINED)
            .map(Exploration::explain)
            .collect(Collectors.joining("\n"));
    assertTrue(
        tally.failing().isEmpty(), () -> tally.failing().size() + " seeds fail\n" + explained);
    if (rounds >= ROUNDS) {
      assertTrue(tally.faults().size() >= 24, "kinds of faults: " + tally.faults());
      assertEquals(
          Set.of(
              "anchored by leaf A",
              "anchored by leaf A of all",
              "extension",
              "key set of a named successor",
              "leaf request",
              "probe",
              "round led by a member",
              "round led by a named successor"),
          tally.reached().keySet());
      assertTrue(tally.outcomes().size() >= 8, "ends: " + tally.outcomes());
    }
  }

  @Test
  void anInterruptedExplorationGoesOnWhereItWas(@TempDir Path directory)
      throws InterruptedException {
    Path file = directory.resolve("deeper/progress.json");
    Tally first = Exploration.resumed(7, 4, file);
    assertEquals(11, first.next());
    Tally second = Exploration.resumed(7, 6, file);
    assertEquals(
        ignoringTime(Exploration.of(7, 6)), ignoringTime(second), "as if nothing had been");
    Tally same = Exploration.resumed(7, 6, file);
    assertEquals(second.json(), same.json(), "nothing is left to play");
    assertThrows(IllegalStateException.class, () -> Exploration.resumed(8, 6, file));
  }

  private static ObjectNode ignoringTime(Tally tally) {
    return tally.json().put("nanos", 0);
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
            // The judge took the answer to a probe for a word in a cohort.
            Plan.read(1517, "2:2:memory:1:probe", "putback:1:180:37,stop:0:APPEND:6:AFTER"),
            // Or what a member says that it has heard, before it hears its own words.
            Plan.read(2164, "2:6:memory:2:leaf2:nononces", "putback:1:183:95"),
            // A member kept its signature to itself and broadcast: nobody else looked at the chain.
            Plan.read(10248, "3:6:memory:1:leaf2:extensions", "silent:2:PARTIAL_SIGNATURE"),
            Plan.read(
                6833, "3:14:sealed:1:leaf2:extensions", "lying:3:BAD_PARTIAL:15,delayed:2:18:4:8"),
            // The next leader took up a proposal by leaf A that no checklist lets pass.
            Plan.read(38534, "2:4:memory:1:leaf2:nononces:extensions", "lying:0:COUNTER:7"),
            // Or one with another T, after which a nonce was lost: nobody proposed any more.
            Plan.read(
                52730,
                "3:6:memory:1:extensions:probe",
                "crash:2:APPEND:29:BEFORE:6,lying:0:TRANSCRIPT:15"),
            // A signature of an earlier attempt was out when a contradiction ended the next one.
            Plan.read(
                10773,
                "2:2:memory:1:extensions",
                "crash:1:APPEND:16:AFTER:2,delayed:0:32:3:7,equivocating:1:BAD_PARTIAL:6"),
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
