package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.junit.jupiter.api.Test;

/** The tables of faults in docs/operations.md against the faults and the tests there are. */
final class FaultTableTest {
  private static final Path ROOT = root();
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  /** The tests run in their module's folder or at the top. */
  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/operations.md"))) {
      at = Objects.requireNonNull(at.getParent(), "docs/operations.md");
    }
    return at;
  }

  private static List<String> operations() {
    try {
      return Files.readAllLines(ROOT.resolve("docs/operations.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Cells of the rows below a heading that begins so. */
  private static List<List<String>> table(String heading) {
    List<String> lines = operations();
    int at = 0;
    while (!lines.get(at).startsWith(heading)) {
      at++;
    }
    return lines.stream()
        .skip(at + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line ->
            Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList())
        .toList();
  }

  @Test
  void everyFaultIsThereWithItsWords() {
    Map<String, List<String>> rows =
        table("| Fault | What happened |").stream()
            .collect(Collectors.toMap(List::getFirst, row -> row, (one, two) -> one, TreeMap::new));
    assertEquals(
        Arrays.stream(Fault.values())
            .map(fault -> "`" + fault + "`")
            .collect(Collectors.toCollection(TreeSet::new)),
        rows.keySet());
    for (Fault fault : Fault.values()) {
      assertEquals(
          List.of("`" + fault + "`", fault.happened(), fault.safe(), fault.todo()),
          rows.get("`" + fault + "`"));
    }
  }

  @Test
  void whateverBefallsAJournalHasATestThatExists() throws IOException {
    List<List<String>> rows = table("| Befalls a journal |");
    assertTrue(rows.size() >= 11, () -> "rows must be the issue's, got " + rows.size());
    Map<String, String> sources = sources();
    for (List<String> row : rows) {
      Matcher test = TEST.matcher(row.getLast());
      int found = 0;
      while (test.find()) {
        String source = sources.getOrDefault(test.group(1), "");
        assertTrue(source.contains(" " + test.group(2) + "("), () -> "no test " + test.group());
        found++;
      }
      assertTrue(found > 0, () -> "no test in " + row);
    }
  }

  @Test
  void itsCodesAreFaultsOrInTheTableOfCodes() {
    Set<String> known =
        Arrays.stream(Fault.values())
            .map(Fault::name)
            .collect(Collectors.toCollection(TreeSet::new));
    known.add("CLOCK_BEHIND");
    known.add("DEADLINE_PASSED");
    known.add("SILENT_MEMBER");
    Pattern code = Pattern.compile("`([A-Z_]+)`");
    for (List<String> row : table("| Befalls a journal |")) {
      List<String> codes =
          code.matcher(row.get(1)).results().map(result -> result.group(1)).toList();
      assertTrue(!codes.isEmpty() && known.containsAll(codes), row::toString);
    }
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("cohort", "nostr-adapter", "cli")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
