package org.beaconcohort.adapter.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.beaconcohort.adapter.nostr.profile.NostrNotary;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.evidence.HandMadeCohort;
import org.beaconcohort.cohort.reliability.Attendance;
import org.beaconcohort.cohort.reliability.Duty;
import org.beaconcohort.cohort.reliability.ProvenFault;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import org.beaconcohort.cohort.simulation.SeededRandom;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered is there for the next process, whole or not at all. */
final class ReliabilityFileTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path directory = Path.of("");

  private Path path() {
    return directory.resolve("deeper").resolve("members.reliability");
  }

  private static ReliabilityEvent round(int cohort, Bytes key, String did) {
    byte[] id = new byte[32];
    id[31] = (byte) cohort;
    return new ReliabilityEvent.Attended(
        new Attendance(
            Bytes.of(id),
            1,
            false,
            Duration.ofSeconds(60),
            List.of(
                new Attendance.Seat(
                    key, List.of(did), Optional.of(Duty.RESPONSE), Optional.empty()),
                new Attendance.Seat(
                    Bytes.of(id),
                    List.of("did:btcr2:other"),
                    Optional.empty(),
                    Optional.empty()))));
  }

  @Test
  void aBanSurvivesARestartAndItsFileIsItsOwnersAlone() throws IOException {
    assertFalse(ReliabilityFile.at(path()).exists());
    assertEquals(List.of(), ReliabilityFile.at(path()).read().members());
    SeededRandom random = new SeededRandom(58);
    Evidence evidence =
        HandMadeCohort.oneOfEach(
                key -> new NostrNotary(key, () -> Instant.ofEpochSecond(1_800_000_000), random),
                new NostrStatementReader())
            .getFirst();
    var unused =
        ReliabilityFile.at(path())
            .add(
                List.of(
                    round(1, evidence.convicts(), "did:btcr2:liar"),
                    new ReliabilityEvent.Convicted(
                        ProvenFault.of(evidence, new NostrStatementReader()))),
                NOW);
    assertEquals(Set.of("did:btcr2:liar"), ReliabilityFile.at(path()).read().admission().banned());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
  }

  @Test
  void aChangedFileIsRefusedAndNothingIsAddedToIt() throws IOException {
    ReliabilityFile file = ReliabilityFile.at(path());
    var unused = file.add(List.of(round(1, Bytes.of(new byte[32]), "did:btcr2:ben")), NOW);
    String changed = Files.readString(path()).replace("did:btcr2:ben", "did:btcr2:ann");
    Files.writeString(path(), changed);
    ReliabilityFileException refused = assertThrows(ReliabilityFileException.class, file::read);
    assertTrue(refused.damaged());
    assertTrue(String.valueOf(refused.getMessage()).contains("line 1 must be as it was written"));
    assertThrows(
        ReliabilityFileException.class,
        () -> file.add(List.of(round(2, Bytes.of(new byte[32]), "did:btcr2:cat")), NOW));
    assertEquals(changed, Files.readString(path()));
  }

  @Test
  void coordinatorsThatShareAFileLoseNothing() throws Exception {
    int each = 8;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        int first = writer * each;
        writers.add(
            threads.submit(() -> {
              for (int i = first; i < first + each; i++) {
                var unused =
                    ReliabilityFile.at(path())
                        .add(List.of(round(i, Bytes.of(new byte[32]), "did:btcr2:ben")), NOW);
              }
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertEquals(3 * each, ReliabilityFile.at(path()).read().of("did:btcr2:ben").silentRounds());
  }
}
