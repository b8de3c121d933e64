package org.beaconcohort.cli.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.beaconcohort.cli.files.OutputFile;

/** The measure: the same disk's bare writes, each synced before the next. */
final class Disk {
  /** In one slice. */
  static final int WRITES = 50;

  private final Path file;
  private final int bytes;

  /** Writes of {@code bytes} bytes to the end of a file in a folder. */
  Disk(Path folder, int bytes) {
    this.file = folder.resolve("bare-writes");
    this.bytes = bytes;
  }

  /** Nanoseconds of one synced write, as the mean of a few. */
  double slice() {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long begun = System.nanoTime();
      for (int i = 0; i < WRITES; i++) {
        ByteBuffer content = ByteBuffer.allocate(bytes);
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(false);
      }
      return (double) (System.nanoTime() - begun) / WRITES;
    } catch (IOException failure) {
      throw OutputFile.cannotWrite(file, failure);
    }
  }
}
