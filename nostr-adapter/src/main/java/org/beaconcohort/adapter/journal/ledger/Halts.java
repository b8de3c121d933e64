package org.beaconcohort.adapter.journal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.beaconcohort.adapter.journal.database.Database;

/**
 * Keys that sign nothing until an operator clears them, and the evidence why. A halt that could not
 * be written holds in this process all the same.
 */
public final class Halts {
  private final Database database;
  private final Map<String, String> unwritten = new ConcurrentHashMap<>();

  Halts(Database database) {
    this.database = database;
  }

  /** Keeps both sides of a conflict and halts the keys on both. */
  public void keep(LedgerConflictException conflict) {
    String reason = conflict.kind() + " " + conflict.subject() + " was offered twice";
    List<String> owners =
        conflict.owners().stream().filter(owner -> !owner.equals("none")).toList();
    owners.forEach(owner -> unwritten.put(owner, reason));
    int unused =
        database.write(connection -> {
          note(
              connection,
              new Evidence(
                  conflict.kind().name(),
                  conflict.subject(),
                  conflict.offered().owner(),
                  conflict.offered().stream(),
                  conflict.existing().toString(),
                  conflict.offered().toString(),
                  Instant.EPOCH));
          for (String owner : owners) {
            raise(connection, owner, reason);
          }
          return owners.size();
        });
    owners.forEach(unwritten::remove);
  }

  /** Halts a key, for a reason that somebody else found. */
  public void raise(String owner, String reason) {
    unwritten.put(owner, reason);
    int unused =
        database.write(connection -> {
          raise(connection, owner, reason);
          return 1;
        });
    unwritten.remove(owner);
  }

  /**
   * Lets a key sign again; what it did stays on record.
   *
   * @param operator who decided it
   * @return how many halts were cleared
   */
  public int clear(String owner, String operator) {
    if (operator.isBlank()) {
      throw new IllegalArgumentException("operator must be named to clear a halt, got nothing");
    }
    int cleared =
        database.write(connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE journal_halts SET cleared_by = ?, cleared_at = "
                      + database.dialect().now()
                      + " WHERE owner = ? AND cleared_at IS NULL")) {
            update.setString(1, operator);
            update.setString(2, owner);
            return update.executeUpdate();
          }
        });
    return unwritten.remove(owner) == null ? cleared : cleared + 1;
  }

  /** Every halt there ever was, the oldest first. */
  public List<Halt> all() {
    return database.read(connection -> {
      List<Halt> found = new ArrayList<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT owner, reason, raised_at, cleared_by, cleared_at FROM journal_halts"
                      + " ORDER BY id");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Optional<String> cleared = Optional.ofNullable(rows.getString(4));
          long clearedAt = rows.getLong(5);
          found.add(
              new Halt(
                  rows.getString(1),
                  rows.getString(2),
                  Instant.ofEpochMilli(rows.getLong(3)),
                  cleared,
                  cleared.map(by -> Instant.ofEpochMilli(clearedAt))));
        }
      }
      return List.copyOf(found);
    });
  }

  /** All evidence, the oldest first. */
  public List<Evidence> evidence() {
    return database.read(connection -> {
      List<Evidence> found = new ArrayList<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT kind, subject, owner, stream, existing, offered, noted_at"
                      + " FROM journal_evidence ORDER BY id");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Evidence(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6),
                  Instant.ofEpochMilli(rows.getLong(7))));
        }
      }
      return List.copyOf(found);
    });
  }

  /** Whether and why a key is halted now. */
  public Optional<String> reason(String owner) {
    return database.read(connection -> reason(connection, owner));
  }

  Optional<String> reason(Connection connection, String owner) throws SQLException {
    String here = unwritten.get(owner);
    if (here != null) {
      return Optional.of(here);
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT reason FROM journal_halts WHERE owner = ? AND cleared_at IS NULL"
                + " ORDER BY id LIMIT 1")) {
      select.setString(1, owner);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  /** Adds evidence within a transaction; its time is the database's. */
  public void note(Connection connection, Evidence evidence) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_evidence"
                + " (kind, subject, owner, stream, existing, offered, noted_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, "
                + database.dialect().now()
                + ")")) {
      insert.setString(1, evidence.kind());
      insert.setString(2, evidence.subject());
      insert.setString(3, evidence.owner());
      insert.setString(4, evidence.stream());
      insert.setString(5, evidence.existing());
      insert.setString(6, evidence.offered());
      insert.executeUpdate();
    }
  }

  /** Halts keys within an append's transaction. */
  public void raise(Connection connection, List<RaisedHalt> halts) throws SQLException {
    for (RaisedHalt halt : halts) {
      raise(connection, halt.owner(), halt.reason());
    }
  }

  private void raise(Connection connection, String owner, String reason) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_halts (owner, reason, raised_at) VALUES (?, ?, "
                + database.dialect().now()
                + ")")) {
      insert.setString(1, owner);
      insert.setString(2, reason);
      insert.executeUpdate();
    }
  }
}
