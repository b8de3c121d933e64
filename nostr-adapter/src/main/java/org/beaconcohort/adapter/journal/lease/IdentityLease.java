package org.beaconcohort.adapter.journal.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.jspecify.annotations.Nullable;

/**
 * The right to write for an identity. Every append checks its fencing number in its own
 * transaction, so a holder that was replaced can write nothing, however late it notices.
 */
public final class IdentityLease implements AutoCloseable {
  private final Database database;
  private final String identity;
  private final Holder holder;
  private final long fence;
  private final long ttlMillis;
  private final AtomicLong appends;
  private final @Nullable ProcessLock lock;
  private final @Nullable Witness witness;
  private final Queue<Consumer<JournalException>> listeners = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private volatile @Nullable JournalException loss;

  IdentityLease(Database database, LeaseRow row, long ttlMillis, IdentityFiles files) {
    this.database = database;
    this.identity = row.identity();
    this.holder = row.holder();
    this.fence = row.fence();
    this.appends = new AtomicLong(row.appends());
    this.ttlMillis = ttlMillis;
    this.lock = files.lock();
    this.witness = files.witness();
  }

  /** Whose lease it is. */
  public String identity() {
    return identity;
  }

  /** This process, and since when it holds the lease. */
  public Holder holder() {
    return holder;
  }

  /** Grows with every holder. */
  public long fence() {
    return fence;
  }

  /** Appends of this identity that were acknowledged, by all holders: the head counter of R9. */
  public long appends() {
    return appends.get();
  }

  /**
   * Checks within an append's transaction that this is still the holder, and counts the append.
   *
   * @return the count with this append, for {@link #acknowledged}
   * @throws JournalException FENCED, if another holds the identity
   */
  public long use(Connection connection) throws SQLException {
    requireHeld();
    Optional<LeaseRow> found = LeaseRow.find(database.dialect(), connection, identity);
    if (found.isEmpty() || found.get().fence() != fence || !found.get().held()) {
      throw fenced(found);
    }
    long count = found.get().appends() + 1;
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE journal_leases SET appends = ? WHERE identity = ?")) {
      update.setLong(1, count);
      update.setString(2, identity);
      update.executeUpdate();
    }
    return count;
  }

  /** The append with this count is durable. */
  public void acknowledged(long count) {
    long newest = appends.accumulateAndGet(count, Math::max);
    if (witness != null) {
      witness.raise(newest);
    }
  }

  /**
   * Tells {@code listener} when another has taken the identity over, once and from any thread; at
   * once if it is known already. Nothing can be appended then, hence nothing signed.
   */
  public void whenLost(Consumer<JournalException> listener) {
    listeners.add(listener);
    tell();
  }

  private void tell() {
    JournalException why = loss;
    if (why != null) {
      for (Consumer<JournalException> next = listeners.poll();
          next != null;
          next = listeners.poll()) {
        next.accept(why);
      }
    }
  }

  /** Whether it was given back or lost. */
  boolean isOver() {
    return closed || (loss != null && listeners.isEmpty());
  }

  /**
   * Holds the identity for another while, also if its time was over and nobody has taken it since.
   * A holder of a file needs no renewal: its lock is held as long as the process lives.
   *
   * @throws JournalException FENCED, if another holds the identity; listeners are told
   */
  public void renew() {
    try {
      requireHeld();
      if (!renewed()) {
        throw fenced(
            database.read(connection -> LeaseRow.look(database.dialect(), connection, identity)));
      }
    } finally {
      tell();
    }
  }

  private boolean renewed() {
    return database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE journal_leases SET until = ? + "
                  + database.dialect().now()
                  + " WHERE identity = ? AND fence = ? AND held = 1")) {
        update.setLong(1, ttlMillis);
        update.setString(2, identity);
        update.setLong(3, fence);
        return update.executeUpdate() == 1;
      }
    });
  }

  private void requireHeld() {
    JournalException why = loss;
    if (why != null) {
      throw new JournalException(Fault.FENCED, why.detail(), why);
    }
    if (closed) {
      throw new JournalException(
          Fault.FENCED, "identity " + identity + " is no longer held with number " + fence);
    }
  }

  /** Remembers the loss; listeners are told outside of any transaction. */
  private JournalException fenced(Optional<LeaseRow> now) {
    String by =
        now.map(row -> row.fence() == fence ? "nobody" : row.holder().toString())
            .orElse("nobody that the journal knows");
    JournalException why =
        new JournalException(
            Fault.FENCED,
            "identity "
                + identity
                + " was held with number "
                + fence
                + ", now it is held by "
                + by);
    loss = why;
    return why;
  }

  /** Gives the identity back at once; without this it is free when its time is over. */
  @Override
  public void close() {
    try {
      boolean held = !closed && loss == null;
      closed = true;
      if (held) {
        int unused =
            database.write(connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE journal_leases SET held = 0 WHERE identity = ? AND fence = ?")) {
                update.setString(1, identity);
                update.setLong(2, fence);
                return update.executeUpdate();
              }
            });
      }
    } catch (JournalException | IllegalStateException later) {
      // It ends with its time, or with this process.
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
