package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import org.beaconcohort.adapter.journal.fault.Fault;
import org.beaconcohort.adapter.journal.fault.JournalException;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;

/** Reads an export, which must be complete and as it was written before any line of it counts. */
final class ExportReader {
  private static final JsonLimits LIMITS = new JsonLimits(64 * 1024 * 1024, 4);

  private final Path file;

  private ExportReader(Path file) {
    this.file = file;
  }

  /**
   * A file whose first and last lines and hash are right.
   *
   * @throws JournalException BAD_EXPORT, if they are not
   */
  static ExportReader of(Path file) {
    ExportReader reader = new ExportReader(file);
    reader.verify();
    return reader;
  }

  private void verify() {
    MessageDigest digest = ExportWriter.sha256();
    long lines = 0;
    ObjectNode end = null;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        if (end != null) {
          throw bad("it goes on after its last line");
        }
        ObjectNode json = parse(text);
        if (lines == 0) {
          first(json);
        }
        if (json.path("line").asText("").equals("end")) {
          end = json;
        } else {
          digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
          lines++;
        }
      }
    } catch (IOException unreadable) {
      throw new JournalException(
          Fault.BAD_EXPORT, "cannot read " + file + ": " + unreadable, unreadable);
    }
    if (end == null) {
      throw bad("it has no last line, so it was cut off");
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    if (end.path("lines").asLong(-1) != lines || !end.path("sha256").asText("").equals(hash)) {
      throw bad("its lines are not the " + end.path("lines").asLong(-1) + " that were written");
    }
  }

  private void first(ObjectNode json) {
    if (!json.path("format").asText("").equals(ExportWriter.FORMAT)) {
      throw bad("it does not begin as one");
    }
    int version = json.path("version").asInt(0);
    if (version != ExportWriter.VERSION) {
      throw bad("it is of version " + version + ", known is " + ExportWriter.VERSION);
    }
  }

  /** Every line between the first and the last. */
  void lines(LineSink out) throws SQLException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String first = in.readLine();
      if (first == null) {
        throw bad("it is empty");
      }
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        ObjectNode json = parse(text);
        if (!json.path("line").asText("").equals("end")) {
          out.line(json);
        }
      }
    } catch (IOException unreadable) {
      throw new JournalException(
          Fault.BAD_EXPORT, "cannot read " + file + ": " + unreadable, unreadable);
    } catch (MalformedJsonException malformed) {
      throw bad(String.valueOf(malformed.getMessage()));
    }
  }

  String kind(ObjectNode json) {
    return JsonFields.text(json, "line", "line");
  }

  JournalException bad(String why) {
    return new JournalException(Fault.BAD_EXPORT, file + ": " + why);
  }

  private ObjectNode parse(String text) {
    try {
      return StrictJson.parseObject(text, LIMITS, "line");
    } catch (MalformedJsonException malformed) {
      throw bad(String.valueOf(malformed.getMessage()));
    }
  }
}
