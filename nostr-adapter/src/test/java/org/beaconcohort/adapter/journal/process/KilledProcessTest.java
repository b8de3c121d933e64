package org.beaconcohort.adapter.journal.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.UpdateCommitted;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with SIGKILL in the middle of appends. */
final class KilledProcessTest {
  private static final Holder US = Holder.here(Bytes.of(new byte[16]));

  @TempDir private Path folder;

  private String url() {
    return folder.resolve("journal.db").toString();
  }

  private Process start() throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes,
            AppendingProcess.class.getName(),
            url())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Reads until this many appends are acknowledged, kills, and reads what else was said. */
  private static int killedAfter(Process process, int appends) throws Exception {
    int acknowledged = 0;
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int lines = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith("acknowledged ")) {
          acknowledged = Integer.parseInt(line.substring("acknowledged ".length()));
          if (++lines == appends) {
            // Not by the process: that would close what it still has to say.
            assertTrue(process.toHandle().destroyForcibly());
          }
        }
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(137, process.exitValue(), "killed by SIGKILL");
    return acknowledged;
  }

  @Test
  void everythingAcknowledgedIsThereAndTheIdentityIsFreeAtOnce() throws Exception {
    for (int appends : List.of(1, 7, 40)) {
      int acknowledged = killedAfter(start(), appends);
      try (JournalStore store = JournalStore.open(url(), JournalSettings.defaults());
          IdentityLease lease = store.acquire("identity", US)) {
        List<StoredRecord> records = store.stream(lease, "a").replay().records();
        assertTrue(records.size() >= acknowledged, records.size() + " of " + acknowledged);
        assertEquals(0, records.size() % 2, "an append is there whole or not at all");
        assertEquals(lease.appends() * 2, records.size());
        for (int i = 0; i < records.size(); i += 2) {
          assertTrue(
              store
                  .ledger()
                  .use(
                      new UpdateCommitted(
                              Bytes.of(new byte[33]), "did:btcr2:k1x", i, Bytes.of(new byte[32]))
                          .rows()
                          .get(0))
                  .isPresent());
        }
        assertTrue(store.check().clean());
      }
    }
  }

  @Test
  void whileItLivesAnotherProcessIsToldWhoItIs() throws Exception {
    Process process = start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertTrue(Optional.ofNullable(said.readLine()).orElse("").startsWith("holds since"));
      try (JournalStore store = JournalStore.open(url(), JournalSettings.defaults())) {
        DuplicateInstanceException refusal =
            assertThrows(DuplicateInstanceException.class, () -> store.acquire("identity", US));
        assertEquals(process.pid(), refusal.holder().pid());
      }
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void aWriteAheadLogThatLostItsEndIsNotMistakenForTheWholeJournal() throws Exception {
    int unused = killedAfter(start(), 30);
    Path log = folder.resolve("journal.db-wal");
    byte[] whole = Files.readAllBytes(log);
    try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(whole.length / 2);
    }
    try (JournalStore store = JournalStore.open(url(), JournalSettings.defaults())) {
      JournalException refusal =
          assertThrows(JournalException.class, () -> store.acquire("identity", US));
      assertEquals(Fault.ROLLED_BACK, refusal.fault());
    }
  }
}
