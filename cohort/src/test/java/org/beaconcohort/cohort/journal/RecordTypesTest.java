package org.beaconcohort.cohort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.beaconcohort.cohort.json.Utf8;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.junit.jupiter.api.Test;

/** A type that got a field in its second version: the newest is written, both are read. */
final class RecordTypesTest {
  private record Depth(int depth, int of) {}

  private final RecordTypes<Depth> types =
      new RecordTypes<>(
          "tester",
          fact ->
              new RecordTypes.Written(
                  "Depth", new FactJson().number("depth", fact.depth()).number("of", fact.of())),
          Map.of(
              "Depth",
              List.of(
                  first -> new Depth(first.number("depth"), 6),
                  second -> new Depth(second.number("depth"), second.number("of")))),
          SimNotary::read);

  @Test
  void theNewestVersionIsWritten() {
    assertEquals(record(2, "{\"depth\":1,\"of\":3}"), types.encode(new Depth(1, 3)));
  }

  @Test
  void everyVersionIsReadByItsOwnFields() {
    assertEquals(new Depth(1, 3), types.decode(record(2, "{\"depth\":1,\"of\":3}")));
    assertEquals(new Depth(1, 6), types.decode(record(1, "{\"depth\":1}")));
    assertThrows(
        MalformedRecordException.class, () -> types.decode(record(1, "{\"depth\":1,\"of\":3}")));
    assertThrows(MalformedRecordException.class, () -> types.decode(record(2, "{\"depth\":1}")));
  }

  @Test
  void aVersionFromTheFutureIsUnknownAndOneBelowTheFirstMalformed() {
    UnknownRecordException future =
        assertThrows(
            UnknownRecordException.class,
            () -> types.decode(record(3, "{\"depth\":1,\"of\":3,\"to\":4}")));
    assertEquals(
        "record tester.Depth of version 3 must be of version 2 at most; a later version of this"
            + " program wrote it, use that one",
        future.getMessage());
    for (int version : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(
          MalformedRecordException.class, () -> types.decode(record(version, "{\"depth\":1}")));
    }
  }

  private static JournalRecord record(int version, String payload) {
    return new JournalRecord("tester.Depth", version, Utf8.encode(payload));
  }
}
