package org.beaconcohort.cli.secret;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An open file of this process, with the number that the system knows it by (Linux). */
public final class Descriptor implements AutoCloseable {
  private final Path file;
  private final FileInputStream open;
  private final String number;

  private Descriptor(Path file, FileInputStream open, String number) {
    this.file = file;
    this.open = open;
    this.number = number;
  }

  /** One whose content is these lines. */
  public static Descriptor of(String... lines) {
    return of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** One with this content. */
  public static Descriptor of(byte[] content) {
    try {
      Path file = Files.createTempFile("descriptor", "").toRealPath();
      Files.write(file, content);
      FileInputStream open = new FileInputStream(file.toFile());
      try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
        String number =
            all.filter(each -> leadsTo(each, file)).findFirst().orElseThrow().getFileName() + "";
        return new Descriptor(file, open, number);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  /** As an option takes it. */
  public String number() {
    return number;
  }

  @Override
  public void close() {
    try {
      open.close();
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
