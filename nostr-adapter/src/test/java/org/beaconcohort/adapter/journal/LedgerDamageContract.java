package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.beaconcohort.adapter.journal.archive.JournalArchive;
import org.beaconcohort.adapter.journal.archive.JournalExport;
import org.beaconcohort.adapter.journal.archive.JournalImport;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that is not as it was written lets its identity sign nothing. */
abstract class LedgerDamageContract extends JournalScene {
  private static final String ROW = " WHERE kind = 'NONCE_CLAIM'";

  /** Streams a and b of one identity, c of another. */
  private void written() {
    try (JournalStore store = open()) {
      IdentityLease lease = take(store);
      replayed(store.stream(lease, "a"))
          .append(append("one", opened(1, 1, 1, 1), claimed(1, 1, 1, 9)));
      replayed(store.stream(lease, "b")).append(append("one", opened(1, 2, 1, 2)));
      IdentityLease other = store.acquire("other", Holder.here(bytes(16, 8)));
      replayed(store.stream(other, "c")).append(append("one", opened(2, 1, 1, 3)));
    }
  }

  private List<String> damaged() {
    return open().check().damaged().stream()
        .filter(damage -> damage.fault() == Fault.LEDGER_DAMAGED)
        .map(StreamDamage::stream)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal_ledger SET kind = 'OUTPOINT'" + ROW,
        "UPDATE journal_ledger SET subject = subject || '0'" + ROW,
        "UPDATE journal_ledger SET value = '0a' || substr(value, 3)" + ROW,
        "UPDATE journal_ledger SET owner = '05' || substr(owner, 3)" + ROW,
        "UPDATE journal_ledger SET stream = 'b'" + ROW,
        "UPDATE journal_ledger SET stream = 'nobody'" + ROW,
        "DELETE FROM journal_ledger" + ROW,
        "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
            + " VALUES ('OUTPOINT', 'x', 'y', 'z', 'a', 0)",
        "UPDATE journal_seals SET entries = entries - 1 WHERE stream = 'a'",
        "UPDATE journal_seals SET digest = '0' || substr(digest, 2, 62) || '0' WHERE stream = 'a'",
        "DELETE FROM journal_seals WHERE stream = 'a'"
      })
  void aRowThatWasChangedTakenAwayOrPutInStopsItsIdentityAndNoOther(String attack)
      throws SQLException {
    written();
    assertEquals(List.of(), damaged());
    tamper(attack);
    assertTrue(damaged().contains("a"), () -> "found " + damaged());
    JournalStore store = open();
    String message = refused(Fault.LEDGER_DAMAGED, () -> take(store)).getMessage();
    assertTrue(message.contains("ledger rows"), message);
    if (!attack.contains("nobody")) {
      IdentityLease other = store.acquire("other", Holder.here(bytes(16, 8)));
      replayed(store.stream(other, "c")).append(append("two"));
    }
  }

  @Test
  void aRowOfAStreamThatIsNotHereStopsEverybodySinceItMayBeAnybodys() throws SQLException {
    written();
    tamper(
        "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
            + " VALUES ('OUTPOINT', 'x', 'y', 'z', 'nobody', 0)");
    assertEquals(List.of("nobody"), damaged());
    JournalStore store = open();
    refused(Fault.LEDGER_DAMAGED, () -> take(store));
    refused(Fault.LEDGER_DAMAGED, () -> store.acquire("other", Holder.here(bytes(16, 8))));
  }

  @Test
  void rowsOfAnArchivedStreamAreWatchedToo() throws SQLException {
    written();
    try (JournalStore store = open();
        IdentityLease lease = take(store)) {
      store.stream(lease, "a").finish();
      assertEquals(1, JournalArchive.write(store, lease, place.folder().resolve("archive")));
    }
    assertEquals(List.of(), damaged());
    tamper("DELETE FROM journal_ledger" + ROW);
    refused(Fault.LEDGER_DAMAGED, () -> take(open()));
  }

  @Test
  void anOperatorMayGoOnWithWhatIsLeftAndThatStaysOnRecord() throws SQLException {
    written();
    tamper("DELETE FROM journal_ledger" + ROW);
    JournalStore store = open();
    assertEquals(1, store.leases().ledgerDamage(IDENTITY).size());
    store.leases().acceptRollback(IDENTITY, "the operator");
    assertEquals(List.of(), store.leases().ledgerDamage(IDENTITY));
    writer(store, "a").append(append("two", opened(1, 3, 1, 4)));
    assertTrue(
        store.ledger().halts().evidence().stream()
            .anyMatch(evidence ->
                evidence.kind().equals("LEDGER_DAMAGED")
                    && evidence.existing().contains("the operator")
                    && evidence.offered().contains("must be 3, there are 2")));
  }

  @Test
  void aSealTravelsWithAnExportSoThatItBringsNoDamageAlong() throws Exception {
    written();
    Path whole = place.folder().resolve("whole");
    Path damaged = place.folder().resolve("damaged");
    var unused = JournalExport.write(open(), whole);
    tamper("DELETE FROM journal_ledger" + ROW);
    var unusedToo = JournalExport.write(open(), damaged);
    try (JournalPlace elsewhere = make();
        JournalStore target = JournalStore.open(elsewhere.url(), elsewhere.settings())) {
      String message =
          refused(Fault.BAD_EXPORT, () -> JournalImport.read(target, damaged)).getMessage();
      assertTrue(message.contains("its ledger, stream a"), message);
      assertEquals(3, JournalImport.read(target, whole).streams());
      assertTrue(target.check().clean());
      take(target).close();
    }
    refused(Fault.BAD_EXPORT, () -> JournalImport.read(open(), whole));
  }

  @Test
  void aJournalFromBeforeThereWereSealsIsSealedWhenItsIdentityIsTaken() throws SQLException {
    written();
    // As the migration leaves it: counts, no sums.
    tamper("UPDATE journal_seals SET digest = ''");
    assertEquals(List.of(), damaged());
    take(open()).close();
    tamper("UPDATE journal_ledger SET value = '0a' || substr(value, 3)" + ROW);
    refused(Fault.LEDGER_DAMAGED, () -> take(open()));
    tamper("UPDATE journal_seals SET digest = ''", "DELETE FROM journal_ledger" + ROW);
    refused(Fault.LEDGER_DAMAGED, () -> take(open()));
  }
}
