package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.database.Dialect;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.ledger.LedgerSeals;
import org.beaconcohort.adapter.journal.record.RecordChain;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.cohort.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Takes an export or an archive into a journal, all of it or nothing. What is there already must
 * say the same; an archived stream gets its payloads back.
 */
public final class JournalImport {
  private final ExportReader reader;
  private final Connection connection;
  private final Dialect dialect;
  private final RecordTable table;
  private final List<StoredRecord> records = new ArrayList<>();
  private @Nullable StreamHead head;
  private int streams;
  private long count;

  private JournalImport(ExportReader reader, Connection connection, Dialect dialect) {
    this.reader = reader;
    this.connection = connection;
    this.dialect = dialect;
    this.table = new RecordTable(dialect);
  }

  /**
   * Verifies a file, then imports it.
   *
   * @throws JournalException BAD_EXPORT, if the file is not what was written, a chain in it is
   *     broken, or it contradicts the journal
   */
  public static ExportResult read(JournalStore store, Path file) {
    ExportReader reader = ExportReader.of(file);
    return store
        .database()
        .write(connection -> {
          JournalImport target = new JournalImport(reader, connection, store.database().dialect());
          return target.run();
        });
  }

  private ExportResult run() throws SQLException {
    LedgerSeals seals = new LedgerSeals(dialect);
    requireWhole(seals, "the ledger here");
    reader.lines(this::take);
    settle();
    seals.sealMissing(connection);
    requireWhole(seals, "its ledger");
    return new ExportResult(streams, count, List.of());
  }

  private void requireWhole(LedgerSeals seals, String whose) throws SQLException {
    List<StreamDamage> damage = seals.damage(connection);
    if (!damage.isEmpty()) {
      throw reader.bad(
          whose + ", stream " + damage.get(0).stream() + ": " + damage.get(0).detail());
    }
  }

  private void take(ObjectNode json) throws SQLException {
    String kind = reader.kind(json);
    switch (kind) {
      case ExportFormat.RECORD -> records.add(ExportFormat.record(json));
      case ExportFormat.STREAM -> {
        settle();
        head = ExportFormat.head(json);
      }
      case "lease" -> lease(json);
      default -> {
        Optional<SideTable> side = SideTable.of(kind);
        if (side.isEmpty()) {
          throw reader.bad("it has a line of unknown kind " + kind);
        }
        side.get().copyIn(connection, json);
      }
    }
  }

  /** Takes in the stream whose lines have ended. */
  private void settle() throws SQLException {
    StreamHead read = head;
    if (read == null) {
      if (!records.isEmpty()) {
        throw reader.bad("it has records before any stream");
      }
      return;
    }
    Optional<StreamDamage> damage = RecordChain.damage(read, records);
    if (damage.isPresent()) {
      throw reader.bad("stream " + read.stream() + ": " + damage.get().detail());
    }
    Optional<StreamHead> here = table.lockedHead(connection, read.stream());
    if (here.isEmpty()) {
      table.copyIn(connection, read, records);
    } else if (!here.get().hash().equals(read.hash())) {
      throw reader.bad("this journal has other records in stream " + read.stream());
    } else if (here.get().state() == StreamHead.State.ARCHIVED
        && records.stream().allMatch(record -> record.payload().isPresent())) {
      table.restore(connection, read.stream(), records);
    }
    streams++;
    count += records.size();
    records.clear();
    head = null;
  }

  /** Numbers only grow, and whoever held the identity holds it no more. */
  private void lease(ObjectNode json) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_leases"
                + " (identity, fence, appends, held, instance, host, pid, since, until)"
                + " VALUES (?, ?, ?, 0, '', '', 0, 0, 0) ON CONFLICT (identity) DO UPDATE SET"
                + " fence = CASE WHEN excluded.fence > journal_leases.fence"
                + " THEN excluded.fence ELSE journal_leases.fence END,"
                + " appends = CASE WHEN excluded.appends > journal_leases.appends"
                + " THEN excluded.appends ELSE journal_leases.appends END")) {
      insert.setString(1, JsonFields.text(json, "identity", "lease"));
      insert.setLong(2, ExportFormat.number(json, "fence"));
      insert.setLong(3, ExportFormat.number(json, "appends"));
      insert.executeUpdate();
    }
  }
}
