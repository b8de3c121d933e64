package org.beaconcohort.adapter.journal.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of earlier versions of this program. */
final class MigrationsTest {
  private static final Holder HOLDER = Holder.here(Bytes.of(new byte[16]));

  @TempDir private Path folder;

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("journal.db");
  }

  /** A file as version 1 of the schema made it, with two rows in its ledger. */
  private void versionOne() throws SQLException {
    Dialect dialect = Dialect.of(url());
    try (Connection connection = dialect.connect()) {
      dialect.begin(connection, true);
      assertEquals(1, new Migrations(List.of("001-journal")).bring(dialect, connection));
      dialect.commit(connection);
    }
    change(
        "INSERT INTO journal_streams VALUES ('a', 'identity', 'OPEN', 0, 0, zeroblob(32), NULL)",
        "INSERT INTO journal_ledger VALUES ('OUTPOINT', 'x', 'y', 'z', 'a', 0)",
        "INSERT INTO journal_ledger VALUES ('OUTPOINT', 'x2', 'y', 'z', 'a', 0)");
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = Dialect.of(url()).connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private JournalStore open() {
    return JournalStore.open(url(), JournalSettings.defaults());
  }

  @Test
  void aFileOfVersionOneIsBroughtUpToDateAndItsLedgerWatchedFromThenOn() throws SQLException {
    versionOne();
    JournalException older =
        assertThrows(JournalException.class, () -> JournalStore.openToRead(url()));
    assertEquals(Fault.OLDER_SCHEMA, older.fault());
    try (JournalStore store = open()) {
      assertTrue(store.check().clean());
      store.acquire("identity", HOLDER).close();
      assertTrue(store.check().clean());
    }
    change(
        "DROP TRIGGER journal_ledger_fixed",
        "UPDATE journal_ledger SET value = 'another' WHERE subject = 'x2'");
    try (JournalStore store = open()) {
      JournalException refusal =
          assertThrows(JournalException.class, () -> store.acquire("identity", HOLDER));
      assertEquals(Fault.LEDGER_DAMAGED, refusal.fault());
    }
  }

  @Test
  void rowsOfVersionOneAreCountedBeforeAnybodyTakesTheirIdentity() throws SQLException {
    versionOne();
    open().close();
    change("DROP TRIGGER journal_ledger_stay", "DELETE FROM journal_ledger WHERE subject = 'x2'");
    try (JournalStore store = open()) {
      JournalException refusal =
          assertThrows(JournalException.class, () -> store.acquire("identity", HOLDER));
      assertEquals(Fault.LEDGER_DAMAGED, refusal.fault());
      assertTrue(refusal.getMessage().contains("must be 2, there are 1"), refusal.getMessage());
    }
  }
}
