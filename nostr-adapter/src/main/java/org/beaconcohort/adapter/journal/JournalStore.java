package org.beaconcohort.adapter.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.lease.LeaseKeeper;
import org.beaconcohort.adapter.journal.lease.Leases;
import org.beaconcohort.adapter.journal.ledger.Ledger;
import org.beaconcohort.adapter.journal.ledger.LedgerSeals;
import org.beaconcohort.adapter.journal.ledger.Tombstones;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.Replay;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A journal in a database: append-only streams of typed, versioned records, one stream for each
 * cohort that somebody takes part in. What is appended is on the disk when the call returns.
 *
 * <p>Every fault is a {@link JournalException} that says what happened, what is safe and what to
 * do. Safe for use by many threads; transactions run one at a time.
 */
public final class JournalStore implements AutoCloseable {
  private final Database database;
  private final RecordTable table;
  private final Ledger ledger;
  private final Leases leases;
  private final List<IdentityLease> held = new CopyOnWriteArrayList<>();
  private final Optional<LeaseKeeper> keeper;

  private JournalStore(Database database, JournalSettings settings) {
    this.database = database;
    this.table = new RecordTable(database.dialect());
    this.ledger = new Ledger(database);
    this.leases = new Leases(database, settings.leaseTime(), settings.witnesses());
    // A file's holder keeps its lock as long as it lives.
    this.keeper =
        database.dialect().file().isPresent()
            ? Optional.empty()
            : Optional.of(LeaseKeeper.onItsThread(settings.leaseTime()));
  }

  /**
   * Opens a journal, or makes one where there is none.
   *
   * @param url {@code jdbc:postgresql:…}, or a file as {@code jdbc:sqlite:PATH} or as the path
   * @throws IllegalArgumentException if the URL is none of these
   * @throws JournalException if it cannot be opened
   */
  public static JournalStore open(String url, JournalSettings settings) {
    return over(Database.open(Dialect.of(url)), settings);
  }

  /**
   * Opens a journal for somebody who only looks, while others write or not. It makes, migrates and
   * changes nothing; whatever would write is refused.
   *
   * @param url as above
   * @throws IllegalArgumentException if the URL is none of these
   * @throws JournalException if there is no journal, or it cannot be read
   */
  public static JournalStore openToRead(String url) {
    return over(Database.openToRead(Dialect.of(url)), JournalSettings.defaults());
  }

  /** The journal in an open database, which it closes. */
  public static JournalStore over(Database database, JournalSettings settings) {
    return new JournalStore(database, settings);
  }

  /**
   * Takes an identity, for instance a public key in hexadecimal: whoever holds it is the only one
   * that appends to its streams. It is renewed until it is closed.
   *
   * @throws org.beaconcohort.adapter.journal.lease.DuplicateInstanceException if another instance
   *     holds it
   * @throws JournalException ROLLED_BACK, if the journal was put back to an older state;
   *     LEDGER_DAMAGED, if what its streams have used up is not what was written
   */
  public IdentityLease acquire(String identity, Holder holder) {
    IdentityLease lease = leases.acquire(identity, holder);
    held.add(lease);
    keeper.ifPresent(each -> each.keep(lease));
    return lease;
  }

  /** A stream for its writer; it need not exist yet. */
  public JournalStream stream(IdentityLease lease, String name) {
    return new JournalStream(database, ledger, lease, name);
  }

  /**
   * The identity's key came back from a backup: uses up every nonce that is open in its streams, in
   * one transaction, once for each restore; on the disk when this returns.
   *
   * @param restore random id of the restore, 16 bytes
   * @return how many nonces were used up; -1 if it was done before
   * @throws JournalException if it cannot be written; nothing was then
   */
  public int tombstone(IdentityLease lease, Bytes restore) {
    record Done(int nonces, long count) {}
    Tombstones tombstones = new Tombstones(database.dialect());
    Done done =
        database.write(connection -> {
          long count = lease.use(connection);
          return new Done(tombstones.set(connection, lease.identity(), restore), count);
        });
    lease.acknowledged(done.count());
    return done.nonces();
  }

  /** All streams of all identities. */
  public List<StreamHead> streams() {
    return database.read(table::heads);
  }

  /** A stream as it is now, for somebody who only looks; nothing if there is none. */
  public Optional<Replay> look(String stream) {
    try {
      return database.read(connection -> {
        Optional<StreamHead> head = table.head(connection, stream);
        return head.isEmpty()
            ? Optional.empty()
            : Optional.of(JournalStream.read(table, connection, head.get()));
      });
    } catch (JournalException failure) {
      if (failure.fault() != Fault.CORRUPT) {
        throw failure;
      }
      return Optional.of(
          new Replay.Broken(new StreamDamage(Fault.DAMAGED, stream, 0, failure.detail())));
    }
  }

  /** What is used once, and which keys are halted. */
  public Ledger ledger() {
    return ledger;
  }

  /** Who holds which identity. */
  public Leases leases() {
    return leases;
  }

  /** The database, for exports and archives. */
  public Database database() {
    return database;
  }

  /** Reads everything and says what is wrong with it; changes nothing. */
  public JournalCheck check() {
    List<StreamDamage> damaged = new ArrayList<>();
    int whole = 0;
    int archived = 0;
    for (StreamHead head : streams()) {
      Optional<Replay> replay = look(head.stream());
      if (replay.isPresent() && replay.get() instanceof Replay.Broken broken) {
        if (broken.damage().fault() == Fault.ARCHIVED) {
          archived++;
        } else {
          damaged.add(broken.damage());
        }
      } else {
        whole++;
      }
    }
    damaged.addAll(database.read(new LedgerSeals(database.dialect())::damage));
    return new JournalCheck(whole, archived, damaged, database.read(this::structure));
  }

  private List<String> structure(Connection connection) throws SQLException {
    return database.dialect().structure(connection);
  }

  /** Gives every identity back and closes the database. */
  @Override
  public void close() {
    keeper.ifPresent(LeaseKeeper::close);
    held.forEach(IdentityLease::close);
    database.close();
  }
}
