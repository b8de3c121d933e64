package org.beaconcohort.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.DidDocument;
import org.beaconcohort.cohort.did.SignedUpdate;
import org.beaconcohort.cohort.did.UnsignedUpdate;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerFileTest {
  private static final Bytes TXID = Bytes.of(new byte[32]);

  @TempDir private Path directory = Path.of("");

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key = SecretKey.generate(random);
  private final Btcr2Did did = Btcr2Did.ofKey(Network.REGTEST, key.publicKey());

  @Test
  void whatWasRecordedIsThereAfterARestart() {
    SignedUpdate update = update("a");
    CasAnnouncement announcement = CasAnnouncement.of(Map.of(did, update.hash()));
    LedgerFile before = ledger();
    before.handOut(update);
    before.mayBeAnnounced(TXID, List.of(announcement));
    LedgerFile after = ledger();
    assertEquals(List.of(update), after.handedOut());
    assertEquals(List.of(announcement), after.announcements());
    assertEquals(List.of(TXID), after.transactions());
  }

  @Test
  void aSecondUpdateOfAVersionIsRefusedAfterARestartToo() {
    ledger().handOut(update("a"));
    LedgerFile after = ledger();
    SignedUpdate other = update("b");
    assertThrows(IllegalArgumentException.class, () -> after.handOut(other));
  }

  @Test
  void theLedgerOfAnotherDidIsBadInput() {
    ledger().handOut(update("a"));
    Btcr2Did other = Btcr2Did.ofKey(Network.REGTEST, SecretKey.generate(random).publicKey());
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> LedgerFile.beside(keyFile(), other));
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"did\":\"DID\",\"updates\":[],\"casUpdates\":[],\"transactions\":[\"00\"]}",
        "{\"did\":\"DID\",\"updates\":[{}],\"casUpdates\":[],\"transactions\":[]}",
        "{\"did\":\"DID\",\"updates\":[],\"casUpdates\":[],\"transactions\":[],\"more\":1}",
        "{\"did\":\"DID\",\"updates\":[],\"casUpdates\":[],\"transactions\":[]}{}"
      })
  void aDamagedLedgerIsBadInputAndNeverAnEmptyOne(String text) throws IOException {
    Files.writeString(LedgerFile.path(keyFile()), text.replace("DID", did.text()));
    CommandFailure failure = assertThrows(CommandFailure.class, this::ledger);
    assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("key.updates.json"), failure.getMessage());
  }

  @Test
  void whatCannotBeKeptFailsForGood() throws IOException {
    LedgerFile ledger = ledger();
    Files.createDirectories(LedgerFile.path(keyFile()).resolve("in-the-way"));
    PortFailure failure = assertThrows(PortFailure.class, () -> ledger.handOut(update("a")));
    assertTrue(!failure.temporary());
  }

  @Test
  void whatCouldNotBeKeptWasNotHandedOut() throws IOException {
    LedgerFile ledger = ledger();
    Files.createDirectories(LedgerFile.path(keyFile()).resolve("in-the-way"));
    SignedUpdate update = update("a");
    assertThrows(PortFailure.class, () -> ledger.handOut(update));
    assertEquals(List.of(), ledger.handedOut());
    assertThrows(PortFailure.class, () -> ledger.handOut(update));
  }

  @Test
  void aReaderNeverFindsTheLedgerMissing() throws Exception {
    LedgerFile ledger = ledger();
    ledger.handOut(update("a"));
    AtomicBoolean writing = new AtomicBoolean(true);
    CompletableFuture<Boolean> alwaysThere =
        CompletableFuture.supplyAsync(() -> {
          boolean there = true;
          while (writing.get()) {
            there &= Files.exists(LedgerFile.path(keyFile()));
          }
          return there;
        });
    for (int i = 0; i < 200; i++) {
      ledger.mayBeAnnounced(
          Bytes.concat(Bytes.of(new byte[31]), Bytes.of(new byte[] {(byte) i})), List.of());
    }
    writing.set(false);
    assertTrue(alwaysThere.get());
  }

  @Test
  void aSecondProcessDoesNotGetTheLedger() {
    try (LedgerLock first = LedgerLock.of(keyFile())) {
      assertEquals(List.of(), first.ledger(did).handedOut());
      CommandFailure failure = assertThrows(CommandFailure.class, () -> LedgerLock.of(keyFile()));
      assertEquals("KEY_IN_USE", failure.code());
    }
    LedgerLock.of(keyFile()).close();
  }

  /** POSIX drops all locks of a process on a file when it closes any handle to it. */
  @Test
  void aSecondLookInOneProcessLeavesOthersLockedOut() throws Exception {
    try (LedgerLock first = LedgerLock.of(keyFile())) {
      assertEquals("KEY_IN_USE", LedgerTaker.elsewhere(keyFile()));
      for (Path named :
          List.of(keyFile(), directory.resolve("../" + directory.getFileName() + "/key"))) {
        assertThrows(CommandFailure.class, () -> LedgerLock.of(named));
        assertEquals("KEY_IN_USE", LedgerTaker.elsewhere(keyFile()));
      }
      assertEquals(List.of(), first.ledger(did).handedOut());
    }
    assertEquals("TAKEN", LedgerTaker.elsewhere(keyFile()));
  }

  private LedgerFile ledger() {
    return LedgerFile.beside(keyFile(), did);
  }

  private Path keyFile() {
    return directory.resolve("key");
  }

  private SignedUpdate update(String name) {
    DidDocument source = DidDocument.initial(did);
    var patch = StrictJson.newArray();
    patch.addObject().put("op", "add").put("path", "/" + name).put("value", 1);
    return SignedUpdate.sign(
        UnsignedUpdate.make(source, patch, 2),
        source,
        did.url(DidDocument.INITIAL_KEY),
        key,
        Instant.EPOCH,
        random);
  }
}
