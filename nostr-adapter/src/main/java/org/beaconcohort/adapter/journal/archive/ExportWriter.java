package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.beaconcohort.adapter.journal.database.PrivateFiles;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.cohort.json.StrictJson;

/**
 * Writes an export: a first line that says what it is, and a last one with count and SHA-256 of all
 * before it. The file has mode 0600, is there whole or not at all, and is on the disk when {@link
 * #finish} returns.
 */
final class ExportWriter implements LineSink, AutoCloseable {
  static final String FORMAT = "beacon-cohort-journal";
  static final int VERSION = 1;

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final MessageDigest digest = sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long lines;

  private ExportWriter(Path file, Path part, FileChannel channel) {
    this.file = file;
    this.part = part;
    this.channel = channel;
  }

  /** A new file; one that is there is not replaced. */
  static ExportWriter to(Path target) {
    Path file = target.toAbsolutePath();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      if (Files.exists(file)) {
        throw new JournalException(Fault.READ_ONLY, file + " is there already");
      }
      Files.deleteIfExists(part);
      PrivateFiles.create(part);
      ExportWriter writer =
          new ExportWriter(file, part, FileChannel.open(part, StandardOpenOption.WRITE));
      writer.line(ExportFormat.line("journal").put("format", FORMAT).put("version", VERSION));
      return writer;
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  @Override
  public void line(ObjectNode json) {
    byte[] text = (StrictJson.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
    digest.update(text);
    lines++;
    write(text);
  }

  private void write(byte[] text) {
    try {
      for (int from = 0; from < text.length; ) {
        int length = Math.min(buffer.remaining(), text.length - from);
        buffer.put(text, from, length);
        from += length;
        if (!buffer.hasRemaining()) {
          flush();
        }
      }
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Ends the file and gives it its name. */
  void finish() {
    ObjectNode end =
        ExportFormat.line("end")
            .put("lines", lines)
            .put("sha256", HexFormat.of().formatHex(digest.digest()));
    write((StrictJson.write(end) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      flush();
      channel.force(true);
      channel.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      Path folder = file.getParent();
      if (folder != null) {
        PrivateFiles.force(folder);
      }
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  /** Leaves nothing of a file that was not finished. */
  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        channel.close();
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot remove " + part, failure);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private static JournalException failed(Path file, IOException failure) {
    String words = String.valueOf(failure.getMessage());
    Fault fault = words.contains("No space left") ? Fault.DISK_FULL : Fault.READ_ONLY;
    return new JournalException(fault, "cannot write " + file + ": " + failure, failure);
  }
}
