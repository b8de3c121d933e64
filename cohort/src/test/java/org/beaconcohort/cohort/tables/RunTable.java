package org.beaconcohort.cohort.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a document whose last cells are what a test's run showed. A row that says anything
 * else fails its test, so the table cannot be untrue; {@code -Dtables.write=true} writes the cells
 * instead.
 */
public final class RunTable {
  private static final boolean WRITE = Boolean.getBoolean("tables.write");

  private final Path document;

  private RunTable(Path document) {
    this.document = document;
  }

  /** The document at {@code path} in the repository. */
  public static RunTable in(String path) {
    return new RunTable(
        Stream.of(Path.of(path), Path.of("..").resolve(path))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AssertionError(path + " must be in the repository")));
  }

  /** Rows as their cells, but for those of the head. */
  public List<List<String>> rows() {
    return lines().stream()
        .filter(line -> line.startsWith("| "))
        .map(RunTable::cells)
        .filter(cells -> !cells.getFirst().equals("Case"))
        .toList();
  }

  /**
   * The row that begins with {@code key} must end with {@code shown}.
   *
   * @param key first cells
   * @param shown last cells
   */
  public void requireRow(List<String> key, List<String> shown) {
    List<String> lines = new ArrayList<>(lines());
    for (int i = 0; i < lines.size(); i++) {
      List<String> cells = cells(lines.get(i));
      if (cells.size() >= key.size() + shown.size() && cells.subList(0, key.size()).equals(key)) {
        if (WRITE) {
          List<String> kept = cells.subList(0, cells.size() - shown.size());
          lines.set(
              i,
              "| "
                  + String.join(" | ", Stream.concat(kept.stream(), shown.stream()).toList())
                  + " |");
          write(lines);
          return;
        }
        assertEquals(
            shown,
            cells.subList(cells.size() - shown.size(), cells.size()),
            document + ", row " + key + ": it must say what the run showed (-Dtables.write=true)");
        return;
      }
    }
    throw new AssertionError(document + " must have a row for " + key + ": " + shown);
  }

  private static List<String> cells(String line) {
    return line.startsWith("| ") && line.endsWith(" |")
        ? List.of(line.substring(2, line.length() - 2).split(" \\| ", -1))
        : List.of();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<String> lines) {
    try {
      Files.write(document, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
