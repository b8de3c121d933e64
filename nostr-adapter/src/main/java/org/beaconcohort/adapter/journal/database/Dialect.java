package org.beaconcohort.adapter.journal.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.fault.Fault;

/** Where SQLite and PostgreSQL differ. Both promise that a commit that returned is on the disk. */
public sealed interface Dialect permits SqliteDialect, PostgresDialect {
  /**
   * The database that {@code url} names: {@code jdbc:postgresql:…}, or a file as {@code
   * jdbc:sqlite:PATH} or as the path alone.
   *
   * @throws IllegalArgumentException for any other URL, one in memory included
   */
  static Dialect of(String url) {
    if (url.startsWith(PostgresDialect.PREFIX)) {
      return new PostgresDialect(url);
    }
    if (url.startsWith("jdbc:") && !url.startsWith(SqliteDialect.PREFIX)) {
      throw new IllegalArgumentException(
          "journal must be jdbc:postgresql:… or a SQLite file, got " + url);
    }
    return SqliteDialect.ofUrl(url);
  }

  /** Name of the folder with its schema. */
  String scripts();

  /** The file, if it is one. */
  Optional<Path> file();

  /** What messages call this database; without credentials. */
  String place();

  /**
   * A new connection that is set to keep what it commits.
   *
   * @throws org.beaconcohort.adapter.journal.fault.JournalException if it cannot be that
   */
  Connection connect() throws SQLException;

  /**
   * A new connection that can change nothing, for somebody who looks at what others write. It makes
   * no file, and asks nothing of how commits are kept.
   *
   * @throws org.beaconcohort.adapter.journal.fault.JournalException if there is nothing to read
   */
  Connection connectToRead() throws SQLException;

  /** Begins a transaction; one that writes locks out other writers where that is all or nothing. */
  void begin(Connection connection, boolean writes) throws SQLException;

  /** Ends the transaction so that everything in it is on the disk. */
  void commit(Connection connection) throws SQLException;

  /** Ends the transaction so that nothing of it was. */
  void rollback(Connection connection) throws SQLException;

  /** Keeps other processes from changing the schema until the transaction ends. */
  void lockSchema(Connection connection) throws SQLException;

  /** SQL that counts the tables which make this no place for a new journal. */
  String foreignTables();

  /** What the database finds wrong with its own structure, where it can look; changes nothing. */
  List<String> structure(Connection connection) throws SQLException;

  /** The same of one table and its indexes. */
  List<String> structure(Connection connection, String table) throws SQLException;

  /** SQL for the database's clock, in milliseconds since 1970. */
  String now();

  /** What a SELECT ends with so that the rows stay as they are until the transaction ends. */
  String forUpdate();

  /** The fault behind an error, without regard to when it happened. */
  Fault fault(SQLException error);
}
