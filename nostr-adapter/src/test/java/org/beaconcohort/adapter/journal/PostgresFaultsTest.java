package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.DuplicateInstanceException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.lease.Leases;
import org.junit.jupiter.api.Test;

/** What befalls servers and connections to them. */
final class PostgresFaultsTest extends JournalScene {
  @Override
  JournalPlace make() throws SQLException, IOException {
    return JournalPlace.postgres();
  }

  private JournalStore told(String setting) {
    Dialect dialect = Dialect.of(place.url());
    return over(
        Database.open(
            dialect,
            () -> {
              Connection connection = dialect.connect();
              try (Statement statement = connection.createStatement()) {
                statement.execute("SET " + setting);
                connection.commit();
              }
              return connection;
            }));
  }

  private Connection shell() throws SQLException {
    return DriverManager.getConnection(place.url());
  }

  @Test
  void everyCommitWaitsForTheDisk() {
    String set =
        told("statement_timeout = 0")
            .database()
            .read(connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery("SHOW synchronous_commit")) {
                return rows.next() ? rows.getString(1) : "";
              }
            });
    assertEquals("on", set);
  }

  @Test
  void aConnectionThatTheServerEndedIsReplacedAtTheNextAppend() throws SQLException {
    JournalStore store = open();
    JournalStream stream = writer(store, "a");
    stream.append(append("one"));
    int pid =
        store
            .database()
            .read(connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
                return rows.next() ? rows.getInt(1) : 0;
              }
            });
    try (Connection shell = shell();
        Statement statement = shell.createStatement()) {
      statement.execute("SELECT pg_terminate_backend(" + pid + ")");
    }
    assertTrue(refused(Fault.UNREACHABLE, () -> stream.append(append("two"))).temporary());
    stream.append(append("two again"));
    assertEquals(List.of("one", "two again"), texts(stream.replay().records()));
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    refused(
        Fault.UNREACHABLE,
        () ->
            JournalStore.open("jdbc:postgresql://127.0.0.1:1/nothing", JournalSettings.defaults()));
  }

  @Test
  void aRowThatAnotherSessionHoldsIsNamed() throws SQLException {
    JournalStore store = told("lock_timeout = '100ms'");
    JournalStream stream = writer(store, "a");
    try (Connection shell = shell();
        Statement statement = shell.createStatement()) {
      shell.setAutoCommit(false);
      statement.execute("SELECT * FROM journal_leases FOR UPDATE");
      refused(Fault.LOCKED, () -> stream.append(append("one")));
      shell.rollback();
    }
    stream.append(append("one"));
  }

  @Test
  void aServerThatTakesNoWritesIsNamed() {
    open().close();
    JournalStore store = told("default_transaction_read_only = on");
    refused(Fault.READ_ONLY, () -> take(store));
    assertEquals(List.of(), store.streams());
  }

  @Test
  void aSilentHolderIsReplacedWhenItsTimeIsOverAndCanWriteNothingThen() throws SQLException {
    Database database = Database.open(Dialect.of(place.url()));
    JournalStore first = over(database);
    // Past the store, so that nobody renews it: a process that is suspended, say.
    IdentityLease old =
        new Leases(database, Duration.ofSeconds(1), Optional.empty())
            .acquire(IDENTITY, Holder.here(bytes(16, 7)));
    JournalStream stream = replayed(first.stream(old, "a"));
    stream.append(append("one"));
    JournalStore second = brief();
    assertThrows(
        DuplicateInstanceException.class,
        () -> second.acquire(IDENTITY, Holder.here(bytes(16, 8))));
    wait(700);
    old.renew();
    wait(700);
    assertThrows(
        DuplicateInstanceException.class,
        () -> second.acquire(IDENTITY, Holder.here(bytes(16, 8))));
    wait(700);
    IdentityLease now = second.acquire(IDENTITY, Holder.here(bytes(16, 8)));
    assertEquals(old.fence() + 1, now.fence());
    assertTrue(
        refused(Fault.FENCED, () -> stream.append(append("two")))
            .getMessage()
            .contains(bytes(16, 8).hex()));
    JournalStream other = replayed(second.stream(now, "a"));
    other.append(append("two"));
    assertEquals(List.of("one", "two"), texts(other.replay().records()));
  }

  @Test
  void aHolderThatAppendsNothingForLongKeepsItsLease() throws SQLException {
    JournalStore first = brief();
    JournalStream stream = writer(first, "a");
    JournalStore second = brief();
    for (int i = 0; i < 5; i++) {
      wait(700);
      assertThrows(
          DuplicateInstanceException.class,
          () -> second.acquire(IDENTITY, Holder.here(bytes(16, 8))));
    }
    stream.append(append("one"));
  }

  @Test
  void aHolderThatWasReplacedIsToldSoByItsOwnJournal() throws Exception {
    JournalStore first = brief();
    IdentityLease lease = take(first);
    CompletableFuture<JournalException> told = new CompletableFuture<>();
    lease.whenLost(told::complete);
    tamper("UPDATE journal_leases SET fence = fence + 1, instance = 'usurper', host = 'elsewhere'");
    JournalException why = told.get(20, TimeUnit.SECONDS);
    assertEquals(Fault.FENCED, why.fault());
    assertTrue(why.getMessage().contains("usurper"), why.getMessage());
  }

  private JournalStore brief() {
    return over(
        Database.open(Dialect.of(place.url())),
        new JournalSettings(Duration.ofSeconds(1), Optional.empty()));
  }

  /** By the clock that decides. */
  private void wait(int millis) throws SQLException {
    try (Connection shell = shell();
        Statement statement = shell.createStatement()) {
      statement.execute("SELECT pg_sleep(" + millis + " / 1000.0)");
    }
  }
}
