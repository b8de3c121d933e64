package org.beaconcohort.adapter.nostr.profile;

import java.time.Duration;
import org.beaconcohort.adapter.nostr.relay.PoolSettings;

/**
 * How a transport publishes: whether relays must give an event out again before they count (rule
 * N21), and for how long it is sent to those that have not taken it.
 */
public record TransportSettings(PoolSettings pool, boolean readBack, Duration patience) {
  /** Reads back; ten minutes. */
  public static TransportSettings defaults() {
    return new TransportSettings(PoolSettings.defaults(), true, Duration.ofMinutes(10));
  }
}
