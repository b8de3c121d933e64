package org.beaconcohort.cohort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.fuzz.Fuzz;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Journals that a disk or a hand has changed: every record is read, or refused with a typed error.
 */
final class RecordFuzzTest {
  private static final Simulation SIMULATION = new Simulation(68, Simulation.terms(2, 2));

  static {
    SIMULATION.addMember(true);
    SIMULATION.addMember(true);
    SIMULATION.begin();
    SIMULATION.run(Duration.ofDays(1));
  }

  /** Type, version and payload, a line each; one record of each type. */
  private static List<String> seeds(List<JournalRecord> records) {
    Map<String, String> byType = new TreeMap<>();
    for (JournalRecord record : records) {
      byType.put(
          record.type(),
          record.type() + "\n" + record.version() + "\n" + Utf8.decode(record.payload()));
    }
    return List.copyOf(byType.values());
  }

  private static JournalRecord record(String text) {
    String[] parts = text.split("\n", 3);
    boolean number = parts.length == 3 && parts[1].matches("-?[0-9]{1,9}");
    byte[] payload = parts[parts.length - 1].getBytes(StandardCharsets.UTF_8);
    return new JournalRecord(parts[0], number ? Integer.parseInt(parts[1]) : 0, Bytes.of(payload));
  }

  private static <F> void fuzz(String what, List<JournalRecord> records, RecordCodec<F> codec) {
    Fuzz.ofJson(what, seeds(records))
        .refusing(MalformedRecordException.class, UnknownRecordException.class)
        .allocatingPerUnit(1_024)
        .run(text -> {
          JournalRecord record = record(text);
          assertEquals(record, codec.encode(codec.decode(record)));
        });
  }

  @Test
  void aCoordinatorsRecordIsReadOrRefused() {
    fuzz(
        "CoordinatorRecords",
        SIMULATION.coordinator().journal().records(),
        CoordinatorRecords.codec(SimNotary::read));
  }

  @Test
  void aMembersRecordIsReadOrRefused() {
    fuzz(
        "ParticipantRecords",
        SIMULATION.members().get(0).journal().records(),
        ParticipantRecords.codec(SimNotary::read));
  }
}
