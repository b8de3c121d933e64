package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.database.Database;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.adapter.journal.record.RecordChain;
import org.beaconcohort.adapter.journal.record.RecordTable;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamDamage;
import org.beaconcohort.adapter.journal.record.StreamHead;

/**
 * A whole journal as a file of JSON lines, one a record, hash chains included. It holds channel
 * keys, so its mode is 0600; no other secret is in a journal.
 */
public final class JournalExport {
  private JournalExport() {}

  /**
   * Writes every stream whose chain is right, then the ledger, sightings, evidence, halts and lease
   * numbers. Streams come first, each as it is when its turn comes: the ledger then has whatever
   * their records entered.
   *
   * @throws JournalException if the file is there already or cannot be written
   */
  public static ExportResult write(JournalStore store, Path file) {
    Database database = store.database();
    try (ExportWriter out = ExportWriter.to(file)) {
      List<StreamDamage> leftOut = new ArrayList<>();
      int streams = 0;
      long records = 0;
      for (StreamHead head : store.streams()) {
        List<StoredRecord> found = stream(database, head.stream(), leftOut, out);
        streams += found.isEmpty() ? 0 : 1;
        records += found.size();
      }
      int unused =
          database.read(connection -> {
            for (SideTable table : SideTable.all()) {
              table.copyOut(connection, out);
            }
            leases(connection, out);
            return 0;
          });
      out.finish();
      return new ExportResult(streams, records, leftOut);
    }
  }

  /** One stream, archived or not, if it is right. */
  static List<StoredRecord> stream(
      Database database, String name, List<StreamDamage> leftOut, LineSink out) {
    RecordTable table = new RecordTable(database.dialect());
    try {
      return database.read(connection -> {
        StreamHead head =
            table
                .head(connection, name)
                .filter(found -> found.state() != StreamHead.State.UNREADABLE)
                .orElseThrow(() -> new JournalException(Fault.CORRUPT, "its head cannot be read"));
        List<StoredRecord> records = table.records(connection, name);
        RecordChain.damage(head, records)
            .ifPresent(damage -> {
              throw new JournalException(Fault.CORRUPT, damage.detail());
            });
        out.line(ExportFormat.of(head));
        for (StoredRecord record : records) {
          out.line(ExportFormat.of(record));
        }
        return records;
      });
    } catch (JournalException failure) {
      if (failure.fault() != Fault.CORRUPT) {
        throw failure;
      }
      leftOut.add(new StreamDamage(Fault.DAMAGED, name, 0, failure.detail()));
      return List.of();
    }
  }

  private static void leases(Connection connection, LineSink out) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT identity, fence, appends FROM journal_leases ORDER BY identity");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ObjectNode json =
            ExportFormat.line("lease")
                .put("identity", rows.getString(1))
                .put("fence", rows.getLong(2))
                .put("appends", rows.getLong(3));
        out.line(json);
      }
    }
  }
}
