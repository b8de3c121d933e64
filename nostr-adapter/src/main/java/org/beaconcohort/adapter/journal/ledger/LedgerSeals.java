package org.beaconcohort.adapter.journal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.jspecify.annotations.Nullable;

/**
 * Notices a ledger row that was changed, taken away or put in past this program: every append that
 * enters rows raises its stream's seal in the same transaction. Against accidents, like the chains
 * of records; whoever means it can make the seal fit.
 */
public final class LedgerSeals {
  private static final String TABLE = "journal_ledger";

  /** One statement, so that it sees one state whatever others append meanwhile. */
  private static final String EVERYTHING =
      "SELECT coalesce(s.stream, l.stream), s.entries, s.digest, l.kind, l.subject, l.value,"
          + " l.owner, l.stream FROM journal_seals s FULL JOIN journal_ledger l"
          + " ON l.stream = s.stream";

  /** And of rows whose stream is not here, which may be anybody's. */
  private static final String OF_IDENTITY =
      EVERYTHING
          + " LEFT JOIN journal_streams t ON t.stream = coalesce(s.stream, l.stream)"
          + " WHERE t.identity = ? OR t.identity IS NULL";

  private final Dialect dialect;

  /** The seals of a database. */
  public LedgerSeals(Dialect dialect) {
    this.dialect = dialect;
  }

  /** What a stream's seal says and what its rows come to. */
  private static final class Compared {
    private final @Nullable LedgerSeal sealed;
    private LedgerSeal found = LedgerSeal.NOTHING;

    Compared(@Nullable LedgerSeal sealed) {
      this.sealed = sealed;
    }

    boolean fits() {
      return sealed != null
          && sealed.entries() == found.entries()
          && (sealed.onlyCounts() || sealed.equals(found));
    }

    String words() {
      if (sealed == null) {
        return "ledger rows without a seal: " + found.entries();
      }
      return sealed.entries() == found.entries()
          ? "of " + found.entries() + " ledger rows some are not what was written"
          : "ledger rows must be " + sealed.entries() + ", there are " + found.entries();
    }
  }

  /** Raises a stream's seal by rows that were entered in this transaction. */
  void raise(Connection connection, String stream, List<LedgerEntry.Row> rows, String owner)
      throws SQLException {
    LedgerSeal seal = LedgerSeal.NOTHING;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT entries, digest FROM journal_seals WHERE stream = ?" + dialect.forUpdate())) {
      select.setString(1, stream);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          seal = new LedgerSeal(row.getLong(1), row.getString(2));
        }
      }
    }
    for (LedgerEntry.Row row : rows) {
      seal = seal.with(row.kind().name(), row.subject(), row.value(), owner, stream);
    }
    write(connection, stream, seal);
  }

  private static void write(Connection connection, String stream, LedgerSeal seal)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO journal_seals (stream, entries, digest) VALUES (?, ?, ?)"
                + " ON CONFLICT (stream) DO UPDATE SET entries = excluded.entries,"
                + " digest = excluded.digest")) {
      upsert.setString(1, stream);
      upsert.setLong(2, seal.entries());
      upsert.setString(3, seal.digest());
      upsert.executeUpdate();
    }
  }

  /**
   * What is wrong with the rows that streams of an identity entered, and with those of streams that
   * are not here; nothing if all is well. Changes nothing.
   */
  public List<StreamDamage> damage(Connection connection, String identity) throws SQLException {
    return damage(connection, compared(connection, OF_IDENTITY, identity));
  }

  /** What is wrong with any row. Changes nothing. */
  public List<StreamDamage> damage(Connection connection) throws SQLException {
    return damage(connection, compared(connection, EVERYTHING, null));
  }

  private List<StreamDamage> damage(Connection connection, Map<String, Compared> streams)
      throws SQLException {
    List<StreamDamage> found = new ArrayList<>();
    streams.forEach((stream, compared) -> {
      if (!compared.fits()) {
        found.add(new StreamDamage(Fault.LEDGER_DAMAGED, stream, 0, compared.words()));
      }
    });
    // An index that lacks a row would let it be used a second time.
    for (String words : dialect.structure(connection, TABLE)) {
      found.add(new StreamDamage(Fault.LEDGER_DAMAGED, "any", 0, words));
    }
    return List.copyOf(found);
  }

  /** Completes seals that only count: of an identity, and of streams that are not here. */
  public void complete(Connection connection, String identity) throws SQLException {
    for (Map.Entry<String, Compared> each :
        compared(connection, OF_IDENTITY, identity).entrySet()) {
      LedgerSeal sealed = each.getValue().sealed;
      if (sealed != null && sealed.onlyCounts() && each.getValue().fits()) {
        write(connection, each.getKey(), each.getValue().found);
      }
    }
  }

  /** Seals rows that have no seal, in a journal whose other seals fit: of an older export. */
  public void sealMissing(Connection connection) throws SQLException {
    for (Map.Entry<String, Compared> each : compared(connection, EVERYTHING, null).entrySet()) {
      if (each.getValue().sealed == null) {
        write(connection, each.getKey(), each.getValue().found);
      }
    }
  }

  /** Takes the rows as they are for what is to be there: by an operator's word alone. */
  public void accept(Connection connection, String identity) throws SQLException {
    if (!dialect.structure(connection, TABLE).isEmpty()) {
      try (PreparedStatement reindex = connection.prepareStatement("REINDEX " + TABLE)) {
        reindex.execute();
      }
    }
    for (Map.Entry<String, Compared> each :
        compared(connection, OF_IDENTITY, identity).entrySet()) {
      write(connection, each.getKey(), each.getValue().found);
    }
  }

  private static Map<String, Compared> compared(
      Connection connection, String sql, @Nullable String identity) throws SQLException {
    Map<String, Compared> streams = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      if (identity != null) {
        select.setString(1, identity);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String digest = row.getString(3);
          long entries = row.getLong(2);
          Compared each =
              streams.computeIfAbsent(
                  String.valueOf(row.getString(1)),
                  unused -> new Compared(digest == null ? null : new LedgerSeal(entries, digest)));
          if (row.getString(8) != null) {
            each.found =
                each.found.with(
                    String.valueOf(row.getString(4)),
                    String.valueOf(row.getString(5)),
                    String.valueOf(row.getString(6)),
                    String.valueOf(row.getString(7)),
                    row.getString(8));
          }
        }
      }
    }
    return streams;
  }
}
