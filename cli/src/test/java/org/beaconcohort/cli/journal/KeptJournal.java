package org.beaconcohort.cli.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Slot;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.musig2.bytes.Bytes;

/** A journal in a file, written as a host would, for commands to look at. */
final class KeptJournal {
  static final String IDENTITY = "aa".repeat(32);
  static final String STREAM = "member/" + IDENTITY + "/01";
  static final String OTHER = "member/" + IDENTITY + "/02";
  static final Bytes KEY = bytes(33, 2);
  static final String SECRET = "a channel key";

  private final Path file;

  KeptJournal(Path directory) {
    this.file = directory.resolve("alice.key.journal");
  }

  Path file() {
    return file;
  }

  JournalStore open() {
    return JournalStore.open(file.toString(), JournalSettings.defaults());
  }

  static IdentityLease take(JournalStore store) {
    return store.acquire(IDENTITY, Holder.here(bytes(16, 7)));
  }

  /** Two streams, the second finished, and a nonce that is claimed. */
  KeptJournal filled() {
    try (JournalStore store = open()) {
      IdentityLease lease = take(store);
      JournalStream first = replayed(store.stream(lease, STREAM));
      first.append(
          new Append(
              List.of(record(SECRET)),
              List.of(
                  new LedgerEntry.NonceOpened(slot(), bytes(66, 3)),
                  new LedgerEntry.NonceClaimed(slot(), bytes(32, 4))),
              List.of()));
      JournalStream second = replayed(store.stream(lease, OTHER));
      second.append(Append.of(List.of(record("two"), record("three"))));
      second.finish();
    }
    return this;
  }

  /** The claimed nonce is offered for something else. */
  static Append conflict() {
    return new Append(
        List.of(record("no")),
        List.of(new LedgerEntry.NonceClaimed(slot(), bytes(32, 5))),
        List.of());
  }

  static JournalStream replayed(JournalStream stream) {
    var unused = stream.replay().records();
    return stream;
  }

  static NewRecord record(String text) {
    return new NewRecord("test", 1, Bytes.of(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  static Bytes bytes(int size, int fill) {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) fill);
    return Bytes.of(content);
  }

  private static Slot slot() {
    return new Slot(bytes(32, 1), KEY, bytes(16, 1), 1);
  }
}
