package org.beaconcohort.cohort.json;

/**
 * How much JSON is read before it is refused.
 *
 * @param maxBytes length of the UTF-8 text
 * @param maxDepth nested arrays and objects, 1 for a flat object, at most {@link #DEEPEST}
 */
public record JsonLimits(int maxBytes, int maxDepth) {
  /** The deepest nesting that any limits allow. */
  public static final int DEEPEST = 64;

  /** A DID document, an update or another single document: 128 KiB, 32 levels. */
  public static final JsonLimits DOCUMENT = new JsonLimits(128 * 1024, 32);

  public JsonLimits {
    if (maxBytes < 2) {
      throw new IllegalArgumentException("JSON limit must be at least 2 bytes, got " + maxBytes);
    }
    if (maxDepth < 1 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException(
          "JSON depth limit must be 1.." + DEEPEST + ", got " + maxDepth);
    }
  }
}
