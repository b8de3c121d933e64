package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members with a coordinator half in their process: a pair, and one who leads what it joins. */
@Timeout(180)
final class BothHalvesTest {
  private static final List<String> BOTH = List.of("alice", "bob");

  @TempDir private Path directory = Path.of("");

  @Test
  void twoThatNameEachOtherAnchorTheirUpdatesWithoutACoordinatorProcess() throws Exception {
    try (CohortScene scene = new CohortScene(directory, BOTH);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> alice = run(scene.pair("alice", "bob"), threads);
      CompletableFuture<Shell> bob = run(scene.pair("bob", "alice"), threads);
      String txid = CohortScene.txid(alice.get());
      assertEquals(txid, CohortScene.txid(bob.get()));
      IndependentCheck.Result result = scene.check("a pair");
      assertEquals(1, result.txids());
      assertEquals(1, result.signals());
      for (String name : BOTH) {
        assertTrue(Files.exists(directory.resolve(name).resolve("tx.hex")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whicheverIsKilledOnceThePartialsAreExchangedTheOtherBroadcasts(boolean announcing)
      throws Exception {
    try (CohortScene scene = new CohortScene(directory, BOTH);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      boolean aliceAnnounces = scene.did("alice").compareTo(scene.did("bob")) < 0;
      String victim = aliceAnnounces == announcing ? "alice" : "bob";
      String other = victim.equals("alice") ? "bob" : "alice";
      try (ChildProcess dies = new ChildProcess(scene.pair(victim, other))) {
        CompletableFuture<Boolean> ended =
            CompletableFuture.supplyAsync(() -> endsByItself(dies), threads);
        List<String> events = new ArrayList<>();
        int status =
            CohortScene.run(
                scene.pair(other, victim),
                line -> {
                  String event = line.path("event").asText();
                  events.add(event);
                  // Its member half has both now; whatever the victim says first may not be out.
                  if (event.equals("signed")
                      && line.path("who").asText().equals("member")
                      && line.path("count").asInt() == 2) {
                    dies.kill();
                  }
                });
        assertEquals(0, status, events.toString());
        assertFalse(ended.get(), dies.all());
        IndependentCheck.Result result = scene.check(victim + " killed");
        assertEquals(1, result.txids());
        assertEquals(1, result.signals());
      }
    }
  }

  @Test
  void whoLeadsACohortIsAMemberOfItToo() throws Exception {
    try (CohortScene scene = new CohortScene(directory, BOTH);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> alice = run(scene.lead("alice", 2), threads);
      CompletableFuture<Shell> bob = run(scene.participant("bob"), threads);
      String txid = CohortScene.txid(alice.get());
      assertEquals(txid, CohortScene.txid(bob.get()));
      IndependentCheck.Result result = scene.check("a member that leads");
      assertEquals(1, result.txids());
      assertEquals(3, result.ends());
    }
  }

  @Test
  void aPairWithOneselfOrWithWhatIsNoKeysDidIsAUsageErrorAndSaysNothing() throws Exception {
    try (CohortScene scene = new CohortScene(directory, BOTH)) {
      List<String> wrong =
          new ArrayList<>(
              List.of(
                  scene.did("alice"),
                  "did:btcr2:k1",
                  Btcr2Did.ofGenesisHash(Network.REGTEST, Bytes.of(new byte[32])).text()));
      for (String with : wrong) {
        List<String> command = new ArrayList<>(scene.pair("alice", "bob"));
        command.set(command.indexOf(scene.did("bob")), with);
        Shell refused = CohortScene.run(command);
        assertEquals(2, refused.status(), refused.all());
        assertTrue(refused.err().contains("--with"), refused.err());
      }
      assertFalse(Files.exists(directory.resolve("alice")));
    }
  }

  private static boolean endsByItself(ChildProcess process) {
    try {
      boolean unused = process.killAt(line -> false);
      return process.status() == 0;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static CompletableFuture<Shell> run(List<String> command, ExecutorService threads) {
    return CompletableFuture.supplyAsync(() -> CohortScene.run(command), threads);
  }
}
