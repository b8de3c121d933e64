package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.record.Replay;
import org.junit.jupiter.api.Test;

/**
 * Bits flipped and files cut anywhere: a stream reads exactly as it was written, or is refused by
 * name. It never reads as something else.
 */
final class SqliteCorruptionTest extends JournalScene {
  private static final List<String> STREAMS = List.of("a", "b", "c", "d");
  private static final int FLIPS = 200;

  private final Map<String, List<String>> written = new TreeMap<>();

  @Override
  JournalPlace make() throws IOException {
    return JournalPlace.sqlite();
  }

  private Path file() {
    return place.folder().resolve("journal.db");
  }

  private byte[] written() throws IOException {
    try (JournalStore store = open()) {
      IdentityLease lease = take(store);
      for (String name : STREAMS) {
        JournalStream stream = replayed(store.stream(lease, name));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          texts.add(name + i + "-".repeat(900));
        }
        stream.append(Append.of(texts.stream().map(JournalScene::record).toList()));
        written.put(name, texts);
      }
    }
    return Files.readAllBytes(file());
  }

  /** How many streams read; all that do must read as written. */
  private int readable(String what) throws IOException {
    int read = 0;
    try (JournalStore store = open()) {
      IdentityLease lease = take(store);
      for (String name : STREAMS) {
        read += reads(store.stream(lease, name), name, what) ? 1 : 0;
      }
    } catch (JournalException refusal) {
      assertTrue(
          List.of(
                  Fault.CORRUPT,
                  Fault.NOT_A_JOURNAL,
                  Fault.NEWER_SCHEMA,
                  Fault.ROLLED_BACK,
                  Fault.READ_ONLY,
                  Fault.UNEXPECTED)
              .contains(refusal.fault()),
          () -> what + ": " + refusal.getMessage());
    }
    for (String leftover : List.of("journal.db-wal", "journal.db-shm")) {
      Files.deleteIfExists(place.folder().resolve(leftover));
    }
    return read;
  }

  private boolean reads(JournalStream stream, String name, String what) {
    Replay replay;
    try {
      replay = stream.replay();
    } catch (JournalException refusal) {
      return false;
    }
    if (replay instanceof Replay.Whole whole) {
      assertEquals(written.get(name), texts(whole.records()), what);
      return true;
    }
    return false;
  }

  @Test
  void aFlippedBitNeverChangesWhatAStreamSays() throws IOException {
    byte[] good = written();
    Random random = new Random(20);
    int unharmed = 0;
    int others = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), bad);
      int read = readable("bit in byte " + at);
      unharmed += read == STREAMS.size() ? 1 : 0;
      others += read == STREAMS.size() - 1 ? 1 : 0;
    }
    assertTrue(others > FLIPS / 4, "one stream alone must be hit in most cases, got " + others);
    assertTrue(unharmed < FLIPS, "some bits must matter");
  }

  @Test
  void aFileThatWasCutOffIsRefusedOrReadsAsFarAsItIsWhole() throws IOException {
    byte[] good = written();
    for (int tenth = 0; tenth < 10; tenth++) {
      int length = good.length * tenth / 10;
      Files.write(file(), Arrays.copyOf(good, length));
      assertTrue(readable("cut to " + length) < STREAMS.size(), "cut to " + length);
    }
    Files.write(file(), good);
    assertEquals(STREAMS.size(), readable("put back"));
  }

  @Test
  void aFlippedBitNeverLetsSomethingBeUsedTwice() throws IOException {
    List<LedgerEntry> entries = new ArrayList<>();
    try (JournalStore store = open()) {
      JournalStream stream = writer(store, "a");
      for (int i = 1; i <= 40; i++) {
        entries.add(opened(1, i, 1, i));
        stream.append(append("nonce " + i, entries.get(entries.size() - 1)));
      }
    }
    byte[] good = Files.readAllBytes(file());
    Random random = new Random(21);
    int unharmed = 0;
    int named = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(), bad);
      try (JournalStore store = open()) {
        var unused = take(store);
        for (LedgerEntry entry : entries) {
          for (LedgerEntry.Row row : entry.rows()) {
            assertEquals(
                row.value(),
                store.ledger().use(row).orElseThrow().value(),
                "bit in byte " + at + " let " + row + " go");
          }
        }
        unharmed++;
      } catch (JournalException refusal) {
        named += refusal.fault() == Fault.LEDGER_DAMAGED ? 1 : 0;
      }
      for (String leftover : List.of("journal.db-wal", "journal.db-shm")) {
        Files.deleteIfExists(place.folder().resolve(leftover));
      }
    }
    assertTrue(unharmed < FLIPS, "some bits must matter");
    assertTrue(named > FLIPS / 5, "the ledger must be named when it is hit, was " + named);
  }
}
