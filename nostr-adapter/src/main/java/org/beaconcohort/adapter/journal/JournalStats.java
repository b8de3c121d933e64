package org.beaconcohort.adapter.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.adapter.journal.database.Database;

/**
 * How much is in a journal.
 *
 * @param streams by state
 * @param records in all streams
 * @param payloadBytes of those that are not in an archive
 * @param ledger rows by kind
 * @param sightings of public nonces
 * @param evidence of conflicts
 * @param openHalts not cleared
 */
public record JournalStats(
    Map<String, Long> streams,
    long records,
    long payloadBytes,
    Map<String, Long> ledger,
    long sightings,
    long evidence,
    long openHalts) {
  /** Copies the maps, in the order of their keys. */
  public JournalStats {
    streams = Collections.unmodifiableMap(new TreeMap<>(streams));
    ledger = Collections.unmodifiableMap(new TreeMap<>(ledger));
  }

  /** Of a journal as it is now, in one consistent look. */
  public static JournalStats of(Database database) {
    return database.read(connection ->
        new JournalStats(
            counts(connection, "SELECT state, count(*) FROM journal_streams GROUP BY state"),
            count(connection, "SELECT count(*) FROM journal_records"),
            count(connection, "SELECT coalesce(sum(length(payload)), 0) FROM journal_records"),
            counts(connection, "SELECT kind, count(*) FROM journal_ledger GROUP BY kind"),
            count(connection, "SELECT count(*) FROM journal_sightings"),
            count(connection, "SELECT count(*) FROM journal_evidence"),
            count(connection, "SELECT count(*) FROM journal_halts WHERE cleared_at IS NULL")));
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static Map<String, Long> counts(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      Map<String, Long> found = new TreeMap<>();
      while (rows.next()) {
        found.put(String.valueOf(rows.getString(1)), rows.getLong(2));
      }
      return found;
    }
  }
}
