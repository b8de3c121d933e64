package org.beaconcohort.adapter.journal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Row;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a restore from a backup leaves in a journal: every nonce that was open is used up without a
 * signature, because what the backup calls open may have been signed with since (R9).
 */
public final class Tombstones {
  private final Dialect dialect;

  /** Tombstones in a database of that kind. */
  public Tombstones(Dialect dialect) {
    this.dialect = dialect;
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
    if (!enter(connection, identity, mark)) {
      return -1;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
                + " SELECT '"
                + LedgerKind.NONCE_CLAIM
                + "', slot.subject, ?, slot.owner, slot.stream, "
                + dialect.now()
                + " FROM journal_ledger slot JOIN journal_streams s ON s.stream = slot.stream"
                + " WHERE slot.kind = '"
                + LedgerKind.NONCE_SLOT
                + "' AND s.identity = ? AND NOT EXISTS (SELECT 1 FROM journal_ledger claim WHERE"
                + " claim.kind = '"
                + LedgerKind.NONCE_CLAIM
                + "' AND claim.subject = slot.subject)")) {
      insert.setString(1, mark.value());
      insert.setString(2, identity);
      return insert.executeUpdate();
    }
  }

  /** The row that says that a restore was dealt with. */
  public static Row mark(String identity, Bytes restore) {
    String value = "restore " + restore.hex();
    return new Row(LedgerKind.TOMBSTONE, identity + " " + value, value);
  }

  /** Whether it is new. */
  private boolean enter(Connection connection, String identity, Row mark) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
                + " VALUES (?, ?, ?, ?, '', "
                + dialect.now()
                + ") ON CONFLICT (kind, subject) DO NOTHING")) {
      insert.setString(1, mark.kind().name());
      insert.setString(2, mark.subject());
      insert.setString(3, mark.value());
      insert.setString(4, identity);
      return insert.executeUpdate() == 1;
    }
  }
}
