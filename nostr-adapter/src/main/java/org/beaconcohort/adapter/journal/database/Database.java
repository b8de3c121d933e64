package org.beaconcohort.adapter.journal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its transactions, one at a time; thread-safe. A connection that broke is
 * replaced at the next call. After a failing disk nothing is written any more: what the system
 * still has in memory may not be what is on the disk.
 */
public final class Database implements AutoCloseable {
  /** What a transaction does. */
  @FunctionalInterface
  public interface Work<T> {
    /** Runs statements; an exception of any kind takes them all back. */
    T in(Connection connection) throws SQLException;
  }

  /** Makes connections. */
  @FunctionalInterface
  public interface Connections {
    /** A new connection as the dialect makes them. */
    Connection open() throws SQLException;
  }

  private final Dialect dialect;
  private final Connections connections;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection current;
  private @Nullable JournalException broken;
  private boolean closed;

  private Database(Dialect dialect, Connections connections) {
    this.dialect = dialect;
    this.connections = connections;
  }

  /** Opens the database that a URL names and brings its schema up to date. */
  public static Database open(Dialect dialect) {
    return open(dialect, dialect::connect);
  }

  /** The same over connections that somebody else makes. */
  public static Database open(Dialect dialect, Connections connections) {
    Database database = new Database(dialect, connections);
    try {
      int unused =
          database.write(connection -> Migrations.ofThisVersion().bring(dialect, connection));
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
    return database;
  }

  /**
   * Opens what is there for somebody who only looks: nothing is made, migrated or changed, and
   * whoever writes is not held up.
   *
   * @throws JournalException if there is no journal, or one of another version
   */
  public static Database openToRead(Dialect dialect) {
    Database database = new Database(dialect, dialect::connectToRead);
    try {
      int unused =
          database.read(connection -> Migrations.ofThisVersion().require(dialect, connection));
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
    return database;
  }

  /** What it is. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * Everything {@code work} does, or nothing; on the disk when this returns.
   *
   * @throws JournalException if it cannot be done, or if it is not known whether it was
   */
  public <T> T write(Work<T> work) {
    lock.lock();
    try {
      if (broken != null) {
        throw new JournalException(Fault.IO_ERROR, "it failed before: " + broken.detail(), broken);
      }
      return transaction(true, work);
    } finally {
      lock.unlock();
    }
  }

  /** Reads one consistent state, whatever others write meanwhile. */
  public <T> T read(Work<T> work) {
    lock.lock();
    try {
      return transaction(false, work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T transaction(boolean writes, Work<T> work) {
    Connection connection = connection();
    T result;
    try {
      dialect.begin(connection, writes);
      result = work.in(connection);
    } catch (SQLException error) {
      undo(connection);
      throw failure(dialect.fault(error), error);
    } catch (RuntimeException refusal) {
      undo(connection);
      throw refusal;
    }
    try {
      dialect.commit(connection);
      return result;
    } catch (SQLException error) {
      undo(connection);
      Fault fault = dialect.fault(error);
      throw failure(fault == Fault.UNREACHABLE ? Fault.OUTCOME_UNKNOWN : fault, error);
    }
  }

  private JournalException failure(Fault fault, SQLException error) {
    JournalException failure =
        new JournalException(fault, dialect.place() + ": " + error.getMessage(), error);
    if (fault == Fault.IO_ERROR && broken == null) {
      broken = failure;
    }
    return failure;
  }

  private Connection connection() {
    if (closed) {
      throw new IllegalStateException("journal must be open, it is closed");
    }
    if (current == null) {
      try {
        current = connections.open();
      } catch (SQLException error) {
        throw new JournalException(
            dialect.fault(error), dialect.place() + ": " + error.getMessage(), error);
      }
    }
    return current;
  }

  /** Rolls back; a connection that cannot even do that is not used again. */
  private void undo(Connection connection) {
    boolean usable = false;
    try {
      dialect.rollback(connection);
      usable = !connection.isClosed();
    } catch (SQLException unusable) {
      usable = false;
    }
    if (!usable) {
      drop();
    }
  }

  private void drop() {
    Connection dropped = current;
    current = null;
    if (dropped != null) {
      try {
        dropped.close();
      } catch (SQLException gone) {
        // It was of no use any more.
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }
}
