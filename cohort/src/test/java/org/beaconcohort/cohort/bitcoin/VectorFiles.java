package org.beaconcohort.cohort.bitcoin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconcohort.musig2.bytes.Bytes;

/** Published vectors and recorded transcripts, which are not part of the project. */
final class VectorFiles {
  private static final JsonMapper JSON = new JsonMapper();

  private VectorFiles() {}

  /** The JSON of a file below {@code -Dvectors.dir}; skips the test if it is not there. */
  static JsonNode read(String name) {
    String folder = System.getProperty("vectors.dir", "");
    Path file = Path.of(folder).resolve(name);
    assumeTrue(
        !folder.isEmpty() && Files.isRegularFile(file),
        name + " is not there: point -Dvectors.dir at the folder with vectors and transcripts");
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Bytes bytes(JsonNode hex) {
    return Bytes.ofHex(hex.textValue());
  }
}
