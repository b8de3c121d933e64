package org.beaconcohort.musig2.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngines;

/** An official vector file below the directory that {@code -Dvectors.dir} names. */
public final class VectorFile {
  private VectorFile() {}

  /** The JSON file of a BIP; skips the test, and says why, if it is not there. */
  public static JsonNode json(String bip, String name) {
    return read(find(bip, name));
  }

  /** A recorded conversation of other software; skips the test, and says why, if not there. */
  public static JsonNode transcript(String name) {
    return read(existing(directory().resolve("transcripts").resolve(name)));
  }

  /** The lines of a text file of a BIP; skips the test, and says why, if it is not there. */
  public static List<String> lines(String bip, String name) {
    try {
      return Files.readAllLines(find(bip, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints the count of cases that ran, for whoever reads the build's output. */
  public static void report(String bip, String name, int cases) {
    System.out.println(bip + " " + name + ": " + cases + " cases on " + CurveEngines.get().name());
  }

  /** The bytes of a JSON string in hexadecimal. */
  public static Bytes bytes(JsonNode hex) {
    return Bytes.ofHex(hex.asText());
  }

  /** As {@link #bytes}, empty for JSON null. */
  public static Optional<Bytes> optionalBytes(JsonNode hex) {
    return hex.isNull() ? Optional.empty() : Optional.of(bytes(hex));
  }

  /** All bytes of a JSON array of strings. */
  public static List<Bytes> allBytes(JsonNode array) {
    List<Bytes> all = new ArrayList<>();
    array.forEach(hex -> all.add(bytes(hex)));
    return all;
  }

  /** The elements of {@code from} at the positions that a JSON array of numbers lists. */
  public static <T> List<T> pick(List<T> from, JsonNode indices) {
    List<T> picked = new ArrayList<>();
    indices.forEach(index -> picked.add(from.get(index.asInt())));
    return picked;
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String bip, String name) {
    String folder = bip.replace("-", "").toLowerCase(Locale.ROOT);
    return existing(directory().resolve("vectors").resolve(folder).resolve(name));
  }

  private static Path directory() {
    return Path.of(System.getProperty("vectors.dir", "../../shared"));
  }

  private static Path existing(Path file) {
    assumeTrue(Files.exists(file), () -> "no " + file + ": name its directory with -Dvectors.dir");
    return file;
  }
}
