package org.beaconcohort.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cohort goes over to the next one, over a relay and a chain. */
@Timeout(120)
final class DemoSuccessionTest {
  @Test
  void aCohortGoesOverToTheNextOneAndLeavesNothingBehind(@TempDir Path directory) {
    Path out = directory.resolve("out");

    Shell shell = Shell.run("demo", "--fault", "succession", "--out", out.toString(), "--json");

    assertEquals(0, shell.status(), shell.all());
    List<ObjectNode> lines = shell.lines();
    JsonNode done = lines.getLast();
    List<ObjectNode> opened = all(lines, "sweep-opened");
    assertEquals(done.path("oldAddress"), opened.getFirst().path("beaconAddress"), shell.all());
    assertEquals(done.path("nextAddress"), opened.getFirst().path("nextAddress"), shell.all());
    assertTrue(all(lines, "successor-shown").getFirst().has("cohortId"), shell.all());
    assertEquals(4, done.path("members").size(), shell.all());
    assertTrue(Files.exists(out.resolve("tx.hex")));
  }

  private static List<ObjectNode> all(List<ObjectNode> lines, String event) {
    List<ObjectNode> found =
        lines.stream().filter(line -> line.path("event").asText().equals(event)).toList();
    assertTrue(!found.isEmpty(), event);
    return found;
  }
}
