package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/scenarios.md is made of the tests that carry a scenario's tag. */
final class ScenariosTest {
  private static final String TAG = "scenario-";
  private static final String MARK = "<!-- made from the tests' tags by ScenariosTest -->\n";

  @Test
  void theTableOfScenariosNamesEveryTaggedTest() throws IOException {
    String document = Files.readString(TaggedTests.repository("docs/scenarios.md"));
    assertEquals(
        table(),
        document.substring(document.indexOf(MARK) + MARK.length()),
        "docs/scenarios.md must end in the table of tagged tests; put this one there");
  }

  private static String table() {
    Map<Integer, TreeSet<String>> rows = new TreeMap<>();
    TaggedTests.with(TAG)
        .forEach((name, methods) ->
            methods.forEach(method ->
                rows.computeIfAbsent(Integer.parseInt(name), n -> new TreeSet<>())
                    .add(
                        "`"
                            + method.getOwner().getSimpleName()
                            + "`: "
                            + sentence(method.getName()))));
    StringBuilder table = new StringBuilder("\n| # | Shown by |\n|---|---|\n");
    rows.forEach((number, tests) ->
        tests.forEach(
            test -> table.append("| ").append(number).append(" | ").append(test).append(" |\n")));
    return table.toString();
  }

  private static String sentence(String name) {
    return name.replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
  }
}
