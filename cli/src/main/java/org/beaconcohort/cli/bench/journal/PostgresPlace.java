package org.beaconcohort.cli.bench.journal;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;

/** A schema for each journal on a server that runs, dropped in the end. */
final class PostgresPlace implements Place {
  private static final String PREFIX = "jdbc:postgresql:";

  private final String server;
  private final SecureRandom random;
  private final List<String> schemas = new ArrayList<>();

  /**
   * A server.
   *
   * @param url {@code jdbc:postgresql:…}, of a user who may make schemas
   * @throws CommandFailure usage, for another URL
   */
  PostgresPlace(String url, SecureRandom random) {
    if (!url.startsWith(PREFIX)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "POSTGRES",
          "--postgres must begin with " + PREFIX,
          "for instance --postgres jdbc:postgresql://127.0.0.1:5432/bench?user=bench");
    }
    this.server = url;
    this.random = random;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String fresh() {
    byte[] drawn = new byte[8];
    random.nextBytes(drawn);
    String schema = "beacon_cohort_bench_" + HexFormat.of().formatHex(drawn);
    schemas.add(schema);
    execute("CREATE SCHEMA " + schema);
    return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  @Override
  public JournalStore open(String url) {
    return JournalStore.open(url, JournalSettings.defaults());
  }

  @Override
  public void close() {
    schemas.forEach(schema -> execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE"));
    schemas.clear();
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      // The driver's words may hold what the URL says about a user.
      throw CommandFailure.unavailable(
          "PostgreSQL must take connections and let this user make schemas, it says "
              + failure.getSQLState(),
          "start one, or leave --postgres out");
    }
  }
}
