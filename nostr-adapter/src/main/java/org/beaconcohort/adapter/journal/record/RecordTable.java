package org.beaconcohort.adapter.journal.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.musig2.bytes.Bytes;

/** The tables of streams and records; every call runs in its caller's transaction. */
public final class RecordTable {
  private static final String HEAD =
      "SELECT stream, identity, state, records, head, archive FROM journal_streams";

  private static final int FETCH = 500;

  private final Dialect dialect;

  /** The tables of a database. */
  public RecordTable(Dialect dialect) {
    this.dialect = dialect;
  }

  /** All streams by name. */
  public List<StreamHead> heads(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEAD + " ORDER BY stream");
        ResultSet rows = select.executeQuery()) {
      List<StreamHead> heads = new ArrayList<>();
      while (rows.next()) {
        heads.add(head(rows));
      }
      return heads;
    }
  }

  /** Where a stream is, if it exists. */
  public Optional<StreamHead> head(Connection connection, String stream) throws SQLException {
    return head(connection, stream, "");
  }

  /** The same, and nobody changes it until the transaction ends. */
  public Optional<StreamHead> lockedHead(Connection connection, String stream) throws SQLException {
    return head(connection, stream, dialect.forUpdate());
  }

  private static Optional<StreamHead> head(Connection connection, String stream, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(HEAD + " WHERE stream = ?" + lock)) {
      select.setString(1, stream);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(head(rows)) : Optional.empty();
      }
    }
  }

  private static StreamHead head(ResultSet row) throws SQLException {
    return new StreamHead(
        row.getString(1),
        row.getString(2),
        StreamHead.State.of(String.valueOf(row.getString(3))),
        row.getLong(4),
        bytes(row, 5),
        Optional.ofNullable(row.getString(6)));
  }

  /** What a damaged row lacks is no hash, and the chain shows it. */
  private static Bytes bytes(ResultSet row, int column) throws SQLException {
    byte[] content = row.getBytes(column);
    return content == null ? Bytes.EMPTY : Bytes.of(content);
  }

  /**
   * Appends to a stream that must be at {@code head}; makes it if that has no records.
   *
   * @return where the stream is then
   * @throws JournalException STREAM_MOVED, if it is somewhere else
   */
  public StreamHead append(
      Connection connection, StreamHead head, List<NewRecord> records, long fence)
      throws SQLException {
    if (head.records() == 0) {
      open(connection, head);
    }
    Bytes hash = head.hash();
    long seq = head.records();
    List<StoredRecord> rows = new ArrayList<>();
    for (NewRecord record : records) {
      seq++;
      Bytes payloadHash = RecordChain.payloadHash(record.payload());
      hash = RecordChain.next(hash, head.stream(), seq, record, payloadHash);
      rows.add(
          new StoredRecord(
              seq,
              record.type(),
              record.version(),
              Optional.of(record.payload()),
              payloadHash,
              hash,
              record.retained(),
              fence,
              0));
    }
    StreamHead grown = head.grown(records.size(), hash);
    move(connection, head, grown);
    insert(connection, head.stream(), rows);
    return grown;
  }

  private void open(Connection connection, StreamHead head) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_streams (stream, identity, state, opened_at, records, head)"
                + " VALUES (?, ?, 'OPEN', "
                + dialect.now()
                + ", 0, ?) ON CONFLICT (stream) DO NOTHING")) {
      insert.setString(1, head.stream());
      insert.setString(2, head.identity());
      insert.setBytes(3, head.hash().toArray());
      insert.executeUpdate();
    }
  }

  /** The compare-and-set that keeps two writers from one place in a chain. */
  private static void move(Connection connection, StreamHead from, StreamHead to)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_streams SET records = ?, head = ? WHERE stream = ? AND identity = ?"
                + " AND records = ? AND head = ? AND state <> 'ARCHIVED'")) {
      update.setLong(1, to.records());
      update.setBytes(2, to.hash().toArray());
      update.setString(3, from.stream());
      update.setString(4, from.identity());
      update.setLong(5, from.records());
      update.setBytes(6, from.hash().toArray());
      if (update.executeUpdate() != 1) {
        throw new JournalException(
            Fault.STREAM_MOVED,
            "stream "
                + from.stream()
                + " must be at record "
                + from.records()
                + " of identity "
                + from.identity());
      }
    }
  }

  /** A row without a time gets the database's. */
  private void insert(Connection connection, String stream, List<StoredRecord> rows)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_records (stream, seq, type, version, payload, payload_hash, hash,"
                + " retained, fence, appended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " coalesce(CAST(? AS BIGINT), "
                + dialect.now()
                + "))")) {
      for (StoredRecord row : rows) {
        insert.setString(1, stream);
        insert.setLong(2, row.seq());
        insert.setString(3, row.type());
        insert.setInt(4, row.version());
        insert.setBytes(5, row.payload().map(Bytes::toArray).orElse(null));
        insert.setBytes(6, row.payloadHash().toArray());
        insert.setBytes(7, row.hash().toArray());
        insert.setInt(8, row.retained() ? 1 : 0);
        insert.setLong(9, row.fence());
        if (row.appendedAt() == 0) {
          insert.setNull(10, Types.BIGINT);
        } else {
          insert.setLong(10, row.appendedAt());
        }
        insert.executeUpdate();
      }
    }
  }

  /** The records of a stream in order, not verified. */
  public List<StoredRecord> records(Connection connection, String stream) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seq, type, version, payload, payload_hash, hash, retained, fence, appended_at"
                + " FROM journal_records WHERE stream = ? ORDER BY seq")) {
      select.setFetchSize(FETCH);
      select.setString(1, stream);
      try (ResultSet rows = select.executeQuery()) {
        List<StoredRecord> records = new ArrayList<>();
        while (rows.next()) {
          records.add(
              new StoredRecord(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getInt(3),
                  Optional.ofNullable(rows.getBytes(4)).map(Bytes::of),
                  bytes(rows, 5),
                  bytes(rows, 6),
                  rows.getInt(7) == 1,
                  rows.getLong(8),
                  rows.getLong(9)));
        }
        return records;
      }
    }
  }

  /** The cohort has ended; the stream may be archived from now on. */
  public void finish(Connection connection, String stream) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_streams SET state = 'FINISHED' WHERE stream = ? AND state = 'OPEN'")) {
      update.setString(1, stream);
      update.executeUpdate();
    }
  }

  /** Takes away the payloads that are not retained; a file of this name has them. */
  public void archive(Connection connection, String stream, String file) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_records SET payload = NULL"
                + " WHERE stream = ? AND retained = 0 AND payload IS NOT NULL")) {
      update.setString(1, stream);
      update.executeUpdate();
    }
    settle(connection, stream, StreamHead.State.ARCHIVED, Optional.of(file));
  }

  /** Puts payloads back where they hash as they must; the stream reads again. */
  public void restore(Connection connection, String stream, List<StoredRecord> records)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_records SET payload = ?"
                + " WHERE stream = ? AND seq = ? AND payload IS NULL AND payload_hash = ?")) {
      for (StoredRecord record : records) {
        if (record.payload().isPresent()) {
          update.setBytes(1, record.payload().get().toArray());
          update.setString(2, stream);
          update.setLong(3, record.seq());
          update.setBytes(4, RecordChain.payloadHash(record.payload().get()).toArray());
          update.executeUpdate();
        }
      }
    }
    settle(connection, stream, StreamHead.State.FINISHED, Optional.empty());
  }

  /** Makes a stream with all its records as another journal had them; they must be verified. */
  public void copyIn(Connection connection, StreamHead head, List<StoredRecord> records)
      throws SQLException {
    StreamHead empty = StreamHead.ofNew(head.stream(), head.identity());
    open(connection, empty);
    move(connection, empty, head);
    insert(connection, head.stream(), records);
    settle(connection, head.stream(), head.state(), head.archive());
  }

  private static void settle(
      Connection connection, String stream, StreamHead.State state, Optional<String> archive)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_streams SET state = ?, archive = ? WHERE stream = ?")) {
      update.setString(1, state.name());
      update.setString(2, archive.orElse(null));
      update.setString(3, stream);
      update.executeUpdate();
    }
  }
}
