package org.beaconcohort.adapter.keystore.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.beaconcohort.adapter.journal.database.PrivateFiles;
import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;

/**
 * Where a keystore is: read whole, replaced whole, readable by its owner alone (0600), and on the
 * disk when the call returns. Writers hold {@code FILE.lock}, one at a time.
 */
public final class KeystoreFile {
  private final Path path;

  private KeystoreFile(Path path) {
    this.path = path;
  }

  /** The file at a path, which need not be there yet; a link stands for what it leads to. */
  public static KeystoreFile at(Path path) {
    try {
      return new KeystoreFile(path.toRealPath());
    } catch (IOException notThere) {
      return new KeystoreFile(path.toAbsolutePath());
    }
  }

  /** {@code FILE.NAME} in the same folder, the same whatever link leads to the file. */
  public Path beside(String name) {
    return path.resolveSibling(path.getFileName() + "." + name);
  }

  /** The one who may write, until it is closed or its process ends. */
  public final class Writer implements AutoCloseable {
    private final FileChannel lock;

    private Writer(FileChannel lock) {
      this.lock = lock;
    }

    /**
     * Makes a new file.
     *
     * @throws KeystoreException EXISTS, if there is one
     */
    public void create(KeystoreText text) {
      if (Files.exists(path)) {
        throw new KeystoreException(KeystoreFault.EXISTS, path.toString());
      }
      replace(text);
    }

    /** Puts the file there, whole: whenever the machine stops, the old one or the new one is. */
    public void replace(KeystoreText text) {
      try {
        write(text.encode());
      } catch (IOException failure) {
        throw failed(failure);
      }
    }

    @Override
    public void close() {
      try {
        lock.close();
      } catch (IOException later) {
        // It ends with the process at the latest.
      }
    }
  }

  /**
   * What is there.
   *
   * @throws KeystoreException NOT_THERE, NOT_PRIVATE, IO_ERROR, or as the text refuses
   */
  public KeystoreText read(FileKind kind) {
    KeystoreText text = KeystoreText.decode(bytes());
    if (text.header().kind() != kind) {
      throw new KeystoreException(
          KeystoreFault.WRONG_KIND,
          path + " must be a " + kind.format() + ", it is a " + text.header().kind().format());
    }
    return text;
  }

  private byte[] bytes() {
    try {
      Optional<String> tooOpen = PrivateFiles.tooOpen(path);
      if (tooOpen.isPresent()) {
        throw new KeystoreException(
            KeystoreFault.NOT_PRIVATE, path + " has the permissions " + tooOpen.get());
      }
      try (InputStream in = Files.newInputStream(path)) {
        return in.readNBytes(KeystoreText.MAX_SIZE + 1);
      }
    } catch (NoSuchFileException nothing) {
      throw new KeystoreException(KeystoreFault.NOT_THERE, path.toString(), nothing);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /**
   * Takes the lock of the writers.
   *
   * @throws KeystoreException LOCKED, if another writer holds it
   */
  public Writer lock() {
    Path lock = path.resolveSibling(path.getFileName() + ".lock");
    try {
      if (!Files.exists(lock)) {
        createLock(lock);
      }
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new KeystoreException(KeystoreFault.LOCKED, path.toString());
      }
      return new Writer(channel);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private static void createLock(Path lock) throws IOException {
    try {
      PrivateFiles.create(lock);
    } catch (FileAlreadyExistsException other) {
      // Another writer was faster; the lock on it decides.
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException ownProcess) {
      return true;
    }
  }

  private void write(byte[] text) throws IOException {
    Path written = path.resolveSibling("." + path.getFileName() + ".part");
    Files.deleteIfExists(written);
    PrivateFiles.create(written);
    try {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(text);
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      // REPLACE_EXISTING would delete the old file first.
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    Path folder = path.getParent();
    if (folder != null) {
      PrivateFiles.force(folder);
    }
  }

  private KeystoreException failed(IOException failure) {
    return new KeystoreException(KeystoreFault.IO_ERROR, path + ": " + failure, failure);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
