package org.beaconcohort.adapter.journal.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;

/**
 * A PostgreSQL database, shared by the hosts of one service. Every commit waits for the disk, and
 * for synchronous replicas where the server has them; a server without fsync is refused.
 */
public final class PostgresDialect implements Dialect {
  static final String PREFIX = "jdbc:postgresql:";

  /** One lock for all changes of schema; any number that nobody else uses in this database. */
  private static final long SCHEMA_LOCK = 0x6265_6163_6f6eL;

  private final String url;

  PostgresDialect(String url) {
    this.url = url;
  }

  @Override
  public String scripts() {
    return "postgres";
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public String place() {
    String shown = url.substring("jdbc:".length()).replaceAll("[?].*", "");
    return shown.replaceAll("//[^/@]*@", "//");
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = session();
    try (Statement statement = connection.createStatement()) {
      // Never less than the server's own choice: remote_apply stays what it is.
      statement.execute(
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') IN ('off', 'local')");
      try (ResultSet rows = statement.executeQuery("SHOW fsync")) {
        if (!rows.next() || !rows.getString(1).equals("on")) {
          throw new JournalException(Fault.NOT_DURABLE, place() + " runs with fsync off");
        }
      }
      connection.setAutoCommit(false);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  @Override
  public Connection connectToRead() throws SQLException {
    Connection connection = session();
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  private Connection session() throws SQLException {
    Properties defaults = new Properties();
    defaults.setProperty("connectTimeout", "10");
    defaults.setProperty("socketTimeout", "60");
    defaults.setProperty("tcpKeepAlive", "true");
    defaults.setProperty("ApplicationName", "beacon-cohort journal");
    Connection connection = DriverManager.getConnection(url, defaults);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '10s'");
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    if (!writes) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      }
    }
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
    }
  }

  /** Other programs' tables do not disturb: a journal's names are its own. */
  @Override
  public String foreignTables() {
    return "SELECT 0";
  }

  /** The server has tools of its own for that, such as pg_amcheck. */
  @Override
  public List<String> structure(Connection connection) {
    return List.of();
  }

  @Override
  public List<String> structure(Connection connection, String table) {
    return List.of();
  }

  @Override
  public String now() {
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  /** By SQLSTATE, classes before single states. */
  @Override
  public Fault fault(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return switch (state) {
      case "53100" -> Fault.DISK_FULL;
      case "25006", "42501" -> Fault.READ_ONLY;
      case "58030" -> Fault.IO_ERROR;
      case "55P03", "57014", "40P01", "40001" -> Fault.LOCKED;
      case "XX001", "XX002" -> Fault.CORRUPT;
      case "57P01", "57P02", "57P03", "53300", "3D000", "28000", "28P01" -> Fault.UNREACHABLE;
      default -> state.startsWith("08") ? Fault.UNREACHABLE : Fault.UNEXPECTED;
    };
  }
}
