package org.beaconcohort.adapter.journal.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.sqlite.SQLiteConfig;

/**
 * A file of SQLite in WAL mode, synced at every commit; mode 0600, as it holds channel keys. Never
 * opened but by SQLite while a connection is open: closing any other handle would drop its locks.
 */
public final class SqliteDialect implements Dialect {
  static final String PREFIX = "jdbc:sqlite:";

  private static final int BUSY_MILLIS = 10_000;

  private final Path file;

  private SqliteDialect(Path file) {
    this.file = file;
  }

  /** The journal in a file, which is made when it is not there. */
  public static SqliteDialect of(Path file) {
    return new SqliteDialect(real(file.toAbsolutePath().normalize()));
  }

  /** By one name whatever links lead there: locks are beside the file. */
  private static Path real(Path file) {
    try {
      Path folder = file.getParent();
      if (Files.exists(file)) {
        return file.toRealPath();
      }
      return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    } catch (IOException notThere) {
      return file;
    }
  }

  static SqliteDialect ofUrl(String url) {
    String path = url.startsWith(PREFIX) ? url.substring(PREFIX.length()) : url;
    if (path.isBlank() || path.startsWith(":") || path.startsWith("file:") || path.contains("?")) {
      throw new IllegalArgumentException(
          "journal must be the path of a file, without options and not in memory, got " + url);
    }
    return of(Path.of(path));
  }

  @Override
  public String scripts() {
    return "sqlite";
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(file);
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public Connection connect() throws SQLException {
    prepareFile();
    Connection connection = settings().createConnection(PREFIX + file);
    try (Statement statement = connection.createStatement()) {
      // Where the system has two ways to sync, the one that reaches the disk.
      statement.execute("PRAGMA fullfsync = ON");
      statement.execute("PRAGMA checkpoint_fullfsync = ON");
      statement.execute("PRAGMA cell_size_check = ON");
      require(statement, "PRAGMA journal_mode", "wal");
      require(statement, "PRAGMA synchronous", "2");
      require(statement, "PRAGMA foreign_keys", "1");
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  @Override
  public Connection connectToRead() throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw new JournalException(Fault.NOT_A_JOURNAL, "there is no file " + file);
    }
    requirePrivate();
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection(PREFIX + file);
  }

  private static SQLiteConfig settings() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    return config;
  }

  private void require(Statement statement, String question, String answer) throws SQLException {
    try (ResultSet rows = statement.executeQuery(question)) {
      String got = rows.next() ? rows.getString(1) : "nothing";
      if (!answer.equals(got)) {
        throw new JournalException(
            Fault.NOT_DURABLE, file + ": " + question + " must say " + answer + ", got " + got);
      }
    }
  }

  /** The file exists and is private before anything secret can be in it. */
  private void prepareFile() {
    try {
      if (!Files.exists(file)) {
        Path folder = file.getParent();
        if (folder == null) {
          throw new JournalException(Fault.NOT_A_JOURNAL, file + " is a folder");
        }
        Files.createDirectories(folder);
        PrivateFiles.create(file);
      }
      requirePrivate();
    } catch (FileAlreadyExistsException raced) {
      // Another process made it between the two looks; it made it as private.
    } catch (AccessDeniedException denied) {
      throw new JournalException(Fault.READ_ONLY, "no access to " + denied.getFile(), denied);
    } catch (IOException failure) {
      throw failure(failure);
    }
  }

  private void requirePrivate() {
    try {
      Optional<String> open = PrivateFiles.tooOpen(file);
      if (open.isPresent()) {
        throw new JournalException(Fault.NOT_PRIVATE, file + " is " + open.get());
      }
    } catch (IOException failure) {
      throw failure(failure);
    }
  }

  private JournalException failure(IOException failure) {
    String why =
        failure instanceof FileSystemException named ? String.valueOf(named.getReason()) : "";
    Fault fault =
        switch (why) {
          case "No space left on device" -> Fault.DISK_FULL;
          case "Read-only file system" -> Fault.READ_ONLY;
          default -> Fault.UNREACHABLE;
        };
    return new JournalException(fault, "cannot make " + file + ": " + failure, failure);
  }

  /**
   * By its own words: the driver begins without the write lock, and a reader cannot always get it.
   */
  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    execute(connection, writes ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String words) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(words);
    }
  }

  @Override
  public void lockSchema(Connection connection) {
    // A transaction that writes has the whole file.
  }

  @Override
  public String foreignTables() {
    return "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
  }

  @Override
  public List<String> structure(Connection connection) throws SQLException {
    return integrity(connection, "PRAGMA integrity_check(20)");
  }

  @Override
  public List<String> structure(Connection connection, String table) throws SQLException {
    return integrity(connection, "PRAGMA integrity_check('" + table + "')");
  }

  private static List<String> integrity(Connection connection, String question)
      throws SQLException {
    List<String> wrong = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        wrong.add(rows.getString(1));
      }
    }
    wrong.remove("ok");
    return List.copyOf(wrong);
  }

  @Override
  public String now() {
    return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
  }

  @Override
  public String forUpdate() {
    return "";
  }

  /** By SQLite's primary result codes. */
  @Override
  public Fault fault(SQLException error) {
    return switch (error.getErrorCode() & 0xff) {
      case 5, 6 -> Fault.LOCKED;
      case 8 -> Fault.READ_ONLY;
      case 10 -> Fault.IO_ERROR;
      case 11 -> Fault.CORRUPT;
      case 13 -> Fault.DISK_FULL;
      case 14 -> Fault.UNREACHABLE;
      case 26 -> Fault.NOT_A_JOURNAL;
      default -> Fault.UNEXPECTED;
    };
  }
}
