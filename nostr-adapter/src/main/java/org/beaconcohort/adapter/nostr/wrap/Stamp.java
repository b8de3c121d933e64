package org.beaconcohort.adapter.nostr.wrap;

import java.util.OptionalLong;

/** The two times relays see of an outer event: when it was made and, if ever, when it expires. */
public record Stamp(long createdAt, OptionalLong expiration) {
  public Stamp {
    if (expiration.isPresent() && expiration.getAsLong() <= createdAt) {
      throw new IllegalArgumentException(
          "expiration must be after " + createdAt + ", got " + expiration.getAsLong());
    }
  }

  /** Made at {@code createdAt} (Unix seconds), kept for good. */
  public static Stamp lasting(long createdAt) {
    return new Stamp(createdAt, OptionalLong.empty());
  }

  /** Made at {@code createdAt}, to be forgotten at {@code expiration} (NIP-40). */
  public static Stamp expiring(long createdAt, long expiration) {
    return new Stamp(createdAt, OptionalLong.of(expiration));
  }
}
