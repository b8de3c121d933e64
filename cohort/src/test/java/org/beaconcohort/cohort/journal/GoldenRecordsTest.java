package org.beaconcohort.cohort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.junit.jupiter.api.Test;

/**
 * Journals that are out there: a line of {@code records-1.txt} is what the first version wrote, and
 * is never changed. It begins with {@link GoldenFacts} and ends with a refusal for each code. What
 * was added since is in {@code records-2.txt}, with the codes since, and in the files after it.
 */
final class GoldenRecordsTest {
  private final List<JournalRecord> stored = stored("records-1.txt");
  private final List<JournalRecord> later = stored("records-2.txt");
  private final List<JournalRecord> latest = stored("records-3.txt");
  private final List<JournalRecord> keysets = stored("records-keysets.txt");
  private final List<JournalRecord> succession = stored("records-succession.txt");
  private final List<JournalRecord> parked = stored("records-parked.txt");
  private final List<JournalRecord> aboutTime = stored("records-time.txt");
  private final List<JournalRecord> leaf = stored("records-leaf.txt");
  private final List<JournalRecord> canary = stored("records-canary.txt");
  private final List<JournalRecord> unsigned = stored("records-unsigned.txt");
  private int next;

  @Test
  void everyStoredRecordIsReadAndWrittenAgainAsItIs() {
    for (JournalRecord record : all()) {
      JournalRecord again =
          record.type().startsWith("participant.")
              ? RecordCodecTest.PARTICIPANT.encode(RecordCodecTest.PARTICIPANT.decode(record))
              : RecordCodecTest.COORDINATOR.encode(RecordCodecTest.COORDINATOR.decode(record));
      assertEquals(line(record), line(again));
    }
    assertTrue(stored.size() >= 79, "no line may be lost, got " + stored.size());
  }

  @Test
  void everyStoredRecordStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.ofParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact);
    }
    for (CoordinatorFact fact : GoldenFacts.ofCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact);
    }
  }

  @Test
  void everyRecordStoredLaterStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.laterOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, later);
    }
    for (CoordinatorFact fact : GoldenFacts.laterOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, later);
    }
  }

  @Test
  void everyRecordStoredLastStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.latestOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, latest);
    }
    for (CoordinatorFact fact : GoldenFacts.latestOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, latest);
    }
  }

  @Test
  void everyRecordOfKeySetsThatFollowOneAnotherStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.keysetsOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, keysets);
    }
    for (CoordinatorFact fact : GoldenFacts.keysetsOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, keysets);
    }
  }

  @Test
  void everyRecordOfASuccessionStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.ofSuccession()) {
      check(RecordCodecTest.PARTICIPANT, fact, succession);
    }
  }

  @Test
  void everyRecordOfParkingStillMeansTheSame() {
    for (CoordinatorFact fact : GoldenFacts.parkedOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, parked);
    }
  }

  @Test
  void everyRecordAboutTimeStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.aboutTimeOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, aboutTime);
    }
    for (CoordinatorFact fact : GoldenFacts.aboutTimeOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, aboutTime);
    }
  }

  @Test
  void everyRecordOfLeafAStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.leafOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, leaf);
    }
    for (CoordinatorFact fact : GoldenFacts.leafOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, leaf);
    }
  }

  @Test
  void everyRecordOfACoordinatorsCanaryStillMeansTheSame() {
    for (CoordinatorFact fact : GoldenFacts.canaryOfCoordinator()) {
      check(RecordCodecTest.COORDINATOR, fact, canary);
    }
  }

  @Test
  void everyRecordOfALeafSignatureThatWasNotMadeStillMeansTheSame() {
    for (ParticipantFact fact : GoldenFacts.unsignedOfParticipant()) {
      check(RecordCodecTest.PARTICIPANT, fact, unsigned);
    }
  }

  private List<JournalRecord> all() {
    return Stream.of(
            stored, later, latest, keysets, succession, parked, aboutTime, leaf, canary, unsigned)
        .flatMap(List::stream)
        .toList();
  }

  private <F> void check(RecordCodec<F> codec, F fact) {
    check(codec, fact, stored);
  }

  private <F> void check(RecordCodec<F> codec, F fact, List<JournalRecord> records) {
    JournalRecord old = records.get(next++);
    assertEquals(line(old), line(codec.encode(fact)));
    assertEquals(fact, codec.decode(old), line(old));
  }

  @Test
  void everyTypeIsAmongThem() {
    Set<String> types = new TreeSet<>();
    RecordCodecTest.all(ParticipantFact.class)
        .forEach(fact -> types.add("participant." + fact.getSimpleName()));
    RecordCodecTest.all(CoordinatorFact.class)
        .forEach(fact -> types.add("coordinator." + fact.getSimpleName()));
    Set<String> found = new TreeSet<>();
    all().forEach(record -> found.add(record.type()));
    assertEquals(types, found);
  }

  private static String line(JournalRecord record) {
    return record.type() + " " + record.version() + " " + Utf8.decode(record.payload());
  }

  private static List<JournalRecord> stored(String name) {
    try (InputStream file = GoldenRecordsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 3))
          .map(parts ->
              new JournalRecord(parts[0], Integer.parseInt(parts[1]), Utf8.encode(parts[2])))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
