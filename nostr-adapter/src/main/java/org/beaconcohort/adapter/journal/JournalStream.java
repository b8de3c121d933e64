package org.beaconcohort.adapter.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.Ledger;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.adapter.journal.record.RecordChain;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.Replay;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.jspecify.annotations.Nullable;

/**
 * One stream in the hands of its writer. It is replayed first, and again after every failure that
 * leaves open what is in the journal; only then can it be appended to. Thread-safe.
 */
public final class JournalStream {
  private final Database database;
  private final RecordTable table;
  private final Ledger ledger;
  private final IdentityLease lease;
  private final String name;
  private @Nullable StreamHead head;

  JournalStream(Database database, Ledger ledger, IdentityLease lease, String name) {
    this.database = database;
    this.table = new RecordTable(database.dialect());
    this.ledger = ledger;
    this.lease = lease;
    this.name = name;
  }

  /** The stream's name. */
  public String name() {
    return name;
  }

  /**
   * All records, verified, or why this stream cannot be used. Waits for an append whose outcome is
   * still open at the server.
   *
   * @throws JournalException if the database cannot be read at all
   */
  public synchronized Replay replay() {
    head = null;
    Replay replay;
    try {
      replay =
          database.write(connection ->
              read(table, connection, name, table.lockedHead(connection, name), lease));
    } catch (JournalException failure) {
      if (failure.fault() != Fault.CORRUPT) {
        throw failure;
      }
      replay = new Replay.Broken(new StreamDamage(Fault.DAMAGED, name, 0, failure.detail()));
    }
    if (replay instanceof Replay.Whole whole) {
      head = whole.head();
    }
    return replay;
  }

  private static Replay read(
      RecordTable table,
      Connection connection,
      String name,
      Optional<StreamHead> found,
      IdentityLease lease)
      throws SQLException {
    StreamHead head = found.orElseGet(() -> StreamHead.ofNew(name, lease.identity()));
    if (!head.identity().equals(lease.identity())) {
      throw new JournalException(
          Fault.STREAM_MOVED,
          "stream " + name + " is of identity " + head.identity() + ", not " + lease.identity());
    }
    return read(table, connection, head);
  }

  /** A stream as it is, verified. */
  static Replay read(RecordTable table, Connection connection, StreamHead head)
      throws SQLException {
    if (head.state() == StreamHead.State.ARCHIVED) {
      return new Replay.Broken(
          new StreamDamage(
              Fault.ARCHIVED, head.stream(), 1, "the file is " + head.archive().orElse("unknown")));
    }
    if (head.state() == StreamHead.State.UNREADABLE) {
      return new Replay.Broken(
          new StreamDamage(Fault.DAMAGED, head.stream(), 0, "its state cannot be read"));
    }
    List<StoredRecord> records = table.records(connection, head.stream());
    Optional<StreamDamage> damage = RecordChain.damage(head, records);
    return damage.isPresent() ? new Replay.Broken(damage.get()) : new Replay.Whole(head, records);
  }

  /**
   * Appends in one transaction, which also checks the lease's fencing number; on the disk when this
   * returns.
   *
   * @throws LedgerConflictException if an entry is taken by another use; both sides are kept and
   *     their keys halted
   * @throws JournalException if it cannot be appended, or if it is not known whether it was
   */
  public synchronized void append(Append append) {
    StreamHead before = head;
    if (before == null) {
      throw new JournalException(
          Fault.STREAM_MOVED, "stream " + name + " must be replayed before it is appended to");
    }
    try {
      Appended done =
          database.write(connection -> {
            long count = lease.use(connection);
            ledger.enter(connection, name, append.entries());
            StreamHead after = table.append(connection, before, append.records(), lease.fence());
            ledger.see(connection, name, append.sightings());
            ledger.halts().raise(connection, append.halts());
            return new Appended(after, count);
          });
      head = done.head();
      lease.acknowledged(done.count());
    } catch (LedgerConflictException conflict) {
      keep(conflict);
      throw conflict;
    } catch (JournalException failure) {
      if (!settled(failure.fault())) {
        head = null;
      }
      throw failure;
    }
  }

  private record Appended(StreamHead head, long count) {}

  /** The refusal stands even if the evidence cannot be written. */
  private void keep(LedgerConflictException conflict) {
    try {
      ledger.halts().keep(conflict);
    } catch (JournalException unwritten) {
      conflict.addSuppressed(unwritten);
    }
  }

  /** Whether after this fault the stream is surely where it was. */
  private static boolean settled(Fault fault) {
    return switch (fault) {
      case DISK_FULL, READ_ONLY, LOCKED, UNREACHABLE, HALTED, FENCED, LEDGER_CONFLICT -> true;
      default -> false;
    };
  }

  /**
   * The cohort has ended: the stream may be archived from now on.
   *
   * @throws JournalException if it cannot be written
   */
  public synchronized void finish() {
    long count =
        database.write(connection -> {
          long used = lease.use(connection);
          table.finish(connection, name);
          return used;
        });
    lease.acknowledged(count);
  }
}
