package org.beaconcohort.cli.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** New files that their owner alone may read (0600). */
public final class SecretFile {
  private SecretFile() {}

  /** Writes a new file, on the disk when the call returns; refuses to replace one. */
  public static void create(Path path, byte[] content) {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory == null) {
        throw new IOException("it is a root directory");
      }
      Files.createDirectories(directory);
      Files.createFile(path, Permissions.ownerOnly(directory));
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Permissions.force(directory);
    } catch (IOException failure) {
      throw OutputFile.cannotWrite(path, failure);
    }
  }
}
