package org.beaconcohort.adapter.journal.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.beaconcohort.adapter.journal.record.StoredRecord;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Streams and records as JSON objects. Payloads are base64url, hashes hexadecimal; {@code line}
 * says what a line is.
 */
final class ExportFormat {
  static final String STREAM = "stream";
  static final String RECORD = "record";

  private ExportFormat() {}

  static ObjectNode line(String kind) {
    return StrictJson.newObject().put("line", kind);
  }

  static ObjectNode of(StreamHead head) {
    ObjectNode json =
        line(STREAM)
            .put("stream", head.stream())
            .put("identity", head.identity())
            .put("state", head.state().name())
            .put("records", head.records())
            .put("head", head.hash().hex());
    head.archive().ifPresent(file -> json.put("archive", file));
    return json;
  }

  static StreamHead head(ObjectNode json) {
    StreamHead.State state =
        switch (JsonFields.text(json, "state", STREAM)) {
          case "OPEN" -> StreamHead.State.OPEN;
          case "FINISHED" -> StreamHead.State.FINISHED;
          case "ARCHIVED" -> StreamHead.State.ARCHIVED;
          default -> throw new MalformedJsonException("state of a stream must be known");
        };
    return new StreamHead(
        JsonFields.text(json, "stream", STREAM),
        JsonFields.text(json, "identity", STREAM),
        state,
        number(json, "records"),
        hash(json, "head"),
        JsonFields.optionalText(json, "archive", STREAM));
  }

  static ObjectNode of(StoredRecord record) {
    ObjectNode json =
        line(RECORD)
            .put("seq", record.seq())
            .put("type", record.type())
            .put("version", record.version());
    record.payload().ifPresent(payload -> json.put("payload", Base64Url.encode(payload)));
    return json.put("payloadHash", record.payloadHash().hex())
        .put("hash", record.hash().hex())
        .put("retained", record.retained())
        .put("fence", record.fence())
        .put("appendedAt", record.appendedAt());
  }

  static StoredRecord record(ObjectNode json) {
    Optional<Bytes> payload =
        JsonFields.optionalText(json, "payload", RECORD).map(Base64Url::decode);
    return new StoredRecord(
        number(json, "seq"),
        JsonFields.text(json, "type", RECORD),
        JsonFields.integer(json, "version", 1, Integer.MAX_VALUE, RECORD),
        payload,
        hash(json, "payloadHash"),
        hash(json, "hash"),
        json.path("retained").asBoolean(false),
        number(json, "fence"),
        number(json, "appendedAt"));
  }

  static long number(ObjectNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedJsonException(field + " must be an integer");
    }
    return value.longValue();
  }

  private static Bytes hash(ObjectNode json, String field) {
    String hex = JsonFields.text(json, field, "line");
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new MalformedJsonException(field + " must be 64 hexadecimal digits");
    }
    return Bytes.ofHex(hex);
  }
}
