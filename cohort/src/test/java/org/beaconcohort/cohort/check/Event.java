package org.beaconcohort.cohort.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A statement as the checker reads it.
 *
 * @param id of the event, 32 bytes, hashed anew from its text
 * @param author x-only key, 32 bytes
 * @param kind name of the statement
 * @param cohort of the header, hexadecimal
 * @param round of the header, hexadecimal
 * @param body its fields
 */
record Event(Bytes id, Bytes author, String kind, String cohort, String round, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<Integer, String> KINDS =
      Map.ofEntries(
          Map.entry(34640, "ANNOUNCEMENT"),
          Map.entry(4641, "OPT_IN"),
          Map.entry(4642, "OPT_IN_REFUSED"),
          Map.entry(4643, "WELCOME"),
          Map.entry(4644, "KEYSET_PROPOSAL"),
          Map.entry(4645, "KEYSET_ACK"),
          Map.entry(4646, "ROUND_REQUEST"),
          Map.entry(4647, "OPPORTUNITY"),
          Map.entry(4648, "RESPONSE"),
          Map.entry(4649, "PROPOSAL"),
          Map.entry(4650, "PARTIAL_SIGNATURE"),
          Map.entry(4651, "FINAL"),
          Map.entry(4652, "NONCE_LOST"),
          Map.entry(4653, "CLAIM"),
          Map.entry(4654, "EPOCH_CLAIM"),
          Map.entry(4656, "BUNDLE"),
          Map.entry(4657, "BUNDLE_ACK"),
          Map.entry(4658, "LEAF_REQUEST"),
          Map.entry(4659, "LEAF_SIGNATURE"));

  /** The statement of an event's text; both envelopes begin differently. */
  static Event read(String text) {
    return text.startsWith("{") ? ofNostr(json(text)) : ofSimulation(text);
  }

  /** The id alone, without reading what it says where the envelope allows that. */
  static Bytes id(String text) {
    return text.startsWith("{")
        ? ofNostr(json(text)).id()
        : sha256(text.substring(0, text.lastIndexOf('|')));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("evidence must be JSON, got " + text, malformed);
    }
  }

  /** NIP-01: the id is the hash of {@code [0,pubkey,created_at,kind,tags,content]}. */
  private static Event ofNostr(JsonNode event) {
    var signed =
        JSON.createArrayNode()
            .add(0)
            .add(event.path("pubkey"))
            .add(event.path("created_at"))
            .add(event.path("kind"))
            .add(event.path("tags"))
            .add(event.path("content"));
    int number = event.path("kind").asInt();
    // If one of another kind carried a nonce, the T that names it would be found to be of none.
    String kind = KINDS.getOrDefault(number, "KIND_" + number);
    return of(
        sha256(signed.toString()), event.path("pubkey").asText(), kind, text(event, "content"));
  }

  /** {@code author|created at|kind|content|signature}; the id is the hash of all but the last. */
  private static Event ofSimulation(String text) {
    int end = text.lastIndexOf('|');
    String signed = text.substring(0, end);
    List<String> parts = new ArrayList<>(List.of(signed.split("\\|", 4)));
    return of(sha256(signed), parts.get(0), parts.get(2), parts.get(3));
  }

  private static Event of(Bytes id, String author, String kind, String content) {
    JsonNode said = json(content);
    return new Event(
        id,
        Bytes.ofHex(author),
        kind,
        text(said, "cohort"),
        text(said, "round"),
        said.path("body"));
  }

  static Bytes sha256(String text) {
    return TaggedHash.sha256(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("evidence must have text " + field + ", got " + object);
    }
    return value.textValue();
  }

  static Bytes hex(JsonNode object, String field) {
    return Bytes.ofHex(text(object, field));
  }

  static List<Bytes> hexes(JsonNode object, String field) {
    List<Bytes> values = new ArrayList<>();
    object.path(field).forEach(each -> values.add(Bytes.ofHex(each.asText())));
    return values;
  }

  Bytes hex(String field) {
    return hex(body, field);
  }

  List<Bytes> hexes(String field) {
    return hexes(body, field);
  }
}
