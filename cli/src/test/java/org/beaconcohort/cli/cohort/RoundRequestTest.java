package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member asks for a round by {@code participant join}, and gets the round or a reason (BC-5). */
@Tag("bc-5")
@Timeout(180)
final class RoundRequestTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aRequestByOneMemberOpensTheRoundAtTheDeadline() throws Exception {
    try (CohortScene scene = new CohortScene(directory, List.of("alice", "bob"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<ObjectNode> led = new CopyOnWriteArrayList<>();
      CompletableFuture<Integer> coordinator =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.coordinator(2, "--wait-seconds", "15"), led::add),
              threads);
      // Without a coin it can list nothing, so it never asks; it signs for the other.
      List<String> poor = scene.participant("bob", "--no-fallback");
      poor.remove("--faucet");
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> CohortScene.run(poor), threads);
      Shell alice = CohortScene.run(scene.participant("alice"));

      assertEquals(0, coordinator.get(), () -> "" + led);
      assertEquals(led.getLast().path("txid").asText(), CohortScene.txid(alice));
      assertEquals(
          List.of(1),
          led.stream()
              .filter(line -> is(line, "listed"))
              .map(line -> line.path("count").asInt())
              .toList(),
          () -> "" + led);
      assertTrue(led.stream().anyMatch(line -> is(line, "round-opened")), () -> "" + led);
      assertEquals(3, bob.get().status(), bob.get().all());
      assertEquals(
          "UPDATE_NOT_ANCHORED",
          bob.get().lines().getLast().path("code").asText(),
          bob.get().all());
    }
  }

  @Test
  void aMemberAsksForEveryRoundOfTheTermsAndTheLastOneEndsTheCohort() throws Exception {
    try (CohortScene scene = new CohortScene(directory, List.of("alice", "bob"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.coordinator(2, "--rounds", "2")), threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> CohortScene.run(scene.participant("bob")), threads);
      Shell alice = CohortScene.run(scene.participant("alice"));

      List<Integer> opened =
          alice.lines().stream()
              .filter(line -> is(line, "round-opened"))
              .map(line -> line.path("number").asInt())
              .toList();
      assertEquals(List.of(1, 2), opened, alice.all());
      assertEquals(CohortScene.txid(coordinator.get()), CohortScene.txid(alice));
      assertEquals(CohortScene.txid(alice), CohortScene.txid(bob.get()));
    }
  }

  @Test
  void aMemberThatGoesOnWithAnotherUpdateHasItAnchoredByALaterRound() throws Exception {
    try (CohortScene scene = new CohortScene(directory, List.of("alice", "bob"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.coordinator(2, "--rounds", "3")), threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> CohortScene.run(scene.participant("bob")), threads);
      try (ChildProcess first = new ChildProcess(scene.participant("alice"))) {
        assertTrue(first.killAt(line -> is(line, "anchored")), first.all());
      }
      Path other = directory.resolve("other.json");
      Shell made =
          Shell.run(
              "update",
              "make",
              "--key-file",
              directory.resolve("alice.key").toString(),
              "--add-service",
              "blog,LinkedDomains,https://blog.example",
              "--out",
              other.toString());
      assertEquals(0, made.status(), made.all());
      List<String> again = scene.participant("alice");
      again.set(again.indexOf("--update") + 1, other.toString());
      Shell alice = CohortScene.run(again);

      assertEquals(CohortScene.txid(coordinator.get()), CohortScene.txid(alice));
      assertEquals(CohortScene.txid(alice), CohortScene.txid(bob.get()));
      String document = scene.document("alice");
      assertTrue(document.contains("https://alice.example"), document);
      assertTrue(document.contains("https://blog.example"), document);
    }
  }

  @Test
  void whoAsksACoordinatorWhoseSeatsAreTakenIsRefusedWithTheReason() throws Exception {
    try (CohortScene scene = new CohortScene(directory, List.of("alice", "bob", "carol"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<String> formed = new CompletableFuture<>();
      List<String> unpaid = scene.coordinator(2);
      unpaid.remove("--faucet");
      CompletableFuture<Integer> coordinator =
          CompletableFuture.supplyAsync(
              () ->
                  CohortScene.run(
                      unpaid,
                      line -> {
                        if (is(line, "cohort-formed")) {
                          formed.complete(line.path("beaconAddress").asText());
                        }
                      }),
              threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(() -> CohortScene.run(scene.participant("alice")), threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> CohortScene.run(scene.participant("bob")), threads);
      String address = formed.get();

      Shell carol = CohortScene.run(scene.participant("carol", "--no-fallback"));

      assertEquals(3, carol.status(), carol.all());
      assertEquals("ENROLMENT_CLOSED", carol.lines().getLast().path("code").asText(), carol.all());
      scene.pay(address, 20_000);
      assertEquals(0, coordinator.get());
      assertEquals(CohortScene.txid(alice.get()), CohortScene.txid(bob.get()));
    }
  }

  private static boolean is(JsonNode line, String event) {
    return line.path("event").asText().equals(event);
  }
}
