package org.beaconcohort.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.json.StrictJson;

/** Writes files whole or not at all, and on the disk when the call returns. */
public final class OutputFile {
  private OutputFile() {}

  /** An empty directory for results: a new one, or one that is there and empty. */
  public static Path directory(Path path) {
    try {
      Files.createDirectories(path);
      try (var entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw new CommandFailure(
              ExitCode.USAGE,
              "OUT_NOT_EMPTY",
              "output directory must be new or empty, got " + path,
              "choose another --out");
        }
      }
      return path;
    } catch (IOException failure) {
      throw cannotWrite(path, failure);
    }
  }

  /** Writes text in UTF-8; replaces what is there. */
  public static void text(Path path, String text) {
    bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes JSON for people; replaces what is there. */
  public static void json(Path path, JsonNode json) {
    text(path, StrictJson.writePretty(json));
  }

  /** Writes bytes; replaces what is there. */
  public static void bytes(Path path, byte[] content) {
    write(path, content, true);
  }

  /** Writes text in UTF-8 that its owner alone may read, mode 0600; replaces what is there. */
  public static void ownerOnly(Path path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8), false);
  }

  private static void write(Path path, byte[] content, boolean forAll) {
    Path target = path.toAbsolutePath();
    Path directory = target.getParent();
    try {
      if (directory == null) {
        throw new IOException("it is a root directory");
      }
      Files.createDirectories(directory);
      Path written = Files.createTempFile(directory, "." + target.getFileName(), ".part");
      try {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(content);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
          channel.force(true);
        }
        // A temporary file is its owner's alone.
        if (forAll) {
          Permissions.readableByAll(written);
        }
        // REPLACE_EXISTING would delete the old file first.
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        Permissions.force(directory);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException failure) {
      throw cannotWrite(path, failure);
    }
  }

  /** The failure of a file that cannot be written. */
  public static CommandFailure cannotWrite(Path path, IOException failure) {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        "CANNOT_WRITE",
        path + " cannot be written: " + Reason.of(failure),
        "check the path, its permissions and the space on the disk");
  }
}
