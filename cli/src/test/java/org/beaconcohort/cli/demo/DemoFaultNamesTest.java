package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFaultNamesTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void theListHasANameAndASentenceALine() {
    Shell list = Shell.run("demo", "--fault", "list");
    assertEquals(0, list.status(), list.all());
    List<String> lines = list.out().lines().toList();
    assertTrue(lines.size() >= 20, "faults must be at least 20, got " + lines.size());
    Set<String> names = new TreeSet<>();
    for (String line : lines) {
      assertTrue(line.matches("[a-z-]+ +[A-Z].*\\."), line);
      names.add(line.substring(0, line.indexOf(' ')));
    }
    assertEquals(lines.size(), names.size());
    assertEquals(
        names, Arrays.stream(Fault.values()).map(Fault::label).collect(Collectors.toSet()));
  }

  @Test
  void theListForMachinesHasTheSameNames() {
    Shell list = Shell.run("demo", "--fault", "list", "--json");
    assertEquals(
        Arrays.stream(Fault.values()).map(Fault::label).toList(),
        list.lines().stream().map(line -> line.path("fault").asText()).toList());
  }

  @Test
  void anUnknownNameIsExit2AndNamesTheClosestAndTheList() {
    Path out = directory.resolve("out");
    Shell demo = Shell.run("demo", "--fault", "member-cutof", "--out", out.toString());
    assertEquals(2, demo.status(), demo.all());
    assertTrue(demo.err().contains("got member-cutof; the closest is member-cut-off"), demo.err());
    assertTrue(demo.err().contains("beacon-cohort demo --fault list"), demo.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void aNameOfAnyLengthIsToldInShort() {
    Shell demo = Shell.run("demo", "--fault", "x".repeat(10_000));
    assertEquals(2, demo.status());
    assertTrue(demo.err().length() < 500, demo.err());
  }

  @Test
  void theClosestNameNeedsTheFewestLettersChanged() {
    assertEquals("no-cohort-in-time", Fault.closest("cohort-in-time"));
    assertEquals("member-vanishes-after-final", Fault.closest("member-vanish-after-final"));
    assertEquals("relay-dies-after-formed", Fault.closest("relay-dies-after-formed"));
  }

  @Test
  void relaysOfOthersAreNotStopped() {
    Shell demo =
        Shell.run("demo", "--fault", "relay-dies-after-formed", "--relay", "ws://127.0.0.1:1");
    assertEquals(2, demo.status(), demo.all());
    assertTrue(demo.err().contains("leave out --relay"), demo.err());
  }

  @Test
  void moreMembersThanTheShortDeadlinesAreForAreRefused() {
    Shell demo = Shell.run("demo", "--fault", "member-cut-off", "--participants", "6");
    assertEquals(2, demo.status(), demo.all());
    assertTrue(demo.err().contains("participants must be 2 to 5 with --fault"), demo.err());
  }

  @Test
  void theTableOfOperationsIsTheList() throws IOException {
    String document = Files.readString(operations());
    String table =
        Arrays.stream(Fault.values())
            .map(fault -> "| `" + fault.label() + "` | " + fault.sentence() + " |\n")
            .collect(Collectors.joining());
    assertTrue(
        document.contains("| `--fault` | |\n|---|---|\n" + table + "\n"),
        "docs/operations.md must hold this table:\n" + table);
  }

  private static Path operations() {
    return Stream.of(Path.of("docs/operations.md"), Path.of("../docs/operations.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("docs/operations.md must be in the repository"));
  }
}
