package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.Replay;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is not as it was written stops alone. */
abstract class DamageContract extends JournalScene {
  private void twoStreams() {
    try (JournalStore store = open()) {
      IdentityLease lease = take(store);
      for (String name : List.of("a", "b")) {
        JournalStream stream = replayed(store.stream(lease, name));
        for (String text : List.of("one", "two", "three")) {
          stream.append(append(text));
        }
      }
    }
  }

  private static StreamDamage damage(Replay replay) {
    return assertInstanceOf(Replay.Broken.class, replay).damage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal_records SET payload = hash WHERE stream = 'a' AND seq = 2",
        "UPDATE journal_records SET type = 'Test' WHERE stream = 'a' AND seq = 2",
        "UPDATE journal_records SET version = 2 WHERE stream = 'a' AND seq = 2",
        "UPDATE journal_records SET retained = 1 WHERE stream = 'a' AND seq = 2",
        "UPDATE journal_records SET hash = payload_hash WHERE stream = 'a' AND seq = 2",
        "DELETE FROM journal_records WHERE stream = 'a' AND seq = 2",
        "UPDATE journal_records SET seq = 9 WHERE stream = 'a' AND seq = 2"
      })
  void aChangedOrMissingRecordStopsItsStreamAndNoOther(String attack) throws SQLException {
    twoStreams();
    tamper(attack);
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream a = store.stream(lease, "a");
    StreamDamage damage = damage(a.replay());
    assertEquals(Fault.DAMAGED, damage.fault());
    assertEquals("a", damage.stream());
    assertEquals(2, damage.seq());
    refused(Fault.DAMAGED, () -> a.replay().records());
    refused(Fault.STREAM_MOVED, () -> a.append(append("four")));
    JournalStream b = replayed(store.stream(lease, "b"));
    b.append(append("four"));
    assertEquals(4, b.replay().records().size());
    JournalCheck check = store.check();
    assertFalse(check.clean());
    assertEquals(1, check.whole());
    assertEquals(List.of("a"), check.damaged().stream().map(StreamDamage::stream).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM journal_records WHERE stream = 'a' AND seq = 3",
        "UPDATE journal_streams SET records = 2 WHERE stream = 'a'",
        "UPDATE journal_streams SET records = 4 WHERE stream = 'a'"
      })
  void aChainThatEndsTooEarlyOrTooLateIsNoticed(String attack) throws SQLException {
    twoStreams();
    tamper(attack);
    JournalStore store = open();
    assertEquals(Fault.DAMAGED, damage(store.stream(take(store), "a").replay()).fault());
    assertTrue(store.look("b").orElseThrow() instanceof Replay.Whole);
  }

  @Test
  void recordsMovedFromOneStreamToAnotherAreNoticedInBoth() throws SQLException {
    twoStreams();
    tamper(
        "UPDATE journal_records SET seq = 13 WHERE stream = 'a' AND seq = 3",
        "UPDATE journal_records SET stream = 'a' WHERE stream = 'b' AND seq = 3");
    JournalStore store = open();
    assertEquals(Fault.DAMAGED, damage(store.look("a").orElseThrow()).fault());
    assertEquals(Fault.DAMAGED, damage(store.look("b").orElseThrow()).fault());
  }

  @Test
  void whatIsWholeIsClean() {
    twoStreams();
    JournalCheck check = open().check();
    assertTrue(check.clean(), check::toString);
    assertEquals(2, check.whole());
  }
}
