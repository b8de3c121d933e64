package org.beaconcohort.adapter.journal.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.ledger.LedgerSeals;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.cohort.model.FieldHash;
import org.jspecify.annotations.Nullable;

/**
 * Hands out identities, one holder each. For a file a lock of the operating system decides, so a
 * crashed holder is replaced at once; for a server the lease's time does, by the server's clock.
 */
public final class Leases {
  private final Database database;
  private final Duration ttl;
  private final Optional<Path> witnesses;
  private final LedgerSeals seals;

  /**
   * The leases of a database.
   *
   * @param ttl how long a holder of a server's lease may be silent
   * @param witnesses folder for this machine's witnesses of a server's journal; a file's are beside
   *     it
   */
  public Leases(Database database, Duration ttl, Optional<Path> witnesses) {
    this.database = database;
    this.ttl = ttl;
    this.witnesses = witnesses;
    this.seals = new LedgerSeals(database.dialect());
  }

  /**
   * Takes an identity.
   *
   * @throws DuplicateInstanceException if another instance holds it
   * @throws JournalException ROLLED_BACK, if this machine has seen more appends than there are;
   *     LEDGER_DAMAGED, if rows that its streams entered are not what was written
   */
  public IdentityLease acquire(String identity, Holder holder) {
    ProcessLock lock = lock(identity);
    boolean done = false;
    try {
      Witness witness = witness(identity);
      OptionalLong seen = read(witness);
      LeaseRow row =
          database.write(connection -> {
            LeaseRow before = row(connection, identity);
            requireFree(before, lock != null);
            if (seen.isPresent() && seen.getAsLong() > before.appends()) {
              throw rolledBack(before, seen.getAsLong());
            }
            requireWhole(connection, identity);
            take(connection, identity, holder);
            return LeaseRow.find(database.dialect(), connection, identity).orElseThrow();
          });
      done = true;
      return new IdentityLease(database, row, ttl.toMillis(), new IdentityFiles(lock, witness));
    } finally {
      if (!done && lock != null) {
        lock.close();
      }
    }
  }

  /** Before anything is appended: a row that is gone is no longer refused a second time. */
  private void requireWhole(Connection connection, String identity) throws SQLException {
    seals.complete(connection, identity);
    List<StreamDamage> damage = seals.damage(connection, identity);
    if (!damage.isEmpty()) {
      throw damage.get(0).exception();
    }
  }

  /** What is wrong with the ledger rows of an identity; nothing if all is well. */
  public List<StreamDamage> ledgerDamage(String identity) {
    return database.read(connection -> seals.damage(connection, identity));
  }

  /** Who holds an identity now, or held it last. */
  public Optional<Holder> holder(String identity) {
    return database
        .read(connection -> LeaseRow.look(database.dialect(), connection, identity))
        .filter(row -> row.fence() > 0)
        .map(LeaseRow::holder);
  }

  /** How many appends of an identity this machine has seen; nothing if it keeps no witness. */
  public OptionalLong seen(String identity) {
    return read(witness(identity));
  }

  /** Every identity that was ever held, by name. */
  public List<LeaseState> all() {
    return database.read(connection -> LeaseRow.all(database.dialect(), connection)).stream()
        .map(row ->
            new LeaseState(
                row.identity(),
                row.holder(),
                row.fence(),
                row.appends(),
                row.held(),
                Duration.ofMillis(row.leftMillis())))
        .toList();
  }

  /**
   * Takes a journal that was rolled back, or whose ledger is damaged, for the one to go on with.
   * The operator answers for what it forgot: outpoints that were signed for, updates that were
   * handed out.
   */
  public void acceptRollback(String identity, String operator) {
    if (operator.isBlank()) {
      throw new IllegalArgumentException("operator must be named to accept a rollback");
    }
    ProcessLock lock = lock(identity);
    try {
      Witness witness = witness(identity);
      OptionalLong seen = read(witness);
      long appends =
          database.write(connection -> {
            LeaseRow row = row(connection, identity);
            requireFree(row, lock != null);
            note(connection, row, seen, operator);
            for (StreamDamage damage : seals.damage(connection, identity)) {
              note(connection, identity, damage, operator);
            }
            seals.accept(connection, identity);
            return row.appends();
          });
      if (witness != null) {
        witness.write(appends);
      }
    } catch (IOException failure) {
      throw unwritable(identity, failure);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private LeaseRow row(Connection connection, String identity) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_leases"
                + " (identity, fence, appends, held, instance, host, pid, since, until)"
                + " VALUES (?, 0, 0, 0, '', '', 0, 0, 0) ON CONFLICT (identity) DO NOTHING")) {
      insert.setString(1, identity);
      insert.executeUpdate();
    }
    return LeaseRow.find(database.dialect(), connection, identity).orElseThrow();
  }

  /** With the machine's lock in hand, whoever is in the row is dead. */
  private static void requireFree(LeaseRow row, boolean locked) {
    if (!locked && row.held() && row.leftMillis() > 0) {
      throw new DuplicateInstanceException(
          row.identity(),
          row.holder(),
          "; unless it renews, it is free in " + row.leftMillis() + " ms");
    }
  }

  private void take(Connection connection, String identity, Holder holder) throws SQLException {
    String now = database.dialect().now();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal_leases SET fence = fence + 1, held = 1, instance = ?, host = ?,"
                + " pid = ?, since = "
                + now
                + ", until = ? + "
                + now
                + " WHERE identity = ?")) {
      update.setString(1, holder.instance());
      update.setString(2, holder.host());
      update.setLong(3, holder.pid());
      update.setLong(4, ttl.toMillis());
      update.setString(5, identity);
      update.executeUpdate();
    }
  }

  private void note(Connection connection, LeaseRow row, OptionalLong seen, String operator)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_evidence"
                + " (kind, subject, owner, stream, existing, offered, noted_at)"
                + " VALUES ('ROLLED_BACK', ?, ?, '', ?, ?, "
                + database.dialect().now()
                + ")")) {
      insert.setString(1, "identity " + row.identity());
      insert.setString(2, row.identity());
      insert.setString(3, row.appends() + " appends, accepted by " + operator);
      insert.setString(
          4, (seen.isPresent() ? seen.getAsLong() : "unknown") + " appends were seen here");
      insert.executeUpdate();
    }
  }

  private void note(Connection connection, String identity, StreamDamage damage, String operator)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_evidence"
                + " (kind, subject, owner, stream, existing, offered, noted_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, "
                + database.dialect().now()
                + ")")) {
      insert.setString(1, damage.fault().name());
      insert.setString(2, "identity " + identity);
      insert.setString(3, identity);
      insert.setString(4, damage.stream());
      insert.setString(5, "accepted by " + operator);
      insert.setString(6, damage.detail());
      insert.executeUpdate();
    }
  }

  private static JournalException rolledBack(LeaseRow row, long seen) {
    return new JournalException(
        Fault.ROLLED_BACK,
        "identity "
            + row.identity()
            + " has "
            + row.appends()
            + " appends, this machine has seen "
            + seen);
  }

  private @Nullable ProcessLock lock(String identity) {
    Optional<Path> file = database.dialect().file();
    if (file.isEmpty()) {
      return null;
    }
    Path path = beside(file.get(), identity, "lock");
    try {
      return ProcessLock.take(path)
          .orElseThrow(() ->
              new DuplicateInstanceException(
                  identity,
                  holder(identity)
                      .orElseGet(() -> new Holder("unknown", "this host", 0, Instant.EPOCH)),
                  ""));
    } catch (IOException failure) {
      throw unwritable(path.toString(), failure);
    }
  }

  private @Nullable Witness witness(String identity) {
    return database
        .dialect()
        .file()
        .or(() -> witnesses.map(folder -> folder.resolve("journal")))
        .map(path -> new Witness(beside(path, identity, "head")))
        .orElse(null);
  }

  private static OptionalLong read(@Nullable Witness witness) {
    try {
      return witness == null ? OptionalLong.empty() : witness.read();
    } catch (IOException failure) {
      throw unwritable("its witness", failure);
    }
  }

  /** {@code journal.db.0123456789abcdef.lock}: an identity may be longer than a file name. */
  private static Path beside(Path journal, String identity, String what) {
    String name = FieldHash.of("journal-identity").text(identity).hash().hex().substring(0, 16);
    return journal.resolveSibling(journal.getFileName() + "." + name + "." + what);
  }

  private static JournalException unwritable(String what, IOException failure) {
    return new JournalException(Fault.READ_ONLY, "cannot use " + what + ": " + failure, failure);
  }
}
