package org.beaconcohort.adapter.journal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Row;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a restore from a backup leaves in a journal: every nonce that was open is used up without a
 * signature, because what the backup calls open may have been signed with since (R9).
 */
public final class Tombstones {
  private final Dialect dialect;
  private final LedgerSeals seals;

  /** Tombstones in a database of that kind. */
  public Tombstones(Dialect dialect) {
    this.dialect = dialect;
    this.seals = new LedgerSeals(dialect);
  }

  /**
   * Within a transaction of the identity's holder: claims every nonce of the identity's streams
   * that is open and unclaimed, for the restore instead of a transcript. Once for each restore.
   *
   * @param restore random id, 16 bytes
   * @return how many nonces; -1 if it was done before
   */
  public int set(Connection connection, String identity, Bytes restore) throws SQLException {
    Row mark = mark(identity, restore);
    if (!enter(connection, mark, identity, "restores of " + identity)) {
      return -1;
    }
    List<Open> open = open(connection, identity);
    for (Open each : open) {
      Row claim = new Row(LedgerKind.NONCE_CLAIM, each.slot(), mark.value());
      if (!enter(connection, claim, each.owner(), each.stream())) {
        throw new IllegalStateException("nonce must be unclaimed in one transaction: " + each);
      }
    }
    return open.size();
  }

  private record Open(String slot, String owner, String stream) {}

  private static List<Open> open(Connection connection, String identity) throws SQLException {
    List<Open> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT slot.subject, slot.owner, slot.stream FROM journal_ledger slot"
                + " JOIN journal_streams s ON s.stream = slot.stream"
                + " WHERE slot.kind = ? AND s.identity = ? AND NOT EXISTS"
                + " (SELECT 1 FROM journal_ledger claim"
                + " WHERE claim.kind = ? AND claim.subject = slot.subject)"
                + " ORDER BY slot.stream, slot.subject")) {
      select.setString(1, LedgerKind.NONCE_SLOT.name());
      select.setString(2, identity);
      select.setString(3, LedgerKind.NONCE_CLAIM.name());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Open(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return found;
  }

  /** The row that says that a restore was dealt with. */
  public static Row mark(String identity, Bytes restore) {
    String value = "restore " + restore.hex();
    return new Row(LedgerKind.TOMBSTONE, identity + " " + value, value);
  }

  /** Whether it is new. */
  private boolean enter(Connection connection, Row row, String owner, String stream)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
                + " VALUES (?, ?, ?, ?, ?, "
                + dialect.now()
                + ") ON CONFLICT (kind, subject) DO NOTHING")) {
      insert.setString(1, row.kind().name());
      insert.setString(2, row.subject());
      insert.setString(3, row.value());
      insert.setString(4, owner);
      insert.setString(5, stream);
      if (insert.executeUpdate() == 0) {
        return false;
      }
    }
    seals.raise(connection, stream, List.of(row), owner);
    return true;
  }
}
