package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * docs/scenarios.md names all scenarios, and is made of the tests that carry a scenario's tag. Each
 * scenario has a test, or a reason why it has none yet.
 */
final class ScenariosTest {
  private static final String TAG = "scenario-";
  private static final String MARK = "<!-- made from the tests' tags by ScenariosTest -->\n";
  private static final int SCENARIOS = 48;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| ");

  /** Why a scenario has no test yet. */
  private static final Map<Integer, String> OPEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(32, "paying for a child needs an anchor output"),
              Map.entry(33, "reorganisations with another transaction need the chain's watcher"),
              Map.entry(36, "needs the watcher of beacon addresses"),
              Map.entry(37, "needs the watcher of beacon addresses, and leaf B"),
              Map.entry(46, "SMT beacons are not there yet")));

  /** What of a scenario that has tests is later work. */
  private static final Map<Integer, String> HALF_OPEN =
      Map.of(
          29, "the resolver's half, with resolution from relays alone",
          30, "the resolver's half, with resolution from relays alone",
          35,
              "a successor that is a member as well: without its journal it has no cohort key, with"
                  + " an older one it halts (N19)");

  @Test
  void theTableOfScenariosNamesEveryTaggedTest() throws IOException {
    Path file = TaggedTests.repository("docs/scenarios.md");
    String document = Files.readString(file);
    int end = document.indexOf(MARK) + MARK.length();
    if (Boolean.getBoolean("tables.write")) {
      Files.writeString(file, document.substring(0, end) + table());
      return;
    }
    assertEquals(
        table(),
        document.substring(end),
        "docs/scenarios.md must end in the table of tagged tests; -Dtables.write=true puts it"
            + " there");
  }

  @Test
  void everyScenarioSaysWhatIsExpected() throws IOException {
    String document = Files.readString(TaggedTests.repository("docs/scenarios.md"));
    List<Integer> named = new ArrayList<>();
    Matcher rows = ROW.matcher(document.substring(0, document.indexOf(MARK)));
    while (rows.find()) {
      named.add(Integer.parseInt(rows.group(1)));
    }
    assertEquals(IntStream.rangeClosed(1, SCENARIOS).boxed().toList(), named);
  }

  private static String table() {
    Map<String, List<JavaMethod>> tests = TaggedTests.with(TAG);
    StringBuilder table = new StringBuilder("\n| # | Shown by |\n|---|---|\n");
    for (int number = 1; number <= SCENARIOS; number++) {
      TreeSet<String> shown = new TreeSet<>();
      for (JavaMethod method : tests.getOrDefault(String.valueOf(number), List.of())) {
        shown.add("`" + method.getOwner().getSimpleName() + "`: " + sentence(method.getName()));
      }
      List<String> rows = new ArrayList<>(shown);
      String open = rows.isEmpty() ? OPEN.get(number) : HALF_OPEN.get(number);
      if (open != null) {
        rows.add("open: " + open);
      }
      assertTrue(!rows.isEmpty(), "scenario " + number + " must have a test, or a reason in OPEN");
      for (String row : rows) {
        table.append("| ").append(number).append(" | ").append(row).append(" |\n");
      }
    }
    return table.toString();
  }

  private static String sentence(String name) {
    return name.replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
  }
}
