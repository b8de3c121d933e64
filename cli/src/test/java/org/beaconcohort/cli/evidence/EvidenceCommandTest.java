package org.beaconcohort.cli.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cli.report.JsonReport;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.HandMadeCohort;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence in Nostr events, as files, for whoever gets them. */
final class EvidenceCommandTest {
  private static final SeededRandom RANDOM = new SeededRandom(57);
  private static final List<Evidence> ALL =
      HandMadeCohort.oneOfEach(
          key -> new NostrNotary(key, () -> Instant.ofEpochSecond(1_800_000_000), RANDOM),
          new NostrStatementReader());

  @TempDir private Path directory = Path.of("");
  private final List<String> files = new ArrayList<>();
  private final StringWriter told = new StringWriter();

  @BeforeEach
  void write() {
    EvidenceFiles.write(
        new JsonReport(new PrintWriter(told, true), new PrintWriter(told, true), Clock.systemUTC()),
        directory,
        ALL);
    for (int i = 1; i <= ALL.size(); i++) {
      files.add(directory.resolve("evidence-" + i + ".json").toString());
    }
  }

  private Shell verify(String... more) {
    List<String> arguments = new ArrayList<>(List.of("evidence", "verify"));
    arguments.addAll(List.of(more));
    arguments.addAll(files);
    return Shell.run(arguments.toArray(new String[0]));
  }

  @Test
  void everyKindIsProvedByItsFile() {
    Shell shell = verify();
    assertEquals(0, shell.status(), shell.all());
    for (int i = 0; i < ALL.size(); i++) {
      assertTrue(shell.out().contains(files.get(i) + ": proved"), shell.out());
      assertTrue(shell.out().contains("convicts  " + ALL.get(i).convicts()), shell.out());
      assertTrue(shell.out().contains("of        " + ALL.get(i).code() + ": "), shell.out());
    }
  }

  @Test
  void machinesReadALinePerFile() {
    Shell shell = verify("--json");
    assertEquals(0, shell.status(), shell.all());
    List<ObjectNode> lines = shell.lines();
    assertEquals(ALL.size() + 1, lines.size());
    for (int i = 0; i < ALL.size(); i++) {
      assertEquals("proved", lines.get(i).path("event").asText());
      assertEquals(files.get(i), lines.get(i).path("file").asText());
      assertEquals(ALL.get(i).code().name(), lines.get(i).path("code").asText());
      assertEquals(ALL.get(i).convicts().hex(), lines.get(i).path("convicts").asText());
    }
    assertEquals(ALL.size(), lines.getLast().path("proved").asInt());
  }

  @Test
  void oneFileThatProvesNothingIsNamedAndEndsTheCommandAsBadInput() throws IOException {
    Path changed = Path.of(files.getFirst());
    String text = Files.readString(changed);
    Files.writeString(changed, text.replace("seq", "sea"));
    Shell shell = verify("--json");
    assertEquals(65, shell.status(), shell.all());
    List<ObjectNode> lines = shell.lines();
    assertEquals("unproven", lines.getFirst().path("event").asText());
    assertEquals("proved", lines.get(1).path("event").asText());
    assertEquals("BAD_INPUT", lines.getLast().path("code").asText());
    assertTrue(shell.err().contains("1 file of 4 proved nothing"), shell.err());
  }

  @Test
  void aFileThatIsNotThereOrNoEvidenceProvesNothing() throws IOException {
    files.clear();
    files.add(directory.resolve("missing.json").toString());
    files.add(Files.writeString(directory.resolve("other.json"), "{}").toString());
    files.add(Files.writeString(directory.resolve("escape.json"), "\u001b[31m").toString());
    Shell shell = verify();
    assertEquals(65, shell.status(), shell.all());
    for (String file : files) {
      assertTrue(shell.out().contains(file + ": proves nothing"), shell.out());
    }
    assertTrue(shell.all().indexOf('\u001b') < 0, "no control character of a file is printed");
  }

  @Test
  void whatARunLeavesIsItsOwnersAloneAndIsToldWithWhatToDo() throws IOException {
    for (int i = 0; i < ALL.size(); i++) {
      Path file = Path.of(files.get(i));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(EvidenceCodec.encode(ALL.get(i)), Files.readString(file));
      assertTrue(told.toString().contains("beacon-cohort evidence verify " + file));
      assertTrue(told.toString().contains("\"convicts\":\"" + ALL.get(i).convicts() + "\""));
    }
  }

  @Test
  void evidenceThatCannotBeWrittenHidesNoOutcome() {
    EvidenceFiles.write(
        new JsonReport(new PrintWriter(told, true), new PrintWriter(told, true), Clock.systemUTC()),
        Path.of(files.getFirst()),
        ALL.subList(0, 1));
    assertTrue(told.toString().contains("proof of EQUIVOCATION is not kept"), told.toString());
  }
}
