package org.beaconcohort.adapter.nostr.frame;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.beaconcohort.adapter.nostr.event.EventDecoder;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.event.LowerHex;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a relay says: well-formed, nothing of it believed yet. */
public sealed interface RelayFrame {
  /** An event for a subscription. */
  record Event(String subscription, NostrEvent event) implements RelayFrame {}

  /** All stored events of a subscription have been sent. */
  record EndOfStored(String subscription) implements RelayFrame {}

  /** The relay's answer to an event of ours; the message is empty if it said nothing. */
  record Ok(Bytes eventId, boolean accepted, String message) implements RelayFrame {}

  /** The relay ended a subscription. */
  record Closed(String subscription, String message) implements RelayFrame {}

  /** Words for people, bound to nothing. */
  record Notice(String message) implements RelayFrame {}

  /** A challenge of NIP-42. */
  record Auth(String challenge) implements RelayFrame {}

  /** A frame of some other NIP. */
  record Other(String verb) implements RelayFrame {}

  /**
   * Decodes one message of a relay.
   *
   * @throws MalformedFrameException if it is longer than {@code maxCharacters} or no frame
   */
  static RelayFrame ofJson(String text, int maxCharacters, EventLimits limits) {
    if (text.length() > maxCharacters) {
      throw new MalformedFrameException(
          "frame must be at most " + maxCharacters + " characters, got " + text.length());
    }
    try (JsonParser parser = StrictJson.parser(text)) {
      parser.nextToken();
      StrictJson.array(parser, "frame");
      parser.nextToken();
      RelayFrame frame = read(parser, StrictJson.string(parser, "verb"), limits);
      StrictJson.end(parser, "frame");
      return frame;
    } catch (MalformedEventException e) {
      throw new MalformedFrameException(String.valueOf(e.getMessage()), e);
    } catch (JacksonException e) {
      throw new MalformedFrameException("frame must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedFrameException("frame must be JSON: " + e.getMessage(), e);
    }
  }

  private static RelayFrame read(JsonParser parser, String verb, EventLimits limits)
      throws IOException {
    return switch (verb) {
      case "EVENT" -> {
        String subscription = nextString(parser, "subscription");
        parser.nextToken();
        NostrEvent event = EventDecoder.read(parser, limits);
        endArray(parser);
        yield new Event(subscription, event);
      }
      case "EOSE" -> {
        String subscription = nextString(parser, "subscription");
        endArray(parser);
        yield new EndOfStored(subscription);
      }
      case "OK" -> {
        Bytes id = LowerHex.parse("event id", nextString(parser, "event id"), 32);
        JsonToken accepted = parser.nextToken();
        if (accepted != JsonToken.VALUE_TRUE && accepted != JsonToken.VALUE_FALSE) {
          throw new MalformedFrameException(
              "OK must hold true or false, got " + StrictJson.name(parser));
        }
        yield new Ok(id, accepted == JsonToken.VALUE_TRUE, lastString(parser));
      }
      case "CLOSED" -> {
        String subscription = nextString(parser, "subscription");
        yield new Closed(subscription, lastString(parser));
      }
      case "NOTICE" -> new Notice(lastString(parser));
      case "AUTH" -> new Auth(lastString(parser));
      default -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
        }
        yield new Other(verb);
      }
    };
  }

  private static String nextString(JsonParser parser, String what) throws IOException {
    parser.nextToken();
    return StrictJson.string(parser, what);
  }

  /** The last element, which relays leave out at times. */
  private static String lastString(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      return "";
    }
    String text = StrictJson.string(parser, "message");
    endArray(parser);
    return text;
  }

  private static void endArray(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw new MalformedFrameException(
          "frame must end here, got " + StrictJson.name(parser) + " more");
    }
  }
}
