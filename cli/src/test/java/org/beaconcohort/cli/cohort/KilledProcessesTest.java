package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One party's process is killed (SIGKILL), and the same command goes on from its journal. The whole
 * cohort ends as if nothing had been, and the independent checker finds nothing in relay, chain and
 * journals. Scenarios 1 to 12 with the same process coming back, several at a time since they
 * mostly wait.
 */
final class KilledProcessesTest {
  private static final List<String> MEMBERS = List.of("alice", "bob");

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(240)
  void aCoordinatorKilledAtAnyOfTheTwelvePointsLeadsItsCohortToTheEnd(TwelvePoints point)
      throws Exception {
    try (CohortScene scene = new CohortScene(directory, MEMBERS)) {
      assertTrue(
          coordinatorKilled(
              scene,
              line -> {
                boolean reached = point.isSaidBy(line);
                if (reached) {
                  point.await(line, scene.chain());
                }
                return reached;
              }),
          "must be killed at " + point);
      said("coordinator", "" + point, scene);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(240)
  void aMemberKilledAtAnyOfTheTwelvePointsHasItsUpdateAnchored(TwelvePoints point)
      throws Exception {
    try (CohortScene scene = new CohortScene(directory, MEMBERS);
        ExecutorService threads = Executors.newCachedThreadPool();
        ChildProcess alice = new ChildProcess(scene.participant("alice"))) {
      CompletableFuture<Shell> bob = joins(scene, "bob", threads);
      CompletableFuture<String> txid = new CompletableFuture<>();
      CompletableFuture<Integer> coordinator =
          CompletableFuture.supplyAsync(
              () ->
                  CohortScene.run(
                      scene.coordinator(2),
                      line -> {
                        if (point.isSaidBy(line)) {
                          // Not here: this thread is the coordinator's, which has more to do.
                          threads.execute(() -> {
                            point.await(line, scene.chain());
                            alice.kill();
                          });
                        }
                        if (line.path("event").asText().equals("done")) {
                          txid.complete(line.path("txid").asText());
                        }
                      }),
              threads);
      boolean ended = alice.killAt(line -> false);
      assertTrue(!ended && alice.status() != 0, "must be killed at " + point + "\n" + alice.all());
      try (ChildProcess again = new ChildProcess(scene.participant("alice"))) {
        boolean unused = again.killAt(line -> false);
        assertEquals(0, again.status(), again.all());
        assertEquals(0, coordinator.get(), "coordinator");
        assertEquals(txid.get(), again.last("txid"));
        assertEquals(txid.get(), CohortScene.txid(bob.get()));
      }
      said("member", "" + point, scene);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(240)
  void aCoordinatorThatGoesOnAsksForWhatItAnnounced() throws Exception {
    try (CohortScene scene = new CohortScene(directory, MEMBERS);
        ChildProcess alice = new ChildProcess(scene.participant("alice"));
        ChildProcess bob = new ChildProcess(scene.participant("bob"))) {
      assertEquals(30_000, wantedAtFirst(scene, "--min-funding", "30000"));
      assertEquals(30_000, wantedAtFirst(scene, "--min-funding", "40000"));
      alice.kill();
      bob.kill();
    }
  }

  /** What a coordinator without a faucet asks for on the address; it is killed then. */
  private static long wantedAtFirst(CohortScene scene, String... more) throws Exception {
    List<String> command = new ArrayList<>(scene.coordinator(2, more));
    assertTrue(command.remove("--faucet"));
    AtomicLong wanted = new AtomicLong();
    try (ChildProcess coordinator = new ChildProcess(command)) {
      assertTrue(
          coordinator.killAt(line -> {
            wanted.set(line.path("satoshi").asLong());
            return line.path("event").asText().equals("needs-coins");
          }),
          coordinator::all);
    }
    return wanted.get();
  }

  /** One cohort after the other, each with a coordinator killed at its next line. */
  @Test
  @EnabledIfSystemProperty(named = "kills", matches = "every")
  void aCoordinatorKilledAtAnyStepLeadsItsCohortToTheEnd() throws Exception {
    everyStep("coordinator", KilledProcessesTest::coordinatorKilled);
  }

  /** One cohort after the other, each with a member killed at its next line. */
  @Test
  @EnabledIfSystemProperty(named = "kills", matches = "every")
  void aMemberKilledAtAnyStepHasItsUpdateAnchored() throws Exception {
    everyStep("member", KilledProcessesTest::memberKilled);
  }

  private interface Scenario {
    /** Whether the process was killed. */
    boolean run(CohortScene scene, Predicate<ObjectNode> stop) throws Exception;
  }

  private void everyStep(String role, Scenario scenario) throws Exception {
    boolean killed = true;
    int step = 0;
    while (killed) {
      int wanted = ++step;
      AtomicInteger lines = new AtomicInteger();
      Path place = Files.createDirectory(directory.resolve(role + "-" + step));
      try (CohortScene scene = new CohortScene(place, MEMBERS)) {
        StringBuilder at = new StringBuilder();
        killed =
            scenario.run(
                scene,
                line -> {
                  String event = line.path("event").asText();
                  // Whoever printed this has nothing more to do.
                  boolean here = lines.incrementAndGet() == wanted && !event.equals("done");
                  at.append(here ? event : "");
                  return here;
                });
        said(role, killed ? "line " + step + ", " + at : "no line", scene);
      }
    }
    System.out.println("Steps at which a " + role + " was killed (SIGKILL): " + (step - 1));
    assertTrue(step > 12, "steps must be many, got " + step);
  }

  private static boolean coordinatorKilled(CohortScene scene, Predicate<ObjectNode> stop)
      throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> alice = joins(scene, "alice", threads);
      CompletableFuture<Shell> bob = joins(scene, "bob", threads);
      return killedOnce(
          scene.coordinator(2),
          stop,
          txid -> {
            assertEquals(txid, CohortScene.txid(alice.join()));
            assertEquals(txid, CohortScene.txid(bob.join()));
            return true;
          });
    }
  }

  private static boolean memberKilled(CohortScene scene, Predicate<ObjectNode> stop)
      throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> bob = joins(scene, "bob", threads);
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(() -> CohortScene.run(scene.coordinator(2)), threads);
      return killedOnce(
          scene.participant("alice"),
          stop,
          txid -> {
            assertEquals(txid, CohortScene.txid(coordinator.join()));
            assertEquals(txid, CohortScene.txid(bob.join()));
            return true;
          });
    }
  }

  /** Kills it once, starts it again, and compares the txid in the end. */
  private static boolean killedOnce(
      List<String> command, Predicate<ObjectNode> stop, Function<String, Boolean> others)
      throws InterruptedException {
    boolean killed;
    try (ChildProcess first = new ChildProcess(command)) {
      killed = first.killAt(stop);
      if (!killed) {
        assertEquals(0, first.status(), first.all());
        return !others.apply(first.last("txid"));
      }
    }
    try (ChildProcess again = new ChildProcess(command)) {
      boolean unused = again.killAt(line -> false);
      assertEquals(0, again.status(), again.all());
      return others.apply(again.last("txid"));
    }
  }

  private static CompletableFuture<Shell> joins(
      CohortScene scene, String name, ExecutorService threads) {
    return CompletableFuture.supplyAsync(() -> CohortScene.run(scene.participant(name)), threads);
  }

  private static void said(String role, String where, CohortScene scene) throws IOException {
    IndependentCheck.Result result = scene.check(role + " killed at " + where);
    System.out.println("Killed (SIGKILL) and gone on: " + role + " at " + where + "; " + result);
    assertEquals(1, result.txids());
    assertEquals(1, result.signals());
    assertEquals(3, result.ends());
  }
}
