package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.cohort.model.Code;
import org.junit.jupiter.api.Test;

/** docs/operations.md explains every word that the program says to machines, and no other. */
final class OperationsTest {
  /** A name in the sources, as the first argument of what makes a line. */
  private static final Pattern EVENT = Pattern.compile("\\b(?:event|cohort)\\(\\s*\"([^\"]+)\"");

  private static final Pattern FIRST_CELL = Pattern.compile("^\\| ([^|]+) \\|");
  private static final Pattern WORD = Pattern.compile("`([^` ]+)`");

  @Test
  void everyEventIsInATableOfEvents() throws IOException {
    Set<String> printed = new TreeSet<>();
    try (Stream<Path> sources =
        Files.walk(TaggedTests.repository("cli/src/main/java/org/beaconcohort/cli"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher names = EVENT.matcher(Files.readString(source));
        while (names.find()) {
          printed.add(names.group(1));
        }
      }
    }
    Arrays.stream(Progress.Step.values())
        .map(step -> step.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .forEach(printed::add);
    // The last line of every command has a sentence of its own.
    assertTrue(printed.removeAll(List.of("done", "failed")));
    assertEquals(printed, firstCells("Lines for machines", "event"));
  }

  @Test
  void everyCodeSaysWhatToDo() throws IOException {
    Set<String> rows = firstCells("Codes, and what to do", "Code");
    Set<String> codes = Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());
    codes.removeAll(rows);
    assertEquals(Set.of(), codes);
  }

  @Test
  void everyExitCodeHasARow() throws IOException {
    assertEquals(
        Arrays.stream(ExitCode.values())
            .map(code -> String.valueOf(code.status()))
            .collect(Collectors.toSet()),
        section("Exit codes")
            .lines()
            .map(OperationsTest::firstCell)
            .filter(cell -> cell.matches("\\d+"))
            .collect(Collectors.toSet()));
  }

  /** Words in code style in the first cells of the tables of a section that begin with a header. */
  private static Set<String> firstCells(String section, String header) throws IOException {
    Set<String> words = new TreeSet<>();
    boolean within = false;
    for (String line : section(section).lines().toList()) {
      String cell = firstCell(line);
      within = line.startsWith("|") && (within || cell.replace("`", "").equals(header));
      Matcher found = WORD.matcher(cell);
      while (within && found.find()) {
        words.add(found.group(1));
      }
    }
    words.remove(header);
    return words;
  }

  private static String firstCell(String line) {
    Matcher cell = FIRST_CELL.matcher(line);
    return cell.find() ? cell.group(1) : "";
  }

  private static String section(String name) throws IOException {
    String document = Files.readString(TaggedTests.repository("docs/operations.md"));
    String[] parts = document.split("\n## " + Pattern.quote(name) + "\n", 2);
    assertEquals(2, parts.length, "docs/operations.md must have a section " + name);
    return parts[1].split("\n## ", 2)[0];
  }
}
