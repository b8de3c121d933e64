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
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that come one at a time, do what they can, and leave (BT-11). */
@Timeout(240)
final class VisitsTest {
  private static final List<String> NAMES = List.of("alice", "bob", "carol");

  @TempDir private Path directory = Path.of("");

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);

  @AfterEach
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void membersThatNeverMeetHaveTheirUpdatesAnchored() throws Exception {
    NAMES.forEach(this::make);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(() -> run(coordinator()), threads);
      Map<String, Shell> done = new TreeMap<>();
      int passes = 0;
      while (done.size() < NAMES.size()) {
        passes++;
        assertTrue(passes < 8, "passes must end, " + done.keySet() + " did");
        for (String name : NAMES) {
          if (!done.containsKey(name)) {
            Shell visit = run(visit(name));
            assertFalse(visit.all().contains("nonce-lost"), visit.all());
            if (visit.status() != ExitCode.COME_AGAIN.status()) {
              assertEquals(0, visit.status(), visit.all());
              done.put(name, visit);
            }
          }
        }
      }
      System.out.println("Passes of members that never meet: " + passes);
      String txid = txid(coordinator.get());
      for (String name : NAMES) {
        assertEquals(txid, txid(Objects.requireNonNull(done.get(name))));
        assertNothingSealed(directory.resolve(name + ".key.nonces"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aVisitWithNoncesInMemoryIsRefused() {
    make("alice");
    List<String> command = new ArrayList<>(visit("alice"));
    command.remove("--sealed");

    Shell refused = run(command);

    assertEquals(ExitCode.USAGE.status(), refused.status(), refused.all());
    assertTrue(refused.all().contains("--sealed"), refused.all());
  }

  private static void assertNothingSealed(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".sealed")).toList());
    }
  }

  private void make(String name) {
    Shell made =
        Shell.run(
            "update",
            "make",
            "--new-key",
            "--key-file",
            path(name + ".key"),
            "--add-service",
            "web,LinkedDomains,https://" + name + ".example",
            "--out",
            path(name + ".json"));
    assertEquals(0, made.status(), made.all());
  }

  private List<String> coordinator() {
    return reaching(
        "coordinator",
        "run",
        "--min",
        "3",
        "--max",
        "3",
        "--visits",
        "--answer-seconds",
        "600",
        "--out",
        path("coordinator"));
  }

  private List<String> visit(String name) {
    return reaching(
        "participant",
        "join",
        "--sealed",
        "--once",
        "--quiet-seconds",
        "1",
        "--key-file",
        path(name + ".key"),
        "--update",
        path(name + ".json"),
        "--out",
        path(name));
  }

  private List<String> reaching(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--json", "--faucet", "--relay", relay.url(), "--chain", chain.url()));
    return all;
  }

  private static Shell run(List<String> command) {
    return Shell.run(command.toArray(new String[0]));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String txid(Shell shell) {
    assertEquals(0, shell.status(), shell.all());
    return shell.lines().getLast().path("txid").asText();
  }
}
