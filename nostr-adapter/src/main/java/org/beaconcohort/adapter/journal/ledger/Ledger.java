package org.beaconcohort.adapter.journal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException.Use;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.NonceClaimed;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.NonceOpened;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Row;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Unique rows over all cohorts and all history of a journal. They are entered in the transaction of
 * the append that they belong to, and the database refuses a second use.
 */
public final class Ledger {
  /** Kind of the evidence of a public nonce that came in two statements. */
  public static final String REPEATED = "NONCE_REPEATED";

  private static final String NOBODY = "none";
  private static final Use NEVER = new Use("nothing, it was never opened", NOBODY, "none");

  private final Database database;
  private final Halts halts;
  private final LedgerSeals seals;

  /** The ledger of a database. */
  public Ledger(Database database) {
    this.database = database;
    this.halts = new Halts(database);
    this.seals = new LedgerSeals(database.dialect());
  }

  /** Keys that are halted, and evidence. */
  public Halts halts() {
    return halts;
  }

  /**
   * Enters rows within an append's transaction; a row that is there already changes nothing.
   *
   * @throws LedgerConflictException if one is there with another use
   * @throws JournalException HALTED, if an owner is halted, even for a repetition
   */
  public void enter(Connection connection, String stream, List<LedgerEntry> entries)
      throws SQLException {
    Set<String> owners = new TreeSet<>();
    entries.forEach(entry -> owners.add(entry.owner().hex()));
    for (String owner : owners) {
      Optional<String> halted = halts.reason(connection, owner);
      if (halted.isPresent()) {
        throw new JournalException(Fault.HALTED, "key " + owner + ": " + halted.get());
      }
    }
    for (LedgerEntry entry : entries) {
      if (entry instanceof NonceClaimed claimed) {
        requireOpened(connection, stream, claimed);
      }
      String owner = entry.owner().hex();
      List<Row> entered = new ArrayList<>();
      for (Row row : entry.rows()) {
        if (enter(connection, row, new Use(row.value(), owner, stream))) {
          entered.add(row);
        }
      }
      if (!entered.isEmpty()) {
        if (entry instanceof NonceOpened opened) {
          requireUnseen(connection, stream, opened);
        }
        seals.raise(connection, stream, entered, owner);
      }
    }
  }

  /**
   * A fresh nonce that somebody has published before comes from a source of randomness that two
   * processes share, for instance on a copied machine (GW-5).
   */
  private static void requireUnseen(Connection connection, String stream, NonceOpened opened)
      throws SQLException {
    List<NonceSighting> seen = sightings(connection, opened.publicNonce());
    if (!seen.isEmpty()) {
      Row row = opened.rows().get(0);
      throw new LedgerConflictException(
          row,
          new Use(seen.getFirst().toString(), NOBODY, "none"),
          new Use(row.value(), opened.owner().hex(), stream));
    }
  }

  /** Whether the row was not there before. */
  private boolean enter(Connection connection, Row row, Use use) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_ledger (kind, subject, value, owner, stream, entered_at)"
                + " VALUES (?, ?, ?, ?, ?, "
                + database.dialect().now()
                + ") ON CONFLICT (kind, subject) DO NOTHING")) {
      insert.setString(1, row.kind().name());
      insert.setString(2, row.subject());
      insert.setString(3, use.value());
      insert.setString(4, use.owner());
      insert.setString(5, use.stream());
      if (insert.executeUpdate() == 1) {
        return true;
      }
    }
    Use existing = find(connection, row.kind(), row.subject()).orElse(NEVER);
    if (!existing.value().equals(use.value())) {
      throw new LedgerConflictException(row, existing, use);
    }
    return false;
  }

  private static void requireOpened(Connection connection, String stream, NonceClaimed claimed)
      throws SQLException {
    String slot = claimed.slot().toString();
    if (find(connection, LedgerKind.NONCE_SLOT, slot).isEmpty()) {
      Row row = claimed.rows().get(0);
      throw new LedgerConflictException(
          row, NEVER, new Use(row.value(), claimed.owner().hex(), stream));
    }
  }

  private static Optional<Use> find(Connection connection, LedgerKind kind, String subject)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT value, owner, stream FROM journal_ledger WHERE kind = ? AND subject = ?")) {
      select.setString(1, kind.name());
      select.setString(2, subject);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Use(rows.getString(1), rows.getString(2), rows.getString(3)))
            : Optional.empty();
      }
    }
  }

  /** What the ledger holds for a row's subject, whatever its value. */
  public Optional<Use> use(Row row) {
    return database.read(connection -> find(connection, row.kind(), row.subject()));
  }

  /**
   * Keeps sightings within an append's transaction, and evidence of every nonce that comes in
   * another statement than before, in whatever cohort (GW-5). Whose fault it is, or who copied
   * whom, cannot be seen, so nobody's key is halted for what others say.
   */
  public void see(Connection connection, String stream, List<NonceSighting> sightings)
      throws SQLException {
    if (sightings.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_sightings (nonce, statement, author, round, stream, seen_at)"
                + " VALUES (?, ?, ?, ?, ?, "
                + database.dialect().now()
                + ") ON CONFLICT (nonce, statement) DO NOTHING")) {
      for (NonceSighting sighting : sightings) {
        insert.setString(1, sighting.publicNonce().hex());
        insert.setString(2, sighting.statement().hex());
        insert.setString(3, sighting.author().hex());
        insert.setString(4, sighting.roundId().hex());
        insert.setString(5, stream);
        if (insert.executeUpdate() == 1) {
          noteRepetition(connection, stream, sighting);
        }
      }
    }
  }

  private void noteRepetition(Connection connection, String stream, NonceSighting sighting)
      throws SQLException {
    for (NonceSighting earlier : sightings(connection, sighting.publicNonce())) {
      if (!earlier.statement().equals(sighting.statement())) {
        halts.note(
            connection,
            new Evidence(
                REPEATED,
                sighting.publicNonce().hex(),
                sighting.author().hex(),
                stream,
                earlier.toString(),
                sighting.toString(),
                Instant.EPOCH));
      }
    }
  }

  /**
   * Every statement of any cohort that carried a public nonce. More than one means that it was used
   * twice or copied; who did which cannot be seen.
   */
  public List<NonceSighting> sightings(Bytes publicNonce) {
    return database.read(connection -> sightings(connection, publicNonce));
  }

  private static List<NonceSighting> sightings(Connection connection, Bytes publicNonce)
      throws SQLException {
    List<NonceSighting> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT statement, author, round FROM journal_sightings WHERE nonce = ?"
                + " ORDER BY statement")) {
      select.setString(1, publicNonce.hex());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new NonceSighting(
                  publicNonce,
                  Bytes.ofHex(rows.getString(1)),
                  Bytes.ofHex(rows.getString(2)),
                  Bytes.ofHex(rows.getString(3))));
        }
      }
    }
    return List.copyOf(found);
  }
}
