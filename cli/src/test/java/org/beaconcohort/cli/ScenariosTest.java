package org.beaconcohort.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/scenarios.md is made of the tests that carry a scenario's tag. */
final class ScenariosTest {
  private static final String TAG = "scenario-";
  private static final String MARK = "<!-- made from the tests' tags by ScenariosTest -->\n";

  @Test
  void theTableOfScenariosNamesEveryTaggedTest() throws IOException {
    String document = Files.readString(repository("docs/scenarios.md"));
    assertEquals(
        table(),
        document.substring(document.indexOf(MARK) + MARK.length()),
        "docs/scenarios.md must end in the table of tagged tests; put this one there");
  }

  private static String table() {
    Map<Integer, TreeSet<String>> rows = new TreeMap<>();
    for (JavaMethod method : tagged()) {
      String tag = method.getAnnotationOfType(Tag.class).value();
      rows.computeIfAbsent(Integer.parseInt(tag.substring(TAG.length())), n -> new TreeSet<>())
          .add("`" + method.getOwner().getSimpleName() + "`: " + sentence(method.getName()));
    }
    StringBuilder table = new StringBuilder("\n| # | Shown by |\n|---|---|\n");
    rows.forEach((number, tests) ->
        tests.forEach(
            test -> table.append("| ").append(number).append(" | ").append(test).append(" |\n")));
    return table.toString();
  }

  private static List<JavaMethod> tagged() {
    List<JavaMethod> found = new ArrayList<>();
    new ClassFileImporter()
        .withImportOption(place -> place.contains("test-classes") || place.contains("tests.jar"))
        .importPackages("org.beaconcohort")
        .forEach(each ->
            each.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(Tag.class))
                .filter(method -> method.getAnnotationOfType(Tag.class).value().startsWith(TAG))
                .forEach(found::add));
    return found;
  }

  private static String sentence(String name) {
    return name.replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
  }

  private static Path repository(String path) {
    return Stream.of(Path.of(path), Path.of("..").resolve(path))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + " must be in the repository"));
  }
}
