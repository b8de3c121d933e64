package org.beaconcohort.adapter.journal.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * The schema as numbered scripts, each run once and in order, all in one transaction. A script that
 * was released is never changed; the next version is another script.
 *
 * <p>Statements of a script end with a semicolon before an empty line, so that a function's body
 * may hold semicolons.
 */
final class Migrations {
  private static final Pattern STATEMENTS = Pattern.compile(";\\s*\\n\\s*\\n");

  private final List<String> names;

  Migrations(List<String> names) {
    this.names = List.copyOf(names);
  }

  static Migrations ofThisVersion() {
    return new Migrations(List.of("001-journal", "002-seals"));
  }

  /**
   * Runs what is missing and returns the schema's version.
   *
   * @throws JournalException if the schema is newer than this program, or is no journal's
   */
  int bring(Dialect dialect, Connection connection) throws SQLException {
    dialect.lockSchema(connection);
    int version = version(dialect, connection);
    if (version > names.size()) {
      throw newer(dialect, version);
    }
    for (int next = version + 1; next <= names.size(); next++) {
      run(connection, script(dialect.scripts() + "/" + names.get(next - 1) + ".sql"));
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO journal_schema (version, applied_at) VALUES (?, "
                  + dialect.now()
                  + ")")) {
        insert.setInt(1, next);
        insert.executeUpdate();
      }
    }
    return names.size();
  }

  /**
   * The schema's version, which must be this program's; changes nothing.
   *
   * @throws JournalException if it is another, or there is no journal
   */
  int require(Dialect dialect, Connection connection) throws SQLException {
    if (!isJournal(connection)) {
      throw new JournalException(Fault.NOT_A_JOURNAL, dialect.place() + " holds no journal");
    }
    int version = newest(connection);
    if (version > names.size()) {
      throw newer(dialect, version);
    }
    if (version < names.size()) {
      throw new JournalException(
          Fault.OLDER_SCHEMA,
          dialect.place() + " has schema " + version + ", this program's is " + names.size());
    }
    return version;
  }

  private JournalException newer(Dialect dialect, int version) {
    return new JournalException(
        Fault.NEWER_SCHEMA,
        dialect.place() + " has schema " + version + ", known are 1 to " + names.size());
  }

  private static boolean isJournal(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), "journal_schema", null)) {
      return tables.next();
    }
  }

  private static int newest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT max(version) FROM journal_schema")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static int version(Dialect dialect, Connection connection) throws SQLException {
    // Empty database or none of ours: decided before anything is made.
    if (!isJournal(connection)) {
      try (Statement statement = connection.createStatement()) {
        try (ResultSet rows = statement.executeQuery(dialect.foreignTables())) {
          if (rows.next() && rows.getInt(1) > 0) {
            throw new JournalException(
                Fault.NOT_A_JOURNAL, dialect.place() + " holds tables of another program");
          }
        }
        statement.execute(
            "CREATE TABLE journal_schema"
                + " (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)");
      }
    }
    return newest(connection);
  }

  private static void run(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : STATEMENTS.split(script, -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program's jar must hold " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the program's jar must be readable", unreadable);
    }
  }
}
