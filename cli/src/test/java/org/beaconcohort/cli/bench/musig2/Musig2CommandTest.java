package org.beaconcohort.cli.bench.musig2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.musig2.engine.CurveEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class Musig2CommandTest {
  private static final boolean NATIVE = CurveEngines.libsecp256k1().isPresent();
  private static final Set<String> OURS =
      NATIVE ? Set.of("bouncycastle", "libsecp256k1") : Set.of("bouncycastle");

  private static final Shell BENCH =
      Shell.run("bench", "musig2", "--sizes", "3,2", "--seconds", "0", "--json");

  @Test
  void everyResultIsALineWithItsFields() {
    assertEquals(0, BENCH.status(), BENCH.all());
    assertEquals(
        Set.of(
            "started",
            "round",
            "key-aggregation",
            "event-verification",
            "culprits",
            "target",
            "done"),
        BENCH.lines().stream()
            .map(line -> line.path("event").asText())
            .collect(Collectors.toSet()));
    for (int n : List.of(2, 3)) {
      for (String engine : OURS) {
        ObjectNode round = only("round", n, engine, false);
        for (String field :
            List.of(
                "roundMs",
                "medianMs",
                "allocatedBytes",
                "slices",
                "afterLastNonceMs",
                "afterLastPartialMs")) {
          assertTrue(round.path(field).asDouble() > 0, field + " in " + round);
        }
        assertEquals(NATIVE, round.has("ratio"), round.toString());
        assertEquals(NATIVE, round.has("ratioWithoutKeyAgg"), round.toString());
        assertTrue(only("round", n, engine, true).path("roundMs").asDouble() > 0);
        assertTrue(only("key-aggregation", n, engine).path("ms").asDouble() > 0);
      }
    }
    for (ObjectNode events : all("event-verification")) {
      assertTrue(events.path("perSecond").asDouble() > 0, events.toString());
      assertTrue(events.path("signaturesPerSecond").asDouble() > 0, events.toString());
      assertTrue(events.path("allocatedBytes").asDouble() > 0, events.toString());
    }
    assertEquals(OURS.size(), all("event-verification").size());
  }

  @Test
  void theNativeCallsAreTheMeasureIfTheyAreThere() {
    List<ObjectNode> theirs =
        all("round").stream().filter(line -> engine(line).equals("libsecp256k1-musig")).toList();
    assertEquals(NATIVE ? 4 : 0, theirs.size());
    for (ObjectNode line : theirs) {
      String itself = line.path("keyAgg").asBoolean() ? "ratio" : "ratioWithoutKeyAgg";
      assertEquals(1, line.path(itself).asInt(), line.toString());
    }
  }

  @Test
  void culpritsAreSoughtInTheLargestCohort() {
    assertEquals(OURS.size(), all("culprits").size());
    for (ObjectNode line : all("culprits")) {
      assertEquals(3, line.path("n").asInt(), line.toString());
      assertEquals(1, line.path("bad").asInt(), line.toString());
    }
  }

  @Test
  void theLastLineCountsTheAims() {
    ObjectNode done = BENCH.lines().getLast();
    List<ObjectNode> targets = all("target");
    assertEquals("done", done.path("event").asText());
    assertEquals(targets.size(), done.path("targets").asInt());
    assertEquals(
        targets.stream().filter(line -> line.path("met").asBoolean()).count(),
        done.path("met").asLong());
    // Two sizes and the events, for which something is aimed at on every engine.
    assertEquals(3 * OURS.size(), targets.size());
  }

  @Test
  void peopleGetTables() {
    Shell told = Shell.run("bench", "musig2", "--sizes", "2", "--seconds", "0");
    assertEquals(0, told.status(), told.all());
    for (String expected :
        List.of("One round", "last partial", "Key aggregation", "Nostr events", "Aims.")) {
      assertTrue(told.out().contains(expected), expected + " must be in\n" + told.out());
    }
    assertFalse(told.out().contains("\033["), told.out());
    assertTrue(told.err().contains("n = 2"), told.err());
  }

  @Test
  void onlyWhenAskedForAMissedAimIsAFailure() {
    Shell checked =
        Shell.run("bench", "musig2", "--sizes", "2", "--seconds", "0", "--check", "--json");
    boolean missed =
        checked.lines().stream()
            .anyMatch(
                line -> line.has("met") && line.has("target") && !line.path("met").asBoolean());
    ObjectNode last = checked.lines().getLast();
    assertEquals(missed ? 3 : 0, checked.status(), checked.all());
    assertEquals(missed ? "failed" : "done", last.path("event").asText());
    assertEquals(missed ? "AIM_MISSED" : "", last.path("code").asText());
  }

  private ObjectNode only(String event, int n, String engine, boolean keyAgg) {
    List<ObjectNode> found =
        all(event).stream()
            .filter(line -> line.path("n").asInt() == n && engine(line).equals(engine))
            .filter(line -> line.path("keyAgg").asBoolean() == keyAgg)
            .toList();
    assertEquals(1, found.size(), event + " " + n + " " + engine + " in\n" + BENCH.out());
    return found.getFirst();
  }

  private ObjectNode only(String event, int n, String engine) {
    return only(event, n, engine, false);
  }

  private List<ObjectNode> all(String event) {
    return BENCH.lines().stream()
        .filter(line -> line.path("event").asText().equals(event))
        .toList();
  }

  private static String engine(ObjectNode line) {
    return line.path("engine").asText();
  }
}
