package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The tables beside the streams, row by row. A row that the target has stays as it is there, and
 * one that contradicts it refuses the import.
 *
 * @param line what a line with such a row is called
 * @param texts columns that hold text, those of the key first
 * @param numbers columns that hold integers
 * @param key how many of {@code texts} are the key; 0 if rows have none
 * @param decisive the column that must be equal when the key is; empty if none
 */
record SideTable(
    String line, String name, List<String> texts, List<String> numbers, int key, String decisive) {
  static final SideTable LEDGER =
      new SideTable(
          "ledger",
          "journal_ledger",
          List.of("kind", "subject", "value", "owner", "stream"),
          List.of("entered_at"),
          2,
          "value");

  private static final List<SideTable> ALL =
      List.of(
          LEDGER,
          new SideTable(
              "seal",
              "journal_seals",
              List.of("stream", "digest"),
              List.of("entries"),
              1,
              "digest"),
          new SideTable(
              "sighting",
              "journal_sightings",
              List.of("nonce", "statement", "author", "round", "stream"),
              List.of("seen_at"),
              2,
              ""),
          new SideTable(
              "evidence",
              "journal_evidence",
              List.of("kind", "subject", "owner", "stream", "existing", "offered"),
              List.of("noted_at"),
              0,
              ""),
          new SideTable(
              "halt",
              "journal_halts",
              List.of("owner", "reason", "cleared_by"),
              List.of("raised_at", "cleared_at"),
              0,
              ""));

  static List<SideTable> all() {
    return ALL;
  }

  static Optional<SideTable> of(String line) {
    return ALL.stream().filter(table -> table.line().equals(line)).findFirst();
  }

  private List<String> columns() {
    return Stream.concat(texts.stream(), numbers.stream()).toList();
  }

  /** Hands every row to {@code out}. */
  void copyOut(Connection connection, LineSink out) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + String.join(", ", columns()) + " FROM " + name + order())) {
      select.setFetchSize(500);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ObjectNode json = ExportFormat.line(line);
          for (String column : texts) {
            String value = rows.getString(column);
            if (value != null) {
              json.put(column, value);
            }
          }
          for (String column : numbers) {
            long value = rows.getLong(column);
            if (!rows.wasNull()) {
              json.put(column, value);
            }
          }
          out.line(json);
        }
      }
    }
  }

  private String order() {
    return " ORDER BY " + (key == 0 ? "id" : String.join(", ", texts.subList(0, key)));
  }

  /** Takes a row in. */
  void copyIn(Connection connection, ObjectNode json) throws SQLException {
    if (known(connection, json)) {
      return;
    }
    String places = columns().stream().map(column -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + name
                + " ("
                + String.join(", ", columns())
                + ") VALUES ("
                + places
                + ")")) {
      int at = 1;
      for (String column : texts) {
        insert.setString(at++, text(json, column));
      }
      for (String column : numbers) {
        if (json.has(column)) {
          insert.setLong(at++, ExportFormat.number(json, column));
        } else {
          insert.setNull(at++, Types.BIGINT);
        }
      }
      insert.executeUpdate();
    }
  }

  /** By key where there is one, else by all that is in the row but what an operator added. */
  private boolean known(Connection connection, ObjectNode json) throws SQLException {
    List<String> same =
        key > 0
            ? texts.subList(0, key)
            : texts.stream().filter(column -> json.has(column)).toList();
    List<String> times = key > 0 ? List.of() : numbers.subList(0, 1);
    String where =
        Stream.concat(same.stream(), times.stream())
            .map(column -> column + " = ?")
            .collect(Collectors.joining(" AND "));
    String shown = decisive.isEmpty() ? texts.get(0) : decisive;
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + shown + " FROM " + name + " WHERE " + where)) {
      int at = 1;
      for (String column : same) {
        select.setString(at++, text(json, column));
      }
      for (String column : times) {
        select.setLong(at++, ExportFormat.number(json, column));
      }
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return false;
        }
        if (!decisive.isEmpty() && !Objects.equals(rows.getString(1), text(json, decisive))) {
          throw new JournalException(
              Fault.BAD_EXPORT,
              "it has another "
                  + line
                  + " row than this journal for "
                  + String.join(
                      " ",
                      texts.subList(0, key).stream()
                          .map(column -> String.valueOf(text(json, column)))
                          .toList()));
        }
        return true;
      }
    }
  }

  private static @Nullable String text(ObjectNode json, String column) {
    JsonNode value = json.get(column);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new MalformedJsonException(column + " must be a string");
    }
    return value.textValue();
  }
}
