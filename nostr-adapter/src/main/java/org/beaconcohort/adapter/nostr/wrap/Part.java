package org.beaconcohort.adapter.nostr.wrap;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.LowerHex;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * One numbered part of an inner event above 40,960 bytes: the hash of the whole (32 bytes, root of
 * a tree over all parts), this part's index of count, the hashes that lead from it to the root, and
 * up to 30,000 bytes.
 *
 * <p>A part proves by itself that it belongs to its whole, so nobody can spoil another's whole with
 * a wrong part.
 */
record Part(Bytes whole, int index, int count, List<Bytes> path, Bytes chunk) {
  private static final String NAME = "part";

  Part {
    if (count < 2 || count > Parts.MAX_PARTS) {
      throw new MalformedEventException(
          "a part must be one of 2 to " + Parts.MAX_PARTS + ", got one of " + count);
    }
    if (index < 0 || index >= count) {
      throw new MalformedEventException(
          "a part's index must be 0 to " + (count - 1) + ", got " + index);
    }
    int least = index == count - 1 ? 1 : Parts.CHUNK;
    if (chunk.size() < least || chunk.size() > Parts.CHUNK) {
      throw new MalformedEventException(
          "part %d of %d must be %d to %d bytes, got %d"
              .formatted(index, count, least, Parts.CHUNK, chunk.size()));
    }
    path = List.copyOf(path);
    if (!PartTree.leadsTo(whole, index, count, path, chunk)) {
      throw new MalformedEventException(
          "part "
              + index
              + " of "
              + count
              + " must belong to the whole "
              + whole
              + ", got another");
    }
  }

  /** {@code ["part",whole,index,count,[path…],base64]}, never above 40,960 bytes. */
  String toJson() {
    StringBuilder out = new StringBuilder(chunk.size() * 4 / 3 + 1_000);
    out.append("[\"").append(NAME).append("\",\"").append(whole.hex()).append("\",");
    out.append(index).append(',').append(count).append(",[");
    for (int i = 0; i < path.size(); i++) {
      out.append(i == 0 ? "\"" : ",\"").append(path.get(i).hex()).append('"');
    }
    out.append("],\"").append(Base64.getEncoder().encodeToString(chunk.toArray()));
    return out.append("\"]").toString();
  }

  /**
   * Decodes one part and nothing else; the caller has limited the size.
   *
   * @throws MalformedEventException if it is not exactly that, or does not belong to its whole
   */
  static Part ofJson(String json) {
    try (JsonParser parser = StrictJson.parser(json)) {
      parser.nextToken();
      StrictJson.array(parser, "a part");
      parser.nextToken();
      if (!StrictJson.string(parser, "a part's name").equals(NAME)) {
        throw new MalformedEventException("a part must be called \"part\", got another name");
      }
      parser.nextToken();
      Bytes whole = LowerHex.parse("whole", StrictJson.string(parser, "whole"), 32);
      parser.nextToken();
      int index = (int) StrictJson.integer(parser, "index", 0, Parts.MAX_PARTS);
      parser.nextToken();
      int count = (int) StrictJson.integer(parser, "count", 0, Parts.MAX_PARTS);
      parser.nextToken();
      List<Bytes> path = path(parser);
      parser.nextToken();
      Bytes chunk = chunk(StrictJson.string(parser, "chunk"));
      if (parser.nextToken() != JsonToken.END_ARRAY) {
        throw new MalformedEventException(
            "a part must have six elements, got " + StrictJson.name(parser) + " behind them");
      }
      StrictJson.end(parser, "a part");
      return new Part(whole, index, count, path, chunk);
    } catch (JacksonException e) {
      throw new MalformedEventException("a part must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedEventException("a part must be JSON: " + e.getMessage(), e);
    }
  }

  private static List<Bytes> path(JsonParser parser) throws IOException {
    StrictJson.array(parser, "path");
    List<Bytes> path = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (path.size() == PartTree.MAX_PATH) {
        throw new MalformedEventException(
            "path must have at most " + PartTree.MAX_PATH + " hashes, got more");
      }
      path.add(LowerHex.parse("path", StrictJson.string(parser, "path"), 32));
    }
    return path;
  }

  private static Bytes chunk(String base64) {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      if (Base64.getEncoder().encodeToString(decoded).equals(base64)) {
        return Bytes.of(decoded);
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedEventException("chunk must be base64", e);
    }
    throw new MalformedEventException("chunk must be canonical base64 with its padding");
  }
}
