package org.beaconcohort.cohort.port;

import java.util.function.Consumer;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Carries statements, at least once at best: it may drop, repeat, reorder and delay (F7). It hands
 * over only statements whose id and signature it has verified and whose body decodes; everything
 * else it counts and drops. Listening includes what was stored before. Calls return at once;
 * receivers are called from any thread, one statement at a time per subscription.
 */
public interface Transport {
  /** Publishes to every relay; re-sends until a quorum has it (N21). */
  void publish(SignedStatement statement, Recipient recipient);

  /** Receives a channel of one round (0 = formation). */
  void listenToChannel(ChannelKey key, int round, Consumer<SignedStatement> receiver);

  /** Receives statements directed to this party's inbox key, whose secret the transport holds. */
  void listenToInbox(Consumer<SignedStatement> receiver);

  /**
   * Receives announcements; {@code author} (32 bytes) and identifier narrow them when not empty.
   */
  void listenToAnnouncements(Bytes author, String identifier, Consumer<SignedStatement> receiver);

  /** Stops all receivers and releases what they hold. */
  void close();
}
