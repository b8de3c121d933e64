package org.beaconcohort.adapter.journal.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.database.PrivateFiles;
import org.beaconcohort.adapter.journal.lease.ProcessLock;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A file for each sealed nonce of one membership, {@code ROUND-NUMBER.sealed}, in a folder that one
 * process holds. A file is on the disk, and its deletion too, when the call returns. It belongs on
 * a disk of the machine that signs and into no backup: a nonce that comes back from one would be
 * used twice (R9).
 */
public final class FileSealedNonces implements SealedNonces, AutoCloseable {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})-([1-9][0-9]{0,6})\\.sealed");
  private static final int LARGEST = 4096;

  private final Path folder;
  private final ProcessLock lock;

  private FileSealedNonces(Path folder, ProcessLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * The sealed nonces in {@code folder}, which is made if it is not there.
   *
   * @throws SealedNoncesFailure if another process holds them, or they cannot be read or written
   */
  public static FileSealedNonces in(Path folder) {
    try {
      PrivateFiles.createFolders(folder);
      ProcessLock lock =
          ProcessLock.take(folder.toAbsolutePath().resolve("lock"))
              .orElseThrow(() -> new SealedNoncesFailure(folder));
      return new FileSealedNonces(folder, lock);
    } catch (IOException failure) {
      throw new SealedNoncesFailure(folder, "cannot be opened", failure);
    }
  }

  /**
   * The folders below {@code folder}, which need not be there: one for each membership.
   *
   * @throws SealedNoncesFailure if they cannot be listed
   */
  public static List<Path> foldersIn(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException failure) {
      throw new SealedNoncesFailure(folder, "cannot be listed", failure);
    }
  }

  @Override
  public synchronized Set<Id> held() {
    Set<Id> held = new HashSet<>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          held.add(new Id(Bytes.ofHex(name.group(1)), Integer.parseInt(name.group(2))));
        }
      }
      return held;
    } catch (IOException failure) {
      throw new SealedNoncesFailure(folder, "cannot be listed", failure);
    }
  }

  @Override
  public synchronized void put(Id id, Bytes sealed) {
    Path file = file(id);
    if (Files.exists(file)) {
      throw new IllegalStateException(
          "nonce " + id.number() + " must be new, it is sealed already");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      PrivateFiles.create(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(sealed.toArray());
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.force(folder);
    } catch (IOException failure) {
      throw new SealedNoncesFailure(folder, "cannot be written", failure);
    }
  }

  @Override
  public synchronized Optional<Bytes> take(Id id) {
    Path file = file(id);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      byte[] content = read(file);
      Files.delete(file);
      PrivateFiles.force(folder);
      return Optional.of(Bytes.of(content));
    } catch (IOException failure) {
      throw new SealedNoncesFailure(folder, "cannot be deleted", failure);
    }
  }

  /** No record is that large; a damaged one is cut and then refused for its length. */
  private static byte[] read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST);
    }
  }

  private Path file(Id id) {
    return folder.resolve(id.roundId().hex() + "-" + id.number() + ".sealed");
  }

  /** Lets another process have them; they stay. */
  @Override
  public void close() {
    lock.close();
  }

  @Override
  public String toString() {
    return "sealed nonces in " + folder;
  }
}
