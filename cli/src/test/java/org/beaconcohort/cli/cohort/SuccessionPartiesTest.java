package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two cohorts by commands that share nothing but relay and chain: Alice stays, Bob leaves, Carol
 * comes.
 */
@Timeout(300)
final class SuccessionPartiesTest {
  private static final long COIN = 50_000;

  @TempDir private Path directory = Path.of("");

  private interface Staying {
    /** Runs Alice's command to its end; gives the last line it printed. */
    JsonNode run(List<String> command) throws Exception;
  }

  @Test
  void aCohortGoesOverToTheNextOneAndNothingIsLeftAtItsAddress() throws Exception {
    goesOver(command -> {
      Shell alice = CohortScene.run(command);
      assertEquals(0, alice.status(), alice.all());
      assertTrue(alice.lines().stream().anyMatch(line -> is(line, "sweep-opened")), alice.all());
      return alice.lines().getLast();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"successor-shown", "sweep-opened", "succeeded"})
  void aMemberThatStaysIsKilledAndGoesOnInBothCohorts(String point) throws Exception {
    Predicate<ObjectNode> stop =
        line -> is(line, point) || line.path("outcome").asText().equals(point);
    goesOver(command -> {
      try (ChildProcess first = new ChildProcess(command)) {
        assertTrue(first.killAt(stop), first.all());
      }
      try (ChildProcess again = new ChildProcess(command)) {
        List<ObjectNode> lines = new ArrayList<>();
        boolean unused =
            again.killAt(line -> {
              lines.add(line);
              return false;
            });
        assertEquals(0, again.status(), again.all());
        return lines.getLast();
      }
    });
  }

  private void goesOver(Staying staying) throws Exception {
    try (CohortScene scene =
            new CohortScene(directory, List.of("next-identity", "alice", "bob", "carol"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<ObjectNode> formed = new CompletableFuture<>();
      CompletableFuture<Boolean> shown = new CompletableFuture<>();
      List<ObjectNode> told = new CopyOnWriteArrayList<>();
      List<String> lead = scene.coordinator(2, "--rounds", "2");
      lead.remove("--faucet");
      CompletableFuture<Integer> coordinator =
          CompletableFuture.supplyAsync(
              () ->
                  CohortScene.run(
                      lead,
                      line -> {
                        told.add(line);
                        if (is(line, "cohort-formed")) {
                          formed.complete(line);
                        } else if (is(line, "successor-shown")) {
                          shown.complete(true);
                        }
                      }),
              threads);
      CompletableFuture<JsonNode> alice =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return staying.run(scene.participant("alice", "--stay"));
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              },
              threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.participant("bob", "--leave")), threads);
      String old = formed.get().path("beaconAddress").asText();

      CompletableFuture<String> identity = new CompletableFuture<>();
      CompletableFuture<ObjectNode> nextDone = new CompletableFuture<>();
      CompletableFuture<Integer> next =
          CompletableFuture.supplyAsync(
              () ->
                  CohortScene.run(
                      scene.coordinator(
                          "next", 2, "--succeeds", formed.join().path("cohortId").asText()),
                      line -> {
                        if (is(line, "started")) {
                          identity.complete(line.path("npub").asText());
                        } else if (is(line, "done") || is(line, "failed")) {
                          nextDone.complete(line);
                        }
                      }),
              threads);
      CompletableFuture<Shell> carol =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.participant("carol", "--coordinator", identity.join())),
              threads);
      assertTrue(shown.get());
      scene.pay(old, COIN);

      JsonNode left = bob.get().lines().getLast();
      assertEquals(0, bob.get().status(), bob.get().all());
      String sweep = left.path("sweep").asText();
      assertEquals(sweep, left.path("txid").asText());
      assertEquals(0, coordinator.get(), () -> "" + told);
      assertEquals(sweep, told.getLast().path("txid").asText());
      assertEquals(old, told.getLast().path("oldAddress").asText());
      assertEquals(0, told.getLast().path("left").asLong(-1));
      assertEquals(List.of(), scene.chain().unspent(old));

      assertEquals(0, next.get(), () -> "" + nextDone.join());
      String address = nextDone.get().path("beaconAddress").asText();
      assertEquals(address, told.getLast().path("nextAddress").asText());
      String first = nextDone.get().path("txid").asText();
      assertEquals(first, CohortScene.txid(carol.get()));
      assertEquals(first, alice.get().path("txid").asText());
      assertEquals(sweep, alice.get().path("sweep").asText());
      assertTrue(
          scene.chain().spender(Outpoint.ofDisplay(sweep, 0)).isPresent(),
          "the next cohort's first round must spend what the last one paid");

      documents(scene, old, address);
    }
  }

  private static void documents(CohortScene scene, String old, String next) throws Exception {
    for (String stays : List.of("alice", "carol")) {
      assertTrue(scene.document(stays).contains(next), stays);
      assertFalse(scene.document(stays).contains(old), stays);
    }
    assertFalse(scene.document("bob").contains(old));
    assertFalse(scene.document("bob").contains(next));
  }

  private static boolean is(JsonNode line, String event) {
    return line.path("event").asText().equals(event);
  }
}
