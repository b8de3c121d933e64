package org.beaconcohort.adapter.journal.lease;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.beaconcohort.adapter.journal.database.PrivateFiles;

/**
 * A lock that ends with its process at the latest, so that a crashed holder holds nothing. Within
 * one process a path is opened once: POSIX drops all locks of a process on a file when it closes
 * any handle to it.
 */
public final class ProcessLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private ProcessLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The lock, unless somebody holds it, in this process or another. */
  public static Optional<ProcessLock> take(Path named) throws IOException {
    Path path = onePath(named);
    if (!HELD.add(path)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      if (!Files.exists(path)) {
        PrivateFiles.create(path);
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        taken = lock != null;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return taken ? Optional.of(new ProcessLock(path, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        HELD.remove(path);
      }
    }
  }

  /** Whatever a file is called, by a relative path or over a link to its folder, it is one file. */
  private static Path onePath(Path named) throws IOException {
    Path absolute = named.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new IOException(named + " is a folder");
    }
    return folder.toRealPath().resolve(absolute.getFileName());
  }

  /** Once: the path may be held anew when this is closed again. */
  @Override
  public synchronized void close() {
    if (channel.isOpen()) {
      try {
        channel.close();
      } catch (IOException failure) {
        // The lock ends with the process at the latest.
      } finally {
        HELD.remove(path);
      }
    }
  }
}
