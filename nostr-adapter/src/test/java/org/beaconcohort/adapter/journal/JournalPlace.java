package org.beaconcohort.adapter.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A place for one test's journal, removed after it. */
interface JournalPlace extends AutoCloseable {
  /** What opens the journal. */
  String url();

  /** Settings that this place needs. */
  JournalSettings settings();

  /** A connection past the journal's own code, without its guards against deletion and change. */
  Connection unguarded() throws SQLException;

  /** An error as this database's driver reports a lost connection. */
  SQLException lost();

  /** A folder for files of the test. */
  Path folder();

  @Override
  void close() throws SQLException, IOException;

  /** Tables whose guards a test lifts. */
  List<String> GUARDED =
      List.of(
          "journal_records",
          "journal_ledger",
          "journal_streams",
          "journal_leases",
          "journal_seals");

  /** A SQLite file. */
  static JournalPlace sqlite() throws IOException {
    return new Sqlite(Files.createTempDirectory("journal"));
  }

  /**
   * A schema of its own in the PostgreSQL that {@code -Djournal.postgres} names, or the environment
   * variable {@code BEACON_COHORT_TEST_POSTGRES}.
   */
  static JournalPlace postgres() throws SQLException, IOException {
    String server =
        System.getProperty(
            "journal.postgres",
            Optional.ofNullable(System.getenv("BEACON_COHORT_TEST_POSTGRES")).orElse(""));
    Assumptions.assumeTrue(
        !server.isEmpty(),
        "no PostgreSQL; set BEACON_COHORT_TEST_POSTGRES=jdbc:postgresql:… or -Djournal.postgres");
    String schema = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = DriverManager.getConnection(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return new Postgres(server, schema, Files.createTempDirectory("journal"));
  }

  /** Removes a folder with all in it. */
  static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** A file. */
  record Sqlite(Path folder) implements JournalPlace {
    Path file() {
      return folder.resolve("journal.db");
    }

    @Override
    public String url() {
      return "jdbc:sqlite:" + file();
    }

    @Override
    public JournalSettings settings() {
      return JournalSettings.defaults();
    }

    @Override
    public Connection unguarded() throws SQLException {
      Connection connection = DriverManager.getConnection(url());
      try (Statement statement = connection.createStatement()) {
        for (String table : GUARDED) {
          statement.execute("DROP TRIGGER IF EXISTS " + table + "_stay");
          statement.execute("DROP TRIGGER IF EXISTS " + table + "_fixed");
          statement.execute("DROP TRIGGER IF EXISTS " + table + "_payload");
        }
      }
      return connection;
    }

    @Override
    public SQLException lost() {
      return new SQLException("the file went away", null, 14);
    }

    @Override
    public void close() throws IOException {
      remove(folder);
    }
  }

  /** A schema on a server. */
  record Postgres(String server, String schema, Path folder) implements JournalPlace {
    @Override
    public String url() {
      return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    @Override
    public JournalSettings settings() {
      return new JournalSettings(Duration.ofMinutes(5), Optional.of(folder));
    }

    @Override
    public Connection unguarded() throws SQLException {
      Connection connection = DriverManager.getConnection(url());
      try (Statement statement = connection.createStatement()) {
        for (String table : GUARDED) {
          statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
        }
      }
      return connection;
    }

    @Override
    public SQLException lost() {
      return new SQLException("the connection broke", "08006");
    }

    @Override
    public void close() throws SQLException, IOException {
      try (Connection connection = DriverManager.getConnection(server);
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA " + schema + " CASCADE");
      }
      remove(folder);
    }
  }
}
