package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.sealed.FileSealedNonces;
import org.beaconcohort.adapter.journal.sealed.SealedNoncesFailure;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key came back from a backup: what was open in its journal and beside it is used up. */
final class TombstonesTest {
  private static final Bytes OWNER = Bytes.ofHex("0a".repeat(32));
  private static final Bytes RESTORE = Bytes.ofHex("0b".repeat(16));
  private static final SealedNonces.Id FIRST = new SealedNonces.Id(Bytes.ofHex("01".repeat(32)), 1);
  private static final SealedNonces.Id LATER = new SealedNonces.Id(Bytes.ofHex("02".repeat(32)), 1);

  @TempDir private Path folder = Path.of("");
  private JournalStore store;
  private DurableJournals journals;

  private JournalStore open() {
    return JournalStore.open(folder.resolve("journal").toString(), JournalSettings.defaults());
  }

  @BeforeEach
  void aMembershipWithAnOpenAndSealedNonce() {
    store = open();
    restart();
    IdentityLease lease = store.acquire(OWNER.hex(), Holder.here(Bytes.of(new byte[16])));
    JournalStream stream = store.stream(lease, "member/" + OWNER.hex() + "/1");
    assertEquals(List.of(), stream.replay().records());
    LedgerEntry.Slot slot =
        new LedgerEntry.Slot(FIRST.roundId(), Bytes.ofHex("02".repeat(33)), RESTORE, 1);
    stream.append(
        new Append(
            List.of(),
            List.of(new LedgerEntry.NonceOpened(slot, Bytes.ofHex("03".repeat(66)))),
            List.of()));
    lease.close();
    put("aa", FIRST);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void restart() {
    store.close();
    store = open();
    journals = new DurableJournals(store, Bytes.of(new byte[16]));
  }

  private Path nonces() {
    return folder.resolve("nonces");
  }

  private void put(String membership, SealedNonces.Id id) {
    try (FileSealedNonces sealed = FileSealedNonces.in(nonces().resolve(membership))) {
      sealed.put(id, Bytes.ofHex("0c".repeat(40)));
    }
  }

  private Set<SealedNonces.Id> held(String membership) {
    try (FileSealedNonces sealed = FileSealedNonces.in(nonces().resolve(membership))) {
      return sealed.held();
    }
  }

  private int tombstone() {
    List<FileSealedNonces> sealed = SealedStores.all(nonces());
    try {
      return journals.tombstone(OWNER, RESTORE, sealed);
    } finally {
      sealed.forEach(FileSealedNonces::close);
    }
  }

  @Test
  void sealedNoncesOfEveryMembershipAreDestroyedAndOpenOnesUsedUpOnce() {
    put("bb", FIRST);
    assertEquals(1, tombstone());
    assertEquals(Set.of(), held("aa"));
    assertEquals(Set.of(), held("bb"));
    put("bb", LATER);
    assertEquals(-1, tombstone());
    restart();
    assertEquals(-1, tombstone());
    assertEquals(Set.of(LATER), held("bb"), "what was sealed after the restore stays");
  }

  @Test
  void aCrashBetweenSealedNoncesAndJournalIsMadeGoodByTheNextStart() {
    List<FileSealedNonces> sealed = SealedStores.all(nonces());
    SealedNonces dies =
        new SealedNonces() {
          @Override
          public Set<Id> held() {
            throw new IllegalStateException("the power goes");
          }

          @Override
          public void put(Id id, Bytes content) {
            throw new AssertionError("nothing is sealed here");
          }

          @Override
          public java.util.Optional<Bytes> take(Id id) {
            throw new AssertionError("nothing is taken here");
          }
        };
    List<SealedNonces> all = List.of(sealed.getFirst(), dies);
    assertThrows(IllegalStateException.class, () -> journals.tombstone(OWNER, RESTORE, all));
    sealed.forEach(FileSealedNonces::close);
    assertEquals(Set.of(), held("aa"));
    restart();
    assertEquals(1, tombstone());
    restart();
    assertEquals(-1, tombstone());
  }

  @Test
  void nothingIsMarkedIfTheJournalCannotBeWritten() {
    store.close();
    assertThrows(RuntimeException.class, this::tombstone);
    restart();
    assertEquals(1, tombstone());
  }

  @Test
  void whoDoesNotHoldTheIdentityDestroysNothing() {
    try (IdentityLease other =
        store.acquire(OWNER.hex(), Holder.here(Bytes.ofHex("0d".repeat(16))))) {
      assertThrows(DuplicateInstanceException.class, this::tombstone);
      assertEquals(OWNER.hex(), other.identity());
    }
    assertEquals(Set.of(FIRST), held("aa"));
  }

  @Test
  void sealedNoncesOfARunningMembershipAreNotTakenFromIt() {
    try (FileSealedNonces running = FileSealedNonces.in(nonces().resolve("aa"))) {
      assertThrows(SealedNoncesFailure.class, this::tombstone);
      assertEquals(Set.of(FIRST), running.held());
    }
    assertEquals(1, tombstone());
  }

  @Test
  void aKeyWithoutSealedNoncesHasNoFolder() {
    assertEquals(List.of(), SealedStores.all(folder.resolve("none")));
    assertTrue(Files.notExists(folder.resolve("none")));
  }
}
