package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.exit.ExitCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that come one at a time, do what they can, and leave (BT-11). */
@Timeout(240)
final class VisitsTest {
  private static final List<String> NAMES = List.of("alice", "bob", "carol");

  @TempDir private Path directory = Path.of("");

  @Tag("scenario-48")
  @Test
  void membersThatNeverMeetHaveTheirUpdatesAnchored() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (CohortScene scene = new CohortScene(directory, NAMES)) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> CohortScene.run(scene.coordinator(3, "--visits", "--answer-seconds", "600")),
              threads);
      Map<String, Shell> done = new TreeMap<>();
      int passes = 0;
      while (done.size() < NAMES.size()) {
        passes++;
        assertTrue(passes < 8, "passes must end, " + done.keySet() + " did");
        for (String name : NAMES) {
          if (!done.containsKey(name)) {
            Shell visit = CohortScene.run(visit(scene, name));
            assertFalse(visit.all().contains("nonce-lost"), visit.all());
            if (visit.status() != ExitCode.COME_AGAIN.status()) {
              assertEquals(0, visit.status(), visit.all());
              done.put(name, visit);
            }
          }
        }
      }
      System.out.println("Passes of members that never meet: " + passes);
      String txid = CohortScene.txid(coordinator.get());
      for (String name : NAMES) {
        assertEquals(txid, CohortScene.txid(Objects.requireNonNull(done.get(name))));
        assertNothingSealed(directory.resolve(name + ".key.nonces"));
      }
      System.out.println("Checked: " + scene.check("visits"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aVisitWithNoncesInMemoryIsRefused() {
    try (CohortScene scene = new CohortScene(directory, List.of("alice"))) {
      List<String> command = new ArrayList<>(visit(scene, "alice"));
      command.remove("--sealed");

      Shell refused = CohortScene.run(command);

      assertEquals(ExitCode.USAGE.status(), refused.status(), refused.all());
      assertTrue(refused.all().contains("--sealed"), refused.all());
    }
  }

  private static void assertNothingSealed(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".sealed")).toList());
    }
  }

  private static List<String> visit(CohortScene scene, String name) {
    return scene.participant(name, "--sealed", "--once", "--quiet-seconds", "1");
  }
}
