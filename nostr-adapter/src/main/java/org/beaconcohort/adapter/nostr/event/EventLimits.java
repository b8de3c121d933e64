package org.beaconcohort.adapter.nostr.event;

/**
 * What a decoder accepts of one event: size of its JSON text in bytes of UTF-8, number of tags, and
 * elements per tag.
 */
public record EventLimits(int maxBytes, int maxTags, int maxTagElements) {
  /** Twice what relays store by default, with the usual 2,000 tags. */
  public static final EventLimits DEFAULT = new EventLimits(131_072, 2_000, 64);

  public EventLimits {
    if (maxBytes < 1 || maxTags < 0 || maxTagElements < 1) {
      throw new IllegalArgumentException(
          "event limits must be positive, got "
              + maxBytes
              + " bytes, "
              + maxTags
              + " tags, "
              + maxTagElements
              + " elements");
    }
  }
}
