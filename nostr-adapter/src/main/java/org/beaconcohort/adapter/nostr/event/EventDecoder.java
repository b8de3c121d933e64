package org.beaconcohort.adapter.nostr.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.musig2.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads NIP-01 events from JSON: exactly the seven fields, each once and of its type. */
public final class EventDecoder {
  private EventDecoder() {}

  static NostrEvent decode(String json, EventLimits limits) {
    long size = json.length() > limits.maxBytes() ? json.length() : CanonicalText.utf8Length(json);
    if (size > limits.maxBytes()) {
      throw new MalformedEventException(
          "event must be at most " + limits.maxBytes() + " bytes, got " + size);
    }
    try (JsonParser parser = StrictJson.parser(json)) {
      parser.nextToken();
      NostrEvent event = read(parser, limits);
      StrictJson.end(parser, "event");
      return event;
    } catch (JacksonException e) {
      throw new MalformedEventException("event must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedEventException("event must be JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the event object under {@code parser} and leaves the parser on its closing brace; the
   * caller has checked the size of the text.
   *
   * @throws MalformedEventException if it is no event
   * @throws IOException if it is no JSON
   */
  public static NostrEvent read(JsonParser parser, EventLimits limits) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new MalformedEventException(
          "event must be a JSON object, got " + StrictJson.name(parser));
    }
    @Nullable Bytes id = null;
    @Nullable Bytes pubkey = null;
    @Nullable Long createdAt = null;
    @Nullable Integer kind = null;
    @Nullable List<List<String>> tags = null;
    @Nullable String content = null;
    @Nullable Bytes sig = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> id = hex(parser, field, 32);
        case "pubkey" -> pubkey = hex(parser, field, 32);
        case "created_at" ->
            createdAt = StrictJson.integer(parser, field, 0, NostrEvent.MAX_CREATED_AT);
        case "kind" -> kind = (int) StrictJson.integer(parser, field, 0, NostrEvent.MAX_KIND);
        case "tags" -> tags = tags(parser, limits);
        case "content" -> content = StrictJson.string(parser, field);
        case "sig" -> sig = hex(parser, field, 64);
        default ->
            throw new MalformedEventException(
                "event must have the seven fields of NIP-01 only, got \"" + field + "\"");
      }
    }
    return new NostrEvent(
        present("id", id),
        present("pubkey", pubkey),
        present("created_at", createdAt),
        present("kind", kind),
        present("tags", tags),
        present("content", content),
        present("sig", sig));
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new MalformedEventException(
          "event must have the seven fields of NIP-01, got none called \"" + field + "\"");
    }
    return value;
  }

  private static Bytes hex(JsonParser parser, String what, int size) throws IOException {
    String text = StrictJson.string(parser, what);
    return LowerHex.parse(what, text, size);
  }

  private static List<List<String>> tags(JsonParser parser, EventLimits limits) throws IOException {
    StrictJson.array(parser, "tags");
    List<List<String>> tags = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (tags.size() == limits.maxTags()) {
        throw new MalformedEventException(
            "event must have at most " + limits.maxTags() + " tags, got more");
      }
      StrictJson.array(parser, "a tag");
      List<String> tag = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (tag.size() == limits.maxTagElements()) {
          throw new MalformedEventException(
              "a tag must have at most " + limits.maxTagElements() + " elements, got more");
        }
        tag.add(StrictJson.string(parser, "a tag's element"));
      }
      tags.add(tag);
    }
    return tags;
  }
}
