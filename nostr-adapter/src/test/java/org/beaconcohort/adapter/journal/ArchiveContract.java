package org.beaconcohort.adapter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.beaconcohort.adapter.journal.archive.ExportResult;
import org.beaconcohort.adapter.journal.archive.JournalArchive;
import org.beaconcohort.adapter.journal.archive.JournalExport;
import org.beaconcohort.adapter.journal.archive.JournalImport;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerConflictException;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals as files, and what an archive leaves where it is. */
abstract class ArchiveContract extends JournalScene {
  private static final NonceSighting SEEN =
      new NonceSighting(bytes(66, 4), bytes(32, 3), bytes(32, 2), bytes(32, 1));

  @TempDir private Path outside;

  private Path file(String name) {
    return place.folder().resolve(name);
  }

  /** A journal with everything in it: two streams, ledger, sighting, evidence, halt. */
  private JournalStore full() {
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalStream a = replayed(store.stream(lease, "a"));
    a.append(append("one", opened(1, 1, 1, 1), claimed(1, 1, 1, 5)));
    a.append(
        new Append(
            List.of(record("two"), new NewRecord("bundle", 1, bytes(100, 3), true)),
            List.of(),
            List.of(SEEN)));
    JournalStream b = replayed(store.stream(lease, "b"));
    b.append(append("other", opened(2, 1, 1, 2), claimed(2, 1, 1, 5)));
    assertThrows(LedgerConflictException.class, () -> b.append(append("no", claimed(2, 1, 1, 6))));
    return store;
  }

  private JournalStore empty() throws SQLException, IOException {
    place.close();
    place = make();
    return open();
  }

  @Test
  void anExportTakenIntoAnEmptyJournalIsTheSameJournal() throws Exception {
    Path export = outside.resolve("journal.jsonl");
    List<StoredRecord> a;
    try (JournalStore store = full()) {
      a = store.look("a").orElseThrow().records();
      ExportResult result = JournalExport.write(store, export);
      assertEquals(new ExportResult(2, 4, List.of()), result);
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(export)));
    JournalStore store = empty();
    assertEquals(new ExportResult(2, 4, List.of()), JournalImport.read(store, export));
    assertEquals(a, store.look("a").orElseThrow().records());
    assertTrue(store.check().clean());
    assertEquals(List.of(SEEN), store.ledger().sightings(bytes(66, 4)));
    assertEquals(1, store.ledger().halts().evidence().size());
    assertTrue(store.ledger().halts().reason(key(2).hex()).isPresent());
    IdentityLease lease = take(store);
    assertEquals(2, lease.fence());
    assertEquals(3, lease.appends());
    JournalStream stream = replayed(store.stream(lease, "a"));
    assertThrows(
        LedgerConflictException.class, () -> stream.append(append("no", claimed(1, 1, 1, 6))));
    JournalImport.read(store, export);
    assertEquals(2, store.ledger().halts().evidence().size(), "importing again adds nothing");
  }

  @Test
  void anExportThatWasCutOffOrChangedIsRefusedWhole() throws Exception {
    Path export = outside.resolve("journal.jsonl");
    try (JournalStore store = full()) {
      JournalExport.write(store, export);
    }
    JournalStore store = empty();
    List<String> lines = Files.readAllLines(export);
    List<List<String>> bad =
        List.of(
            List.of(),
            lines.subList(0, lines.size() - 1),
            lines.subList(1, lines.size()),
            without(lines, 3),
            replaced(lines, "\"version\":1,\"payload\"", "\"version\":2,\"payload\""),
            replaced(lines, "beacon-cohort-journal", "something-else"),
            replaced(lines, "\"version\":1}", "\"version\":2}"),
            List.of("not json"));
    for (List<String> each : bad) {
      Files.write(export, each);
      refused(Fault.BAD_EXPORT, () -> JournalImport.read(store, export));
      assertEquals(List.of(), store.streams());
    }
    refused(Fault.BAD_EXPORT, () -> JournalImport.read(store, file("none")));
  }

  private static List<String> without(List<String> lines, int index) {
    return IntStream.range(0, lines.size()).filter(at -> at != index).mapToObj(lines::get).toList();
  }

  private static List<String> replaced(List<String> lines, String from, String to) {
    assertTrue(lines.stream().anyMatch(line -> line.contains(from)), from);
    return lines.stream().map(line -> line.replace(from, to)).toList();
  }

  @Test
  void anExportThatContradictsTheJournalIsRefusedWhole() throws Exception {
    Path export = outside.resolve("journal.jsonl");
    try (JournalStore store = full()) {
      JournalExport.write(store, export);
    }
    JournalStore store = empty();
    JournalStream other = writer(store, "b");
    other.append(append("something else"));
    refused(Fault.BAD_EXPORT, () -> JournalImport.read(store, export));
    assertEquals(1, store.streams().size());
  }

  @Test
  void anExportIsNeverReplaced() throws IOException {
    JournalStore store = full();
    Files.writeString(file("there"), "precious");
    refused(Fault.READ_ONLY, () -> JournalExport.write(store, file("there")));
    assertEquals("precious", Files.readString(file("there")));
  }

  @Test
  void aDamagedStreamIsLeftOutOfAnExportAndNamed() throws SQLException {
    full().close();
    tamper("UPDATE journal_records SET payload = hash WHERE stream = 'a' AND seq = 1");
    ExportResult result = JournalExport.write(open(), file("export"));
    assertEquals(1, result.streams());
    assertEquals("a", result.leftOut().get(0).stream());
  }

  @Test
  void anArchiveTakesPayloadsAndLeavesLedgerChainAndBundles() throws Exception {
    full().close();
    JournalStore store = open();
    IdentityLease lease = take(store);
    assertEquals(0, JournalArchive.write(store, lease, file("archive")));
    assertFalse(Files.exists(file("archive")));
    JournalStream a = replayed(store.stream(lease, "a"));
    List<StoredRecord> before = a.replay().records();
    a.finish();
    assertEquals(1, JournalArchive.write(store, lease, file("archive")));
    refused(Fault.ARCHIVED, () -> a.replay().records());
    refused(Fault.STREAM_MOVED, () -> a.append(append("more")));
    assertEquals(1, store.check().archived());
    assertTrue(store.check().clean());
    List<StoredRecord> left =
        store
            .database()
            .read(
                connection -> new RecordTable(store.database().dialect()).records(connection, "a"));
    assertEquals(
        List.of(false, false, true),
        left.stream().map(each -> each.payload().isPresent()).toList());
    JournalStream c = replayed(store.stream(lease, "c"));
    assertThrows(LedgerConflictException.class, () -> c.append(append("no", opened(3, 3, 3, 1))));
    assertEquals(1, store.ledger().sightings(bytes(66, 4)).size());
    JournalImport.read(store, file("archive"));
    assertEquals(before, a.replay().records());
  }

  @Test
  void aDamagedStreamIsNotArchived() throws Exception {
    full().close();
    try (JournalStore store = open()) {
      writer(store, "a").finish();
    }
    tamper("UPDATE journal_records SET payload = hash WHERE stream = 'a' AND seq = 1");
    JournalStore store = open();
    IdentityLease lease = take(store);
    JournalException unused =
        refused(Fault.DAMAGED, () -> JournalArchive.write(store, lease, file("archive")));
    assertFalse(Files.exists(file("archive")));
  }
}
