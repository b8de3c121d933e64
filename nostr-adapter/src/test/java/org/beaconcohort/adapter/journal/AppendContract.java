package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Records go in whole and come out as they went in. */
abstract class AppendContract extends JournalScene {
  @Test
  void whatWasAppendedIsReplayedInOrderAfterReopening() {
    try (JournalStore store = open()) {
      JournalStream stream = writer(store, "a");
      stream.append(Append.of(List.of(record("one"), record("two"))));
      stream.append(Append.of(List.of(new NewRecord("other", 3, Bytes.EMPTY, true))));
    }
    List<StoredRecord> records = open().stream(take(open()), "a").replay().records();
    assertEquals(List.of("one", "two", ""), texts(records));
    assertEquals(List.of(1L, 2L, 3L), records.stream().map(StoredRecord::seq).toList());
    assertEquals("other", records.get(2).type());
    assertEquals(3, records.get(2).version());
    assertTrue(records.get(2).retained());
  }

  @Test
  void aStreamThatNobodyWroteIsEmpty() {
    JournalStore store = open();
    assertEquals(List.of(), store.stream(take(store), "a").replay().records());
    assertEquals(List.of(), store.streams());
    assertTrue(store.look("a").isEmpty());
  }

  @Test
  void streamsDoNotSeeOneAnother() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream a = replayed(store.stream(lease, "a"));
    JournalStream b = replayed(store.stream(lease, "b"));
    a.append(append("one"));
    b.append(append("two"));
    a.append(append("three"));
    assertEquals(List.of("one", "three"), texts(a.replay().records()));
    assertEquals(List.of("two"), texts(b.replay().records()));
    assertEquals(3, lease.appends());
  }

  @Test
  void anAppendBeforeAReplayIsRefused() {
    JournalStore store = open();
    JournalStream stream = store.stream(take(store), "a");
    refused(Fault.STREAM_MOVED, () -> stream.append(append("one")));
  }

  @Test
  void twoWritersOfOneStreamCannotBothGoOn() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream first = replayed(store.stream(lease, "a"));
    JournalStream second = replayed(store.stream(lease, "a"));
    first.append(append("one"));
    refused(Fault.STREAM_MOVED, () -> second.append(append("two")));
    assertEquals(List.of("one"), texts(second.replay().records()));
    second.append(append("two"));
    refused(Fault.STREAM_MOVED, () -> first.append(append("three")));
  }

  @Test
  void aStreamBelongsToOneIdentity() {
    JournalStore store = open();
    writer(store, "a").append(append("one"));
    IdentityLease other = store.acquire("other", Holder.here(bytes(16, 8)));
    refused(Fault.STREAM_MOVED, () -> store.stream(other, "a").replay());
  }

  @Test
  void theDatabaseItselfRefusesDeletionAndChange() throws SQLException {
    JournalStore store = open();
    writer(store, "a").append(append("one", opened(1, 1, 1, 1)));
    store.close();
    for (String attack :
        List.of(
            "DELETE FROM journal_records",
            "DELETE FROM journal_ledger",
            "DELETE FROM journal_streams",
            "DELETE FROM journal_leases",
            "UPDATE journal_ledger SET value = 'x'",
            "UPDATE journal_records SET hash = payload",
            "UPDATE journal_records SET payload = hash")) {
      try (Connection connection = DriverManager.getConnection(place.url());
          Statement statement = connection.createStatement()) {
        assertThrows(SQLException.class, () -> statement.execute(attack), attack);
      }
    }
  }

  @Test
  void aJournalOfANewerVersionIsRefusedAndUnchanged() throws SQLException {
    open().close();
    tamper("INSERT INTO journal_schema (version, applied_at) VALUES (99, 0)");
    assertTrue(
        refused(Fault.NEWER_SCHEMA, this::open).getMessage().contains("schema 99, known are 1 to"));
  }

  @Test
  void aCommitWhoseAnswerIsLostLeavesTheStreamClosedUntilItIsReplayed() {
    for (boolean written : List.of(true, false)) {
      AtomicBoolean armed = new AtomicBoolean();
      Dialect dialect = Dialect.of(place.url());
      JournalStore store =
          over(
              Database.open(
                  dialect, () -> BrokenCommit.of(dialect.connect(), armed, written, place.lost())));
      JournalStream stream = writer(store, "written " + written);
      stream.append(append("one"));
      armed.set(true);
      refused(Fault.OUTCOME_UNKNOWN, () -> stream.append(append("two")));
      armed.set(false);
      refused(Fault.STREAM_MOVED, () -> stream.append(append("three")));
      assertEquals(
          written ? List.of("one", "two") : List.of("one"), texts(stream.replay().records()));
      stream.append(append("three"));
      store.close();
    }
  }
}
