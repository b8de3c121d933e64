package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import org.beaconcohort.adapter.nostr.event.EventLimits;

/**
 * Limits and patience of a pool.
 *
 * @param maxFrame characters of one message of a relay
 * @param events limits of one event
 * @param queuedFrames messages of one relay that may wait to be looked at
 * @param queuedCharacters the same, in characters
 * @param seenEvents ids each subscription remembers
 * @param publications events that may be on their way at once, those apart that have their quorum
 * @param patience how long to wait for things
 */
public record PoolSettings(
    int maxFrame,
    EventLimits events,
    int queuedFrames,
    long queuedCharacters,
    int seenEvents,
    int publications,
    Patience patience) {

  /**
   * How long to wait.
   *
   * @param ok for a relay's answer to an event
   * @param endOfStored for the end of stored events after a request
   * @param probe between two requests for the same, which prove that the subscription lives
   * @param stable open for this long, a relay counts as well again
   * @param refused before asking a relay again that refused us for good
   */
  public record Patience(
      Duration ok, Duration endOfStored, Duration probe, Duration stable, Duration refused) {}

  /** 256 Ki characters a frame; 10 s for an OK, 30 s for EOSE, a probe every 3 min. */
  public static PoolSettings defaults() {
    return new PoolSettings(
        262_144,
        EventLimits.DEFAULT,
        4_096,
        16_777_216,
        16_384,
        4_096,
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5)));
  }
}
