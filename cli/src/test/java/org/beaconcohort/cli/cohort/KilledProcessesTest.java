package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One party's process is killed again and again, at every step; the same command goes on. */
@Timeout(240)
final class KilledProcessesTest {
  @TempDir private Path directory = Path.of("");

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);

  @AfterEach
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void aCoordinatorKilledAtEveryStepLeadsItsCohortToTheEnd() throws Exception {
    make("coordinator-identity");
    make("alice");
    make("bob");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> alice = CompletableFuture.supplyAsync(() -> join("alice"), threads);
      CompletableFuture<Shell> bob = CompletableFuture.supplyAsync(() -> join("bob"), threads);
      Killed coordinator =
          killedAtEveryStep(
              coordinator(),
              Set.of(
                  "announced",
                  "candidate",
                  "enrolment-closed",
                  "keyset-proposed",
                  "cohort-formed",
                  "funded",
                  "round-opened",
                  "proposed",
                  "acknowledged",
                  "listed",
                  "responded",
                  "signed",
                  "completed"));
      assertEquals(coordinator.txid(), txid(alice.get()));
      assertEquals(coordinator.txid(), txid(bob.get()));
      assertTrue(coordinator.times() > 6, "killed " + coordinator.times() + " times");
      System.out.println("Coordinator killed (SIGKILL) and gone on: " + coordinator.times());
    }
  }

  @Test
  void aMemberKilledAtEveryStepHasItsUpdateAnchored() throws Exception {
    make("coordinator-identity");
    make("alice");
    make("bob");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> Shell.run(coordinator().toArray(new String[0])), threads);
      CompletableFuture<Shell> bob = CompletableFuture.supplyAsync(() -> join("bob"), threads);
      Killed alice =
          killedAtEveryStep(
              participant("alice"),
              Set.of(
                  "announcement-chosen",
                  "opted-in",
                  "welcomed",
                  "keyset-proposed",
                  "cohort-formed",
                  "funded",
                  "address-listed",
                  "round-opened",
                  "updates-committed",
                  "signing",
                  "completed"));
      assertEquals(alice.txid(), txid(coordinator.get()));
      assertEquals(alice.txid(), txid(bob.get()));
      assertTrue(alice.times() > 6, "killed " + alice.times() + " times");
      System.out.println("Member killed (SIGKILL) and gone on: " + alice.times());
    }
  }

  private record Killed(int times, String txid) {}

  /** Kills it once at the first of each of these events, and starts the same command again. */
  private static Killed killedAtEveryStep(List<String> command, Set<String> events)
      throws InterruptedException {
    Set<String> left = new LinkedHashSet<>(events);
    for (int times = 0; ; times++) {
      try (ChildProcess process = new ChildProcess(command)) {
        if (!process.killAt(left::remove)) {
          assertEquals(0, process.status(), process.all());
          return new Killed(times, process.last("txid"));
        }
      }
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
        "2",
        "--max",
        "2",
        "--key-file",
        path("coordinator-identity.key"),
        "--out",
        path("coordinator"));
  }

  private List<String> participant(String name) {
    return reaching(
        "participant",
        "join",
        "--key-file",
        path(name + ".key"),
        "--update",
        path(name + ".json"),
        "--out",
        path(name));
  }

  private Shell join(String name) {
    return Shell.run(participant(name).toArray(new String[0]));
  }

  private List<String> reaching(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--json", "--faucet", "--relay", relay.url(), "--chain", chain.url()));
    return all;
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String txid(Shell shell) {
    assertEquals(0, shell.status(), shell.all());
    return shell.lines().getLast().path("txid").asText();
  }
}
