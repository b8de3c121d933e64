package org.beaconcohort.adapter.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Slot;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** What the journal's tests share, whatever the database: a place, and words for short. */
abstract class JournalScene {
  static final String IDENTITY = "identity";

  private final List<JournalStore> opened = new ArrayList<>();
  JournalPlace place;

  abstract JournalPlace make() throws SQLException, IOException;

  @BeforeEach
  void makePlace() throws SQLException, IOException {
    place = make();
  }

  @AfterEach
  void removePlace() throws SQLException, IOException {
    opened.forEach(JournalStore::close);
    if (place != null) {
      place.close();
    }
  }

  JournalStore open() {
    JournalStore store = JournalStore.open(place.url(), place.settings());
    opened.add(store);
    return store;
  }

  JournalStore over(Database database) {
    return over(database, place.settings());
  }

  JournalStore over(Database database, JournalSettings settings) {
    JournalStore store = JournalStore.over(database, settings);
    opened.add(store);
    return store;
  }

  static IdentityLease take(JournalStore store) {
    return store.acquire(IDENTITY, Holder.here(bytes(16, 7)));
  }

  /** The stream, taken and replayed. */
  static JournalStream writer(JournalStore store, String name) {
    return replayed(store.stream(take(store), name));
  }

  static JournalStream replayed(JournalStream stream) {
    List<StoredRecord> unused = stream.replay().records();
    return stream;
  }

  static NewRecord record(String text) {
    return new NewRecord("test", 1, Bytes.of(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  static Append append(String text, LedgerEntry... entries) {
    return new Append(List.of(record(text)), List.of(entries), List.of());
  }

  static List<String> texts(List<StoredRecord> records) {
    return records.stream().map(JournalScene::text).toList();
  }

  static String text(StoredRecord record) {
    return new String(record.payload().orElseThrow().toArray(), StandardCharsets.UTF_8);
  }

  static Bytes bytes(int size, int fill) {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) fill);
    return Bytes.of(content);
  }

  static Bytes key(int which) {
    return bytes(33, which);
  }

  static Slot slot(int key, int round, int number) {
    return new Slot(bytes(32, round), key(key), bytes(16, 1), number);
  }

  static LedgerEntry opened(int key, int round, int number, int nonce) {
    return new LedgerEntry.NonceOpened(slot(key, round, number), bytes(66, nonce));
  }

  static LedgerEntry claimed(int key, int round, int number, int transcript) {
    return new LedgerEntry.NonceClaimed(slot(key, round, number), bytes(32, transcript));
  }

  static JournalException refused(Fault fault, Executable call) {
    JournalException refusal = Assertions.assertThrows(JournalException.class, call);
    Assertions.assertEquals(fault, refusal.fault(), refusal::getMessage);
    Assertions.assertTrue(
        refusal.getMessage().contains(". Safe: ") && refusal.getMessage().contains(". Do: "),
        refusal::getMessage);
    return refusal;
  }

  /** Changes the database past the journal; its guards are lifted from then on. */
  void tamper(String... statements) throws SQLException {
    try (Connection connection = place.unguarded();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
