package org.beaconcohort.cli.bench.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cli.Shell;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class JournalBenchCommandTest {
  @TempDir private Path folder;

  private Shell bench(String... more) {
    List<String> all =
        Stream.concat(
                Stream.of(
                    "bench", "journal", "--seconds", "0", "--json", "--dir", folder.toString()),
                Stream.of(more))
            .toList();
    return Shell.run(all.toArray(String[]::new));
  }

  private static ObjectNode only(Shell shell, String event, String database) {
    List<ObjectNode> found =
        shell.lines().stream()
            .filter(line -> line.path("event").asText().equals(event))
            .filter(line -> line.path("database").asText().equals(database))
            .toList();
    assertEquals(1, found.size(), shell.all());
    return found.getFirst();
  }

  private static void everythingIsMeasured(Shell shell, String database, int rounds) {
    for (String field : List.of("perSecond", "ms", "medianMs", "ratio", "appends")) {
      assertTrue(only(shell, "append", database).path(field).asDouble() > 0, field);
    }
    ObjectNode release = only(shell, "claim-to-release", database);
    assertEquals(2 * rounds, release.path("signatures").asInt(), release.toString());
    assertTrue(release.path("ms").asDouble() <= release.path("longestMs").asDouble());
    ObjectNode replay = only(shell, "replay", database);
    assertTrue(replay.path("rounds").asInt() >= rounds, replay.toString());
    assertTrue(replay.path("records").asInt() > 14 * rounds, replay.toString());
    for (String field :
        List.of("firstMs", "ms", "medianMs", "firstCpuMs", "cpuMs", "ratio", "archivedMs")) {
      assertTrue(replay.path(field).asDouble() > 0, field);
    }
  }

  @Test
  void itMeasuresAFileAndLeavesNothingBehind() throws IOException {
    Shell shell = bench("--rounds", "2");
    assertEquals(0, shell.status(), shell.all());
    everythingIsMeasured(shell, "sqlite", 2);
    assertEquals(1, only(shell, "append", "bare writes").path("ratio").asDouble());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void itMeasuresAServerToo() {
    String server = Optional.ofNullable(System.getenv("BEACON_COHORT_TEST_POSTGRES")).orElse("");
    Assumptions.assumeTrue(
        !server.isEmpty(), "no PostgreSQL; set BEACON_COHORT_TEST_POSTGRES=jdbc:postgresql:…");
    Shell shell = bench("--rounds", "1", "--postgres", server);
    assertEquals(0, shell.status(), shell.all());
    everythingIsMeasured(shell, "sqlite", 1);
    everythingIsMeasured(shell, "postgresql", 1);
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnythingIsMade() throws IOException {
    for (List<String> wrong :
        List.of(
            List.of("--rounds", "0"),
            List.of("--seconds", "-1"),
            List.of("--postgres", "jdbc:sqlite:x.db"))) {
      Shell shell = bench(wrong.toArray(String[]::new));
      assertEquals(2, shell.status(), shell.all());
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
