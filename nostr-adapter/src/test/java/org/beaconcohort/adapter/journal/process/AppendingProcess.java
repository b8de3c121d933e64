package org.beaconcohort.adapter.journal.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.beaconcohort.adapter.journal.Append;
import org.beaconcohort.adapter.journal.JournalSettings;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.UpdateCommitted;
import org.beaconcohort.adapter.journal.record.NewRecord;
import org.beaconcohort.musig2.bytes.Bytes;

/** Appends until it is killed, and says what was acknowledged. */
final class AppendingProcess {
  private AppendingProcess() {}

  /** {@code URL}: the journal. */
  public static void main(String[] arguments) {
    JournalStore store = JournalStore.open(arguments[0], JournalSettings.defaults());
    JournalStream stream =
        store.stream(store.acquire("identity", Holder.here(Bytes.of(new byte[16]))), "a");
    int next = stream.replay().records().size();
    say("holds since " + next);
    while (true) {
      byte[] text = ("record " + next).getBytes(StandardCharsets.UTF_8);
      LedgerEntry entry =
          new UpdateCommitted(
              Bytes.of(new byte[33]), "did:btcr2:k1x", next, Bytes.of(new byte[32]));
      stream.append(
          new Append(
              List.of(
                  new NewRecord("test", 1, Bytes.of(text), false),
                  new NewRecord("twin", 1, Bytes.of(text), false)),
              List.of(entry),
              List.of()));
      next += 2;
      say("acknowledged " + next);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
