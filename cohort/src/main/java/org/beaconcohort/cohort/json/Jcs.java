package org.beaconcohort.cohort.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.beaconcohort.musig2.bip340.TaggedHash;
import org.beaconcohort.musig2.bytes.Bytes;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * Canonical JSON (RFC 8785, JCS): one byte string per value, whatever the order of keys and the
 * spelling of numbers and characters was.
 */
public final class Jcs {
  private Jcs() {}

  /**
   * The canonical text of an array or object.
   *
   * @throws MalformedJsonException for another value, or one that {@link StrictJson} would refuse
   */
  public static String canonicalText(JsonNode node) {
    if (!node.isContainerNode()) {
      throw new MalformedJsonException(
          "canonical JSON is of an array or object here, got " + node.getNodeType());
    }
    // The canonicalizer takes duplicate keys, unsafe numbers and half surrogate pairs as they come.
    StrictJson.check(node, JsonLimits.DEEPEST);
    try {
      return new JsonCanonicalizer(StrictJson.write(node)).getEncodedString();
    } catch (IOException impossible) {
      throw new IllegalStateException("a strict JSON tree must have canonical text", impossible);
    }
  }

  /** The UTF-8 bytes of {@link #canonicalText}. */
  public static Bytes canonicalBytes(JsonNode node) {
    return Utf8.encode(canonicalText(node));
  }

  /** The 32-byte JSON Document Hash of did:btcr2: SHA-256 of {@link #canonicalBytes}. */
  public static Bytes documentHash(JsonNode node) {
    return TaggedHash.sha256(canonicalBytes(node));
  }
}
