package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.junit.jupiter.api.Test;

/** What befalls files: each fault has its name, and what was acknowledged is there afterwards. */
final class SqliteFaultsTest extends JournalScene {
  @Override
  JournalPlace make() throws IOException {
    return JournalPlace.sqlite();
  }

  private Path file() {
    return place.folder().resolve("journal.db");
  }

  /** A journal whose connection has been told something else. */
  private JournalStore told(String... pragmas) {
    Dialect dialect = Dialect.of(place.url());
    return over(
        Database.open(
            dialect,
            () -> {
              Connection connection = dialect.connect();
              try (Statement statement = connection.createStatement()) {
                for (String pragma : pragmas) {
                  statement.execute("PRAGMA " + pragma);
                }
              }
              return connection;
            }));
  }

  @Test
  void everyFileOfAJournalIsReadableByItsOwnerAlone() throws IOException {
    JournalStore store = open();
    writer(store, "a").append(append("one"));
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(place.folder())) {
      for (Path each : files.sorted().toList()) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
            each::toString);
        names.add(each.getFileName().toString().replaceAll("[.][0-9a-f]{16}[.]", ".ID."));
      }
    }
    assertEquals(
        List.of(
            "journal.db",
            "journal.db-shm",
            "journal.db-wal",
            "journal.db.ID.head",
            "journal.db.ID.lock"),
        names.stream().sorted().toList());
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    open().close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertTrue(refused(Fault.NOT_PRIVATE, this::open).getMessage().contains("chmod 600"));
  }

  @Test
  void aUrlThatIsNoFileOrServerIsRefused() {
    for (String url :
        List.of(
            "jdbc:sqlite::memory:",
            "jdbc:sqlite:",
            "jdbc:sqlite:file:x?mode=memory",
            "jdbc:h2:x",
            "jdbc:sqlite:x?journal_mode=OFF")) {
      assertThrows(IllegalArgumentException.class, () -> Dialect.of(url), url);
    }
    assertEquals("sqlite", Dialect.of("some/path.db").scripts());
    assertEquals("postgres", Dialect.of("jdbc:postgresql://host/db").scripts());
    assertEquals(
        "postgresql://host/db",
        Dialect.of("jdbc:postgresql://host/db?user=me&password=secret").place());
  }

  @Test
  void anotherProgramsFileIsRefusedAndUntouched() throws IOException, SQLException {
    Files.writeString(file(), "this is a letter, and a long one at that, to somebody");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    refused(Fault.NOT_A_JOURNAL, this::open);
    assertTrue(Files.readString(file()).startsWith("this is a letter"));
    Files.delete(file());
    try (Connection connection = DriverManager.getConnection(place.url());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE recipes (name TEXT)");
    }
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    refused(Fault.NOT_A_JOURNAL, this::open);
  }

  @Test
  void aFullDiskLosesNothingThatWasAcknowledged() {
    List<String> acknowledged = new ArrayList<>();
    try (JournalStore store = told("max_page_count = 120")) {
      JournalStream stream = writer(store, "a");
      refused(
          Fault.DISK_FULL,
          () -> {
            for (int i = 0; i < 1_000; i++) {
              String text = "record " + i + " " + "x".repeat(3_000);
              stream.append(append(text));
              acknowledged.add(text);
            }
          });
      assertTrue(acknowledged.size() > 10);
      refused(Fault.DISK_FULL, () -> stream.append(append("x".repeat(9_000))));
      assertEquals(acknowledged, texts(stream.replay().records()));
    }
    JournalStore roomier = open();
    JournalStream stream = writer(roomier, "a");
    assertEquals(acknowledged, texts(stream.replay().records()));
    stream.append(append("space again"));
    assertTrue(roomier.check().clean());
  }

  @Test
  void aReadOnlyJournalIsNamedAndCanBeRead() throws SQLException {
    AtomicReference<Connection> used = new AtomicReference<>();
    Dialect dialect = Dialect.of(place.url());
    JournalStore store =
        over(
            Database.open(
                dialect,
                () -> {
                  used.set(dialect.connect());
                  return used.get();
                }));
    JournalStream stream = writer(store, "a");
    stream.append(append("one"));
    try (Statement statement = used.get().createStatement()) {
      statement.execute("PRAGMA query_only = ON");
    }
    refused(Fault.READ_ONLY, () -> stream.append(append("two")));
    assertEquals(List.of("one"), texts(store.look("a").orElseThrow().records()));
  }

  @Test
  void aDatabaseThatAnotherProgramLocksIsNamed() throws SQLException {
    JournalStore store = told("busy_timeout = 50");
    JournalStream stream = writer(store, "a");
    try (Connection other = DriverManager.getConnection(place.url());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertTrue(refused(Fault.LOCKED, () -> stream.append(append("one"))).temporary());
      statement.execute("ROLLBACK");
    }
    stream.append(append("one"));
    assertEquals(List.of("one"), texts(stream.replay().records()));
  }

  @Test
  void afterAFailedSyncNothingIsAppendedAndTheTruthIsReadBack() {
    for (boolean written : List.of(true, false)) {
      AtomicBoolean armed = new AtomicBoolean();
      Dialect dialect = Dialect.of(place.url());
      SQLException sync = new SQLException("[SQLITE_IOERR_FSYNC] disk I/O error", null, 10);
      String name = "written " + written;
      try (JournalStore store =
          over(
              Database.open(
                  dialect, () -> BrokenCommit.of(dialect.connect(), armed, written, sync)))) {
        JournalStream stream = writer(store, name);
        stream.append(append("one"));
        armed.set(true);
        refused(Fault.IO_ERROR, () -> stream.append(append("two")));
        armed.set(false);
        refused(Fault.IO_ERROR, () -> writerAgain(store, stream));
      }
      try (JournalStore store = open()) {
        assertEquals(
            written ? List.of("one", "two") : List.of("one"),
            texts(store.look(name).orElseThrow().records()));
      }
    }
  }

  private static void writerAgain(JournalStore store, JournalStream stream) {
    assertEquals("sqlite", store.database().dialect().scripts());
    replayed(stream).append(append("three"));
  }

  @Test
  void yesterdaysBackupIsRefusedUntilAnOperatorAcceptsIt() throws IOException {
    try (JournalStore store = open()) {
      writer(store, "a").append(append("yesterday"));
    }
    Path backup = place.folder().resolve("backup");
    Files.copy(file(), backup, StandardCopyOption.COPY_ATTRIBUTES);
    try (JournalStore store = open()) {
      writer(store, "a").append(append("today"));
    }
    Files.move(backup, file(), StandardCopyOption.REPLACE_EXISTING);
    JournalStore store = open();
    refused(Fault.ROLLED_BACK, () -> take(store));
    store.leases().acceptRollback(IDENTITY, "the operator");
    assertEquals(List.of("yesterday"), texts(writer(store, "a").replay().records()));
  }

  @Test
  void aJournalThatVanishedIsNotMistakenForANewOne() throws IOException {
    try (JournalStore store = open()) {
      writer(store, "a").append(append("one"));
    }
    Files.delete(file());
    JournalStore store = open();
    refused(Fault.ROLLED_BACK, () -> take(store));
  }

  @Test
  void ledgerEntriesOfADamagedStreamStillCount() throws SQLException {
    try (JournalStore store = open()) {
      writer(store, "a").append(append("one", opened(1, 1, 1, 1), claimed(1, 1, 1, 5)));
    }
    tamper("UPDATE journal_records SET payload = hash");
    JournalStore store = open();
    IdentityLease lease = take(store);
    refused(Fault.DAMAGED, () -> store.stream(lease, "a").replay().records());
    JournalStream other = replayed(store.stream(lease, "b"));
    refused(Fault.LEDGER_CONFLICT, () -> other.append(append("two", claimed(1, 1, 1, 6))));
  }

  @Test
  void aRecordKeepsItsPayloadOutOfWords() {
    NewRecord record = record("channel key");
    assertEquals("NewRecord[test version 1, 11 bytes]", record.toString());
    JournalStream stream = writer(open(), "a");
    stream.append(append("channel key"));
    assertTrue(
        stream.replay().records().stream().noneMatch(each -> each.toString().contains("channel")));
  }
}
