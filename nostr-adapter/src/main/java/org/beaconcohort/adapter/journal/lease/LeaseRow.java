package org.beaconcohort.adapter.journal.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.database.Dialect;

/**
 * A row of {@code journal_leases}.
 *
 * @param leftMillis until its time is over, by the database's clock; negative when it is
 */
record LeaseRow(
    String identity, long fence, long appends, boolean held, Holder holder, long leftMillis) {
  private static final String ALL =
      "SELECT fence, appends, held, instance, host, pid, since, until - %s, identity"
          + " FROM journal_leases";

  private static final String COLUMNS = ALL + " WHERE identity = ?";

  /** The row, kept as it is until the transaction ends. */
  static Optional<LeaseRow> find(Dialect dialect, Connection connection, String identity)
      throws SQLException {
    return select(connection, COLUMNS.formatted(dialect.now()) + dialect.forUpdate(), identity);
  }

  /** The row as it is now. */
  static Optional<LeaseRow> look(Dialect dialect, Connection connection, String identity)
      throws SQLException {
    return select(connection, COLUMNS.formatted(dialect.now()), identity);
  }

  private static Optional<LeaseRow> select(Connection connection, String sql, String identity)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, identity);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(of(row));
      }
    }
  }

  /** All rows as they are now, by identity. */
  static List<LeaseRow> all(Dialect dialect, Connection connection) throws SQLException {
    String sql = ALL.formatted(dialect.now()) + " ORDER BY identity";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<LeaseRow> found = new ArrayList<>();
      while (rows.next()) {
        found.add(of(rows));
      }
      return found;
    }
  }

  private static LeaseRow of(ResultSet row) throws SQLException {
    Holder holder =
        new Holder(
            row.getString(4),
            row.getString(5),
            row.getLong(6),
            Instant.ofEpochMilli(row.getLong(7)));
    return new LeaseRow(
        row.getString(9),
        row.getLong(1),
        row.getLong(2),
        row.getInt(3) == 1,
        holder,
        row.getLong(8));
  }
}
