package org.beaconcohort.adapter.journal.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.adapter.journal.record.StreamHead;

/**
 * Moves the payloads of finished streams to a file. The ledger, sightings, evidence and every
 * retained payload stay in the journal, and so does the chain, which the file must match to be
 * imported again.
 */
public final class JournalArchive {
  private JournalArchive() {}

  /**
   * Archives every finished stream of an identity into a new file, which is on the disk and
   * verified before anything is taken away. Without such a stream no file is made.
   *
   * @return how many streams were archived
   * @throws JournalException if the file cannot be made, or a stream is damaged
   */
  public static int write(JournalStore store, IdentityLease lease, Path file) {
    List<StreamHead> finished =
        store.streams().stream()
            .filter(head -> head.identity().equals(lease.identity()))
            .filter(head -> head.state() == StreamHead.State.FINISHED)
            .toList();
    if (finished.isEmpty()) {
      return 0;
    }
    Database database = store.database();
    try (ExportWriter out = ExportWriter.to(file)) {
      List<StreamDamage> damaged = new ArrayList<>();
      for (StreamHead head : finished) {
        List<StoredRecord> unused = JournalExport.stream(database, head.stream(), damaged, out);
      }
      if (!damaged.isEmpty()) {
        throw damaged.get(0).exception();
      }
      out.finish();
    }
    ExportReader unused = ExportReader.of(file);
    takeAway(database, lease, finished, String.valueOf(file.getFileName()));
    return finished.size();
  }

  private static void takeAway(
      Database database, IdentityLease lease, List<StreamHead> finished, String file) {
    RecordTable table = new RecordTable(database.dialect());
    long count =
        database.write(connection -> {
          long used = lease.use(connection);
          for (StreamHead head : finished) {
            Optional<StreamHead> now = table.lockedHead(connection, head.stream());
            if (now.isEmpty() || !now.get().equals(head)) {
              throw new JournalException(
                  Fault.STREAM_MOVED, "stream " + head.stream() + " was appended to meanwhile");
            }
            table.archive(connection, head.stream(), file);
          }
          return used;
        });
    lease.acknowledged(count);
  }
}
