package org.beaconcohort.adapter.nostr.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.musig2.bip340.Schnorr;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngines;

/**
 * A Nostr event (NIP-01): id (32 bytes), x-only public key (32), Unix seconds, kind, tags, content,
 * BIP-340 signature (64).
 *
 * <p>Well-formed by construction, but believed only after {@link #verify()}.
 */
public record NostrEvent(
    Bytes id,
    Bytes pubkey,
    long createdAt,
    int kind,
    List<List<String>> tags,
    String content,
    Bytes sig) {
  /** The last second of the year 9999. */
  public static final long MAX_CREATED_AT = 253_402_300_799L;

  public static final int MAX_KIND = 65_535;

  public NostrEvent {
    requireSize("id", id, 32);
    requireSize("pubkey", pubkey, 32);
    requireSize("sig", sig, 64);
    tags = checked(createdAt, kind, tags, content);
  }

  /**
   * Decodes the JSON text of one event and nothing else.
   *
   * @throws MalformedEventException if it is not exactly that, or beyond {@code limits}
   */
  public static NostrEvent ofJson(String json, EventLimits limits) {
    return EventDecoder.decode(json, limits);
  }

  /** One line of JSON with the seven fields in NIP-01's order and the escapes that are hashed. */
  public String toJson() {
    StringBuilder out = new StringBuilder(content.length() + 512);
    out.append("{\"id\":\"").append(id.hex());
    out.append("\",\"pubkey\":\"").append(pubkey.hex());
    out.append("\",\"created_at\":").append(createdAt);
    out.append(",\"kind\":").append(kind).append(",\"tags\":");
    CanonicalText.appendTags(out, tags);
    out.append(",\"content\":");
    CanonicalText.appendString(out, content);
    return out.append(",\"sig\":\"").append(sig.hex()).append("\"}").toString();
  }

  /** Whether the id is the hash of the other fields; says nothing about the signature. */
  public boolean hasRightId() {
    return id.equals(idOf(pubkey, createdAt, kind, tags, content));
  }

  /** Whether the id is the hash of the fields and the signature is the author's over that id. */
  public boolean verify() {
    return verify(CurveEngines.get());
  }

  /** As {@link #verify()}, computed by {@code engine}. */
  public boolean verify(CurveEngine engine) {
    return hasRightId() && Schnorr.verify(engine, pubkey, id, sig);
  }

  /**
   * First value of the first tag called {@code name}; empty if there is none or it has no value.
   */
  public Optional<String> tagValue(String name) {
    for (List<String> tag : tags) {
      if (tag.size() > 1 && tag.getFirst().equals(name)) {
        return Optional.of(tag.get(1));
      }
    }
    return Optional.empty();
  }

  /** First values of all tags called {@code name}, in order. */
  public List<String> tagValues(String name) {
    return tags.stream()
        .filter(tag -> tag.size() > 1 && tag.getFirst().equals(name))
        .map(tag -> tag.get(1))
        .toList();
  }

  static Bytes idOf(
      Bytes pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
    String hashed = CanonicalText.hashed(pubkey.hex(), createdAt, kind, tags, content);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return Bytes.of(sha256.digest(hashed.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Refuses what no event may hold; returns the tags copied in depth. */
  static List<List<String>> checked(
      long createdAt, int kind, List<List<String>> tags, String content) {
    if (createdAt < 0 || createdAt > MAX_CREATED_AT) {
      throw new MalformedEventException(
          "created_at must be 0 to " + MAX_CREATED_AT + " seconds, got " + createdAt);
    }
    if (kind < 0 || kind > MAX_KIND) {
      throw new MalformedEventException("kind must be 0 to " + MAX_KIND + ", got " + kind);
    }
    refuseLoneSurrogate("content", content);
    List<List<String>> copy = new ArrayList<>(tags.size());
    for (List<String> tag : tags) {
      if (tag.isEmpty()) {
        throw new MalformedEventException("a tag must have at least a name, got an empty array");
      }
      for (String element : tag) {
        refuseLoneSurrogate("tag element", element);
      }
      copy.add(List.copyOf(tag));
    }
    return List.copyOf(copy);
  }

  private static void refuseLoneSurrogate(String what, String text) {
    int at = CanonicalText.loneSurrogate(text);
    if (at >= 0) {
      throw new MalformedEventException(
          "%s must be Unicode text, got the lone surrogate U+%04X at index %d"
              .formatted(what, (int) text.charAt(at), at));
    }
  }

  private static void requireSize(String what, Bytes value, int size) {
    if (value.size() != size) {
      throw new MalformedEventException(what + " must be " + size + " bytes, got " + value.size());
    }
  }
}
