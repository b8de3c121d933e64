package org.beaconcohort.adapter.journal.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.beaconcohort.adapter.journal.database.PrivateFiles;

/**
 * How many appends of an identity this machine has seen acknowledged, in a file beside the journal.
 * It is written after the commit and not synced: it may lag behind the journal, and is ahead of it
 * only when the journal was put back to an older state.
 */
final class Witness {
  private static final int DIGITS = 18;

  private final Path file;
  private long written;

  Witness(Path file) {
    this.file = file;
  }

  /** The count; none if there is no file, or a crash of the machine left none in it. */
  OptionalLong read() throws IOException {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return text.matches("[0-9]{" + DIGITS + "}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Raises the count; what cannot be written is written with the next one. */
  synchronized void raise(long appends) {
    if (appends > written) {
      try {
        write(appends);
      } catch (IOException later) {
        // A witness that lags is a weaker one, and no reason to refuse an append that is durable.
      }
    }
  }

  synchronized void write(long appends) throws IOException {
    if (!Files.exists(file)) {
      PrivateFiles.create(file);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer text =
          ByteBuffer.wrap(
              String.format("%0" + DIGITS + "d\n", appends).getBytes(StandardCharsets.ISO_8859_1));
      while (text.hasRemaining()) {
        channel.write(text);
      }
    }
    written = appends;
  }
}
