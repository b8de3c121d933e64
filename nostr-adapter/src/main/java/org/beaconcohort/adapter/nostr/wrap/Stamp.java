package org.beaconcohort.adapter.nostr.wrap;

/**
 * The two times relays see of an outer event, in Unix seconds: when it was made and when relays may
 * forget it (NIP-40), {@link #NEVER} for not at all.
 */
public record Stamp(long createdAt, long expiration) {
  public static final long NEVER = Long.MAX_VALUE;

  public Stamp {
    if (expiration <= createdAt) {
      throw new IllegalArgumentException(
          "expiration must be after " + createdAt + ", got " + expiration);
    }
  }

  public static Stamp lasting(long createdAt) {
    return new Stamp(createdAt, NEVER);
  }

  public static Stamp expiring(long createdAt, long expiration) {
    return new Stamp(createdAt, expiration);
  }
}
