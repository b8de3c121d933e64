package org.beaconcohort.adapter.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.beaconcohort.adapter.journal.database.PrivateFiles;
import org.beaconcohort.adapter.journal.lease.ProcessLock;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.reliability.MalformedReliabilityException;
import org.beaconcohort.cohort.reliability.Reliability;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import org.beaconcohort.cohort.reliability.ReliabilityLog;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A {@link ReliabilityLog} in a file of its owner's. It is replaced as a whole, and on the disk
 * when a call returns. Coordinators may share one: whoever adds reads it first, under a lock beside
 * it ({@code FILE.lock}).
 */
public final class ReliabilityFile {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path path;
  private final StatementReader reader = new NostrStatementReader();

  private ReliabilityFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** The record at a path, which need not exist yet. */
  public static ReliabilityFile at(Path path) {
    return new ReliabilityFile(path);
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * What is remembered; nothing if there is no file.
   *
   * @throws ReliabilityFileException if it cannot be read or is not as it was written
   */
  public Reliability read() {
    return log().reliability();
  }

  /**
   * Remembers what is not known yet.
   *
   * @param at when that is, by the caller's clock
   * @return what is remembered then
   * @throws ReliabilityFileException as above, or if it cannot be written
   */
  public Reliability add(List<ReliabilityEvent> events, Instant at) {
    try {
      ProcessLock lock = lock();
      try {
        return locked(events, at);
      } finally {
        lock.close();
      }
    } catch (IOException failure) {
      throw new ReliabilityFileException(
          path + " cannot be written: " + failure.getMessage(), false, failure);
    }
  }

  private Reliability locked(List<ReliabilityEvent> events, Instant at) throws IOException {
    ReliabilityLog before = log();
    ReliabilityLog after = before;
    for (ReliabilityEvent event : events) {
      after = after.with(event, at);
    }
    if (!after.equals(before)) {
      write(Utf8.encode(after.text()).toArray());
    }
    return after.reliability();
  }

  private ReliabilityLog log() {
    if (!exists()) {
      return ReliabilityLog.EMPTY;
    }
    try {
      if (Files.size(path) > ReliabilityLog.MAX_SIZE) {
        throw new ReliabilityFileException(
            path + " must be at most " + ReliabilityLog.MAX_SIZE + " bytes",
            true,
            new IOException("it is too long"));
      }
      String text = Utf8.decode(Bytes.of(Files.readAllBytes(path)));
      return ReliabilityLog.read(text, reader);
    } catch (MalformedReliabilityException | MalformedJsonException changed) {
      throw new ReliabilityFileException(
          path + " must be as it was written: " + changed.getMessage(), true, changed);
    } catch (IOException failure) {
      throw new ReliabilityFileException(
          path + " cannot be read: " + failure.getMessage(), false, failure);
    }
  }

  private ProcessLock lock() throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ".lock");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      Optional<ProcessLock> lock = taken(beside);
      if (lock.isPresent()) {
        return lock.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IOException(
        "another process has held " + beside + " for " + PATIENCE.toSeconds() + " s");
  }

  private Optional<ProcessLock> taken(Path beside) throws IOException {
    try {
      PrivateFiles.createFolders(folder());
      return ProcessLock.take(beside);
    } catch (FileAlreadyExistsException other) {
      // Somebody else made the folder or the lock at the same time.
      return Optional.empty();
    }
  }

  private Path folder() throws IOException {
    Path folder = path.getParent();
    if (folder == null) {
      throw new IOException("it is a root directory");
    }
    return folder;
  }

  private void write(byte[] text) throws IOException {
    Path part = path.resolveSibling("." + path.getFileName() + ".part");
    Files.deleteIfExists(part);
    PrivateFiles.create(part);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(text);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.force(folder());
  }
}
