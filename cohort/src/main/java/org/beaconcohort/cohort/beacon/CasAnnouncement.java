package org.beaconcohort.cohort.beacon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.did.InvalidDidException;
import org.beaconcohort.cohort.json.Base64Url;
import org.beaconcohort.cohort.json.Jcs;
import org.beaconcohort.cohort.json.JsonFields;
import org.beaconcohort.cohort.json.JsonLimits;
import org.beaconcohort.cohort.json.MalformedJsonException;
import org.beaconcohort.cohort.json.StrictJson;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a CAS beacon announces: the 32-byte hash of a signed update for each DID that is updated. A
 * DID that is absent is not updated by the signal. At most {@link #MAX_ENTRIES} DIDs.
 */
public final class CasAnnouncement {
  /** More DIDs than any cohort may register. */
  public static final int MAX_ENTRIES = 10_000;

  /** Room for {@link #MAX_ENTRIES} entries of about 125 bytes. */
  public static final JsonLimits LIMITS = new JsonLimits(2 * 1024 * 1024, 1);

  private static final String WHAT = "CAS announcement";

  private final SortedMap<Btcr2Did, Bytes> entries;

  private CasAnnouncement(SortedMap<Btcr2Did, Bytes> entries) {
    if (entries.size() > MAX_ENTRIES) {
      throw new MalformedJsonException(
          WHAT + " must have at most " + MAX_ENTRIES + " entries, got " + entries.size());
    }
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  /**
   * The announcement of these updates.
   *
   * @param updateHashes for each DID the 32-byte hash of its signed update
   */
  public static CasAnnouncement of(Map<Btcr2Did, Bytes> updateHashes) {
    SortedMap<Btcr2Did, Bytes> entries = new TreeMap<>(updateHashes);
    entries.forEach((did, hash) -> {
      if (hash.size() != 32) {
        throw new IllegalArgumentException(
            "update hash of " + did + " must be 32 bytes, got " + hash.size());
      }
    });
    return new CasAnnouncement(entries);
  }

  /**
   * The announcement of a JSON text, keys in any order.
   *
   * @throws MalformedJsonException if it is no announcement
   */
  public static CasAnnouncement parse(String text) {
    return ofJson(StrictJson.parse(text, LIMITS));
  }

  /**
   * The announcement of its canonical bytes, as content-addressed storage keeps it.
   *
   * @throws MalformedJsonException if {@link #canonicalBytes} gives other bytes
   */
  public static CasAnnouncement parseCanonical(Bytes canonical) {
    CasAnnouncement announcement = ofJson(StrictJson.parse(canonical, LIMITS));
    if (!announcement.canonicalBytes().equals(canonical)) {
      throw new MalformedJsonException(WHAT + " must be canonical JSON (RFC 8785)");
    }
    return announcement;
  }

  /**
   * The announcement of a JSON value.
   *
   * @throws MalformedJsonException if it is no announcement
   */
  public static CasAnnouncement ofJson(JsonNode json) {
    ObjectNode object = JsonFields.object(json, WHAT);
    SortedMap<Btcr2Did, Bytes> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Btcr2Did did;
      try {
        did = Btcr2Did.parse(field.getKey());
      } catch (InvalidDidException invalid) {
        throw new MalformedJsonException(
            "key of " + WHAT + " must be a DID: " + invalid.getMessage(), invalid);
      }
      String what = "update hash of " + did;
      entries.put(did, Base64Url.decodeHash(JsonFields.text(field.getValue(), what), what));
    }
    return new CasAnnouncement(entries);
  }

  /** For each DID the 32-byte hash of its signed update, in the order of canonical JSON. */
  public SortedMap<Btcr2Did, Bytes> entries() {
    return entries;
  }

  /** The 32-byte hash of the update of {@code did}, if the signal updates it. */
  public Optional<Bytes> updateHash(Btcr2Did did) {
    return Optional.ofNullable(entries.get(did));
  }

  /** The announcement as JSON, for a sidecar. */
  public ObjectNode json() {
    ObjectNode object = StrictJson.newObject();
    entries.forEach((did, hash) -> object.put(did.text(), Base64Url.encode(hash)));
    return object;
  }

  /** RFC 8785 bytes: what content-addressed storage keeps. */
  public Bytes canonicalBytes() {
    return Jcs.canonicalBytes(json());
  }

  /** SHA-256 of {@link #canonicalBytes}. */
  public SignalBytes signalBytes() {
    return new SignalBytes(Jcs.documentHash(json()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CasAnnouncement announcement && entries.equals(announcement.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return StrictJson.write(json());
  }
}
