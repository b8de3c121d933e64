package org.beaconcohort.cli.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.adapter.reliability.ReliabilityFile;
import org.beaconcohort.cli.Shell;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.EvidenceCodec;
import org.beaconcohort.cohort.evidence.HandMadeCohort;
import org.beaconcohort.cohort.reliability.Attendance;
import org.beaconcohort.cohort.reliability.Duty;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of two members: one silent in three rounds, one whose key a file convicts. */
final class ReliabilityCommandTest {
  private static final String SILENT = "did:btcr2:k1silent";
  private static final String LIAR = "did:btcr2:k1liar";
  private static final SeededRandom RANDOM = new SeededRandom(59);
  private static final Evidence EVIDENCE =
      HandMadeCohort.oneOfEach(
              key -> new NostrNotary(key, () -> Instant.ofEpochSecond(1_800_000_000), RANDOM),
              new NostrStatementReader())
          .getFirst();

  @TempDir private Path directory = Path.of("");
  private String record = "";
  private String evidence = "";

  @BeforeEach
  void write() throws IOException {
    Path file = directory.resolve("members.reliability");
    List<ReliabilityEvent> rounds = new ArrayList<>();
    for (int cohort = 1; cohort <= 3; cohort++) {
      byte[] id = new byte[32];
      id[0] = (byte) cohort;
      rounds.add(
          new ReliabilityEvent.Attended(
              new Attendance(
                  Bytes.of(id),
                  1,
                  false,
                  Duration.ofSeconds(60),
                  List.of(
                      new Attendance.Seat(
                          Bytes.of(id),
                          List.of(SILENT),
                          Optional.of(Duty.PARTIAL_SIGNATURE),
                          Optional.empty()),
                      new Attendance.Seat(
                          EVIDENCE.convicts(),
                          List.of(LIAR),
                          Optional.empty(),
                          Optional.of(Duration.ofMillis(1_500)))))));
    }
    var unused = ReliabilityFile.at(file).add(rounds, Instant.parse("2026-06-01T12:00:00Z"));
    record = file.toString();
    evidence =
        Files.writeString(directory.resolve("evidence-1.json"), EvidenceCodec.encode(EVIDENCE))
            .toString();
  }

  @Test
  void showTellsPeopleWhoWasSilentAtWhatAndWhatToDo() {
    Shell shown = Shell.run("reliability", "show", record);
    assertEquals(0, shown.status(), shown.all());
    assertTrue(shown.out().contains(SILENT + ": parked"), shown.out());
    assertTrue(
        shown.out().contains("3: 0 completed, 0 answered, 3 silent (3 at the partial signature)"),
        shown.out());
    assertTrue(shown.out().contains(LIAR + ": good"), shown.out());
    assertTrue(shown.out().contains("in 1.5 s, at worst 1.5 s"), shown.out());
    assertTrue(shown.all().contains("re-form the cohort without " + SILENT), shown.all());
  }

  @Test
  void machinesReadALinePerMember() {
    Shell shown = Shell.run("reliability", "show", "--json", record);
    assertEquals(0, shown.status(), shown.all());
    var silent = shown.lines().get(1);
    assertEquals(SILENT, silent.path("did").asText());
    assertEquals(3, silent.path("silent").path("PARTIAL_SIGNATURE").asInt());
    assertEquals("parked", silent.path("standing").asText());
    assertEquals(2, shown.lines().getLast().path("dids").asInt());
    assertEquals(0, shown.lines().getLast().path("banned").asInt());
  }

  @Test
  void evidenceBansItsCulpritUntilItIsForgotten() {
    Shell banned = Shell.run("reliability", "ban-by", "--json", record, evidence);
    assertEquals(0, banned.status(), banned.all());
    assertEquals(LIAR, banned.lines().getLast().path("banned").path(0).asText());
    Shell forecast = Shell.run("reliability", "forecast", "--json", record, SILENT, LIAR);
    assertEquals(0, forecast.lines().getLast().path("completes").asDouble());
    Shell forgotten = Shell.run("reliability", "forget", record, LIAR);
    assertEquals(0, forgotten.status(), forgotten.all());
    Shell shown = Shell.run("reliability", "show", "--json", record);
    assertEquals(0, shown.lines().getLast().path("banned").asInt());
  }

  @Test
  void aForecastSaysHowLikelyARoundIsAndHowManyMembersAreWise() {
    Shell forecast = Shell.run("reliability", "forecast", record, "--wanted", "60");
    assertEquals(0, forecast.status(), forecast.all());
    // 9 of 13, and 12 of 13.
    assertTrue(forecast.out().contains("63.9 % of rounds"), forecast.out());
    assertTrue(forecast.out().contains("at most 2 members"), forecast.out());
    assertTrue(forecast.out().contains("120 s for each answer"), forecast.out());
  }

  @Test
  void whatCannotBeDoneSaysWhatToDoNext() throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), "{}");
    Shell unproven = Shell.run("reliability", "ban-by", record, other.toString());
    assertEquals(65, unproven.status(), unproven.all());
    Shell unknown = Shell.run("reliability", "forget", record, "did:btcr2:k1nobody");
    assertEquals(3, unknown.status(), unknown.all());
    Shell missing = Shell.run("reliability", "show", directory.resolve("missing").toString());
    assertEquals(65, missing.status(), missing.all());
    Path file = Path.of(record);
    Files.writeString(file, Files.readString(file).replace(SILENT, LIAR));
    Shell changed = Shell.run("reliability", "show", record);
    assertEquals(65, changed.status(), changed.all());
    assertTrue(changed.err().contains("line 1 must be as it was written"), changed.err());
    assertTrue(changed.err().contains("next: "), changed.err());
    Shell run =
        Shell.run(
            "coordinator",
            "run",
            "--min",
            "2",
            "--max",
            "2",
            "--relay",
            "ws://127.0.0.1:1",
            "--chain",
            "http://127.0.0.1:1",
            "--reliability",
            record,
            "--out",
            directory.resolve("never").toString());
    assertEquals(65, run.status(), run.all());
    assertTrue(Files.notExists(directory.resolve("never")));
  }
}
