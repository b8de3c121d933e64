package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import java.util.stream.Stream;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.secret.Descriptor;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator and its participants, all of whose keys are in keystores. */
@Timeout(240)
final class KeystorePartiesTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path directory = Path.of("");

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);

  @AfterEach
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void aRoundIsAnchoredWithKeysOfAKeystore() throws Exception {
    create("leader", "identity");
    for (String name : List.of("alice", "bob")) {
      create(name, "did");
      make(name);
    }
    Shell other = join("leader", "alice");
    assertEquals(3, other.status(), other.all());
    assertTrue(other.err().contains("OTHER_PURPOSE"), other.err());
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> reach("coordinator run --min 2 --max 2 --name leader", "leader-out"), threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(() -> join("alice", "alice"), threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> join("bob", "bob"), threads);
      String txid = txid(coordinator.get());
      assertEquals(txid, txid(alice.get()));
      assertEquals(txid, txid(bob.get()));
    }
    for (String file :
        List.of("keys.leader.journal", "keys.alice.journal", "keys.bob.updates.json")) {
      assertTrue(Files.exists(directory.resolve(file)), file);
    }
  }

  @Test
  void aSealedNonceOfBeforeARestoreIsNeverUsedAndTheRoundGoesOn() throws Exception {
    for (String name : List.of("alice", "bob")) {
      create(name, "did");
      make(name);
    }
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () ->
                  run(
                      "coordinator run --min 2 --max 2 --visits --answer-seconds 600",
                      "leader-out"),
              threads);
      // Whoever answers first waits for the other with an open nonce.
      String first = firstToAnswer();
      Map<Path, Bytes> before = sealed(first);
      secretly("keys backup", "--to", path("backup"));
      Files.delete(directory.resolve("keys"));
      secretly("keys restore", "--from", path("backup"));

      Shell after = visit(first);
      assertEquals(75, after.status(), after.all());
      assertEquals(1, count(after, "tombstoned"), after.all());
      assertTrue(after.out().contains("\"nonces\":1"), after.all());
      assertEquals(1, count(after, "nonce-lost"), after.all());
      sealed(first).values().forEach(nonce -> assertFalse(before.containsValue(nonce)));
      assertEquals(1, sealed(first).size(), "another took its place");

      Map<String, Shell> done = new TreeMap<>();
      for (int pass = 0; pass < 6 && done.size() < 2; pass++) {
        for (String name : List.of("bob", "alice")) {
          if (!done.containsKey(name)) {
            Shell visit = visit(name);
            if (name.equals(first)) {
              assertEquals(0, count(visit, "tombstoned"), visit.all());
            }
            if (visit.status() != 75) {
              done.put(name, visit);
            }
          }
        }
      }
      String txid = txid(coordinator.get());
      for (String name : List.of("alice", "bob")) {
        assertEquals(txid, txid(Objects.requireNonNull(done.get(name))));
        assertEquals(Map.of(), sealed(name));
      }
    }
  }

  private String firstToAnswer() throws IOException {
    for (int pass = 0; pass < 12; pass++) {
      for (String name : List.of("alice", "bob")) {
        Shell visit = visit(name);
        assertEquals(75, visit.status(), visit.all());
        if (!sealed(name).isEmpty()) {
          assertEquals(0, count(visit, "signed"), visit.all());
          return name;
        }
      }
    }
    throw new AssertionError("nobody answered in 12 passes");
  }

  private Map<Path, Bytes> sealed(String name) throws IOException {
    Path folder = directory.resolve("keys." + name + ".nonces");
    Map<Path, Bytes> found = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".sealed")).toList()) {
          found.put(file, Bytes.of(Files.readAllBytes(file)));
        }
      }
    }
    return found;
  }

  private static long count(Shell shell, String event) {
    return shell.lines().stream().filter(line -> line.path("event").asText().equals(event)).count();
  }

  private Shell visit(String name) {
    return reach(
        "participant join --sealed --once --quiet-seconds 1 --update "
            + path(name + ".json")
            + " --name "
            + name,
        name + "-out");
  }

  private void secretly(String command, String... more) {
    try (Descriptor password = Descriptor.of(PASSWORD)) {
      List<String> all = new ArrayList<>(List.of(command.split(" ")));
      all.addAll(List.of("--keystore", path("keys"), "--password-fd", password.number()));
      all.addAll(List.of(more));
      Shell done = Shell.run(all.toArray(new String[0]));
      assertEquals(0, done.status(), done.all());
    }
  }

  private void create(String name, String purpose) {
    try (Descriptor password = Descriptor.of(PASSWORD)) {
      Shell made =
          Shell.run(
              "keys",
              "create",
              "--keystore",
              path("keys"),
              "--name",
              name,
              "--purpose",
              purpose,
              "--password-fd",
              password.number());
      assertEquals(0, made.status(), made.all());
    }
  }

  private void make(String name) {
    Shell made =
        Shell.run(
            "update",
            "make",
            "--keystore",
            path("keys"),
            "--name",
            name,
            "--add-service",
            "web,LinkedDomains,https://" + name + ".example",
            "--out",
            path(name + ".json"));
    assertEquals(0, made.status(), made.all());
  }

  private Shell join(String key, String name) {
    return reach(
        "participant join --update " + path(name + ".json") + " --name " + key, name + "-out");
  }

  private Shell reach(String command, String out) {
    try (Descriptor password = Descriptor.of(PASSWORD)) {
      String[] key = {"--keystore", path("keys"), "--password-fd", password.number()};
      Shell done = run(command, out, key);
      assertFalse(done.all().contains(PASSWORD), done.all());
      return done;
    }
  }

  private Shell run(String command, String out, String... more) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of("--relay", relay.url(), "--chain", chain.url(), "--faucet", "--json"));
    all.addAll(List.of("--out", path(out)));
    all.addAll(List.of(more));
    return Shell.run(all.toArray(new String[0]));
  }

  private static String txid(Shell done) {
    assertEquals(0, done.status(), done.all());
    return done.lines().getLast().path("txid").asText();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }
}
