package org.beaconcohort.cli.cohort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.beaconcohort.adapter.chain.EsploraChain;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.files.LedgerFile;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.Sidecar;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.fixtures.chain.FixtureChain;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Coordinator and participants as separate commands that share nothing but relay and chain. */
@Timeout(180)
final class SeparatePartiesTest {
  @TempDir private Path directory = Path.of("");

  private final FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
  private final FixtureChain chain = FixtureChain.start(0);

  @AfterEach
  void close() {
    relay.close();
    chain.close();
  }

  @Test
  void aCoordinatorAndTwoParticipantsAnchorWhatWasHandedIn() throws Exception {
    make("alice");
    make("bob");
    sign("alice");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> coordinator("--min", "2", "--max", "2", "--faucet"), threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(() -> join("alice", "--faucet", "--rebase"), threads);
      CompletableFuture<Shell> bob =
          CompletableFuture.supplyAsync(() -> join("bob", "--faucet"), threads);
      String txid = CohortScene.txid(coordinator.get());
      assertEquals(txid, CohortScene.txid(alice.get()));
      assertEquals(txid, CohortScene.txid(bob.get()));
    }
    try (EsploraChain source = new EsploraChain(chain.url())) {
      List<Path> journals =
          List.of(directory.resolve("alice.key.journal"), directory.resolve("bob.key.journal"));
      System.out.println(
          "Checked: "
              + IndependentCheck.require(
                  RelayEvidence.of(relay, source, journals), "separate parties"));
    }
    for (String name : List.of("alice", "bob")) {
      Path folder = memberFolder(name);
      Sidecar sidecar = Sidecar.parse(Files.readString(folder.resolve("sidecar.json")));
      assertEquals(2, sidecar.updates().size());
      assertEquals(
          "https://" + name + ".example",
          sidecar
              .updates()
              .getLast()
              .unsigned()
              .patch()
              .get(0)
              .path("value")
              .path("serviceEndpoint")
              .asText());
      assertTrue(Files.exists(directory.resolve(name + ".key.updates.json")));
    }

    // The update was of version 1, and the DID is at version 3 by now.
    Shell again = join("alice", directory.resolve("again"), "--faucet", "--rebase");
    assertEquals(65, again.status(), again.all());
    assertTrue(again.err().contains("made from version 3"), again.err());

    Shell leading =
        run(
            List.of("coordinator", "run", "--out", path("linked"), "--json"),
            List.of("--min", "2", "--max", "2", "--key-file", path("alice.key")));
    assertEquals(3, leading.status(), leading.all());
    assertTrue(leading.err().contains("KEY_REUSED"), leading.err());
  }

  @Test
  void aKeyThatLedACohortIsNoDidsKeyUnlessTheRiskIsAccepted() {
    make("alice");
    Shell led =
        coordinator(
            "--min", "2", "--max", "2", "--recruit-seconds", "1", "--key-file", path("alice.key"));
    assertEquals("NOT_ENOUGH", led.lines().getLast().path("code").asText());

    Shell refused = join("alice");

    assertEquals(3, refused.status(), refused.all());
    assertTrue(refused.err().contains("KEY_REUSED"), refused.err());
    assertTrue(refused.err().contains("--accept-linked-keys"), refused.err());
    sign("alice");
    // Signed for version 2, so the next thing that is looked at refuses it.
    Shell accepted = join("alice", "--accept-linked-keys");
    assertEquals(65, accepted.status(), accepted.all());
    assertTrue(accepted.err().contains("VERSION_MISMATCH"), accepted.err());
  }

  @Test
  void withoutCandidatesTheCoordinatorEndsWithNotEnough() {
    Shell alone = coordinator("--min", "2", "--max", "2", "--recruit-seconds", "1");
    assertEquals(3, alone.status(), alone.all());
    assertEquals("NOT_ENOUGH", alone.lines().getLast().path("code").asText());
    assertEquals("failed", alone.lines().getLast().path("event").asText());
  }

  @Test
  void aMemberWithoutAFundedSingletonDoesNotJoinAndIsToldWhatToDo() throws Exception {
    make("alice");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> coordinator("--min", "2", "--max", "2", "--recruit-seconds", "8"), threads);

      Shell alone = join("alice");

      assertEquals(3, alone.status(), alone.all());
      assertEquals("NO_FALLBACK", alone.lines().getLast().path("code").asText(), alone.all());
      assertTrue(alone.err().contains("--no-fallback"), alone.err());
      assertEquals(
          "NOT_ENOUGH", coordinator.get().lines().getLast().path("code").asText(), "nobody came");
    }
  }

  @Test
  void aMemberThatFindsNoCohortInTimeAnchorsItsUpdateAlone() throws Exception {
    make("alice");
    Shell alone =
        join("alice", "--faucet", "--update-deadline", Instant.now().plusSeconds(3).toString());
    anchoredAlone("alice", alone);
    assertEquals("DEADLINE_PASSED", alone.lines().getLast().path("code").asText());
  }

  @Test
  void aMemberWhoseCohortDoesNotComeAboutAnchorsItsUpdateAlone() throws Exception {
    make("alice");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> coordinator("--min", "2", "--max", "2", "--recruit-seconds", "4"), threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(() -> join("alice", "--faucet"), threads);
      assertEquals(3, coordinator.get().status());
      anchoredAlone("alice", alice.get());
      assertEquals("NOT_ENOUGH", alice.get().lines().getLast().path("code").asText());
    }
  }

  @Test
  void withoutFallbackItEndsAsItsCohortDid() throws Exception {
    make("alice");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      CompletableFuture<Shell> coordinator =
          CompletableFuture.supplyAsync(
              () -> coordinator("--min", "2", "--max", "2", "--recruit-seconds", "2"), threads);
      CompletableFuture<Shell> alice =
          CompletableFuture.supplyAsync(() -> join("alice", "--faucet", "--no-fallback"), threads);
      assertEquals(3, coordinator.get().status());
      assertEquals(3, alice.get().status(), alice.get().all());
      assertTrue(alice.get().err().contains("NOT_ENOUGH"), alice.get().err());
    }
  }

  /** Exit 0, the update in the document, and its hash in the last output of what is named. */
  private void anchoredAlone(String name, Shell alone) throws IOException {
    assertEquals(0, alone.status(), alone.all());
    JsonNode done = alone.lines().getLast();
    assertEquals("anchored-alone", done.path("outcome").asText(), alone.all());
    Sidecar sidecar = Sidecar.parse(Files.readString(memberFolder(name).resolve("sidecar.json")));
    assertEquals(1, sidecar.updates().size());
    try (EsploraChain source = new EsploraChain(chain.url())) {
      Transaction announced =
          source
              .transaction(Outpoint.ofDisplay(done.path("txids").get(0).asText(), 0).txid())
              .orElseThrow()
              .transaction();
      assertEquals(sidecar.updates().getFirst().hash(), SignalOutput.of(announced).orElseThrow());
    }
  }

  @Test
  void aFeeRateOutsideItsBoundsIsAUsageError() {
    for (String rate : List.of("-5", "999", "50001")) {
      Shell refused = coordinator("--min", "2", "--max", "2", "--fee-rate", rate);
      assertEquals(2, refused.status(), refused.all());
    }
  }

  @Test
  void aSignedUpdateIsRefusedBeforeAnythingIsSaid() {
    make("alice");
    sign("alice");
    Shell refused = join("alice", directory.resolve("alice"));
    assertEquals(65, refused.status(), refused.all());
    assertTrue(refused.err().contains("VERSION_MISMATCH"), refused.err());
    assertTrue(refused.err().contains("--rebase"), refused.err());
    assertEquals(List.of(), relay.storedEvents());
    assertFalse(Files.exists(directory.resolve("alice")));
  }

  @Test
  void anUpdateOfAnotherDidIsRefused() throws IOException {
    make("alice");
    make("bob");
    Files.copy(
        directory.resolve("bob.json"),
        directory.resolve("alice.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Shell refused = join("alice", directory.resolve("alice"));
    assertEquals(65, refused.status(), refused.all());
    assertTrue(refused.err().contains("update make"), refused.err());
  }

  @Test
  void aCoordinatorThatIsNoKeyIsAUsageError() {
    make("alice");
    for (String key : List.of("npub1", "00", "npub1" + "q".repeat(58))) {
      Shell refused = join("alice", directory.resolve("alice"), "--coordinator", key);
      assertEquals(2, refused.status(), refused.all());
    }
  }

  @Test
  void aDamagedLedgerStopsTheParticipant() throws IOException {
    make("alice");
    Files.writeString(directory.resolve("alice.key.updates.json"), "{}");
    Shell refused = join("alice", directory.resolve("alice"));
    assertEquals(65, refused.status(), refused.all());
    assertTrue(refused.err().contains("alice.key.updates.json"), refused.err());
  }

  @Test
  void anUpdateThatIsStillOutKeepsItsDidFromJoining() throws IOException {
    make("alice");
    Files.copy(directory.resolve("alice.json"), directory.resolve("unsigned.json"));
    sign("alice");
    SignedUpdate out = SignedUpdate.parse(Files.readString(directory.resolve("alice.json")));
    String method = out.proof().verificationMethod();
    Btcr2Did did = Btcr2Did.parse(method.substring(0, method.indexOf('#')));
    LedgerFile.beside(directory.resolve("alice.key"), did).handOut(out);
    Files.move(
        directory.resolve("unsigned.json"),
        directory.resolve("alice.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Shell refused = join("alice", directory.resolve("alice"));
    assertEquals(3, refused.status(), refused.all());
    assertTrue(refused.err().contains("VERSION_HANDED_OUT"), refused.err());
    assertEquals(List.of(), relay.storedEvents());
  }

  @Test
  void aChainThatIsNotThereIsExit69() {
    make("alice");
    chain.close();
    assertEquals(69, join("alice", directory.resolve("alice")).status());
  }

  private void make(String name) {
    CohortScene.make(directory, name);
  }

  private void sign(String name) {
    Shell signed =
        Shell.run(
            "update",
            "sign",
            "--key-file",
            path(name + ".key"),
            "--update",
            path(name + ".json"),
            "--out",
            path(name + ".json"));
    assertEquals(0, signed.status(), signed.all());
  }

  private Shell coordinator(String... more) {
    return run(
        List.of("coordinator", "run", "--out", path("coordinator"), "--json"), List.of(more));
  }

  private Shell join(String name, String... more) {
    return join(name, directory.resolve(name), more);
  }

  private Shell join(String name, Path out, String... more) {
    return run(
        List.of(
            "participant",
            "join",
            "--key-file",
            path(name + ".key"),
            "--update",
            path(name + ".json"),
            "--out",
            out.toString(),
            "--json"),
        List.of(more));
  }

  private Shell run(List<String> arguments, List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--relay", relay.url(), "--chain", chain.url()));
    all.addAll(more);
    return Shell.run(all.toArray(new String[0]));
  }

  private Path memberFolder(String name) throws IOException {
    try (var entries = Files.list(directory.resolve(name))) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }
}
