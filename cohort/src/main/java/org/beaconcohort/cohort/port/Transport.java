package org.beaconcohort.cohort.port;

import java.util.List;
import java.util.Set;
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

  /**
   * Asks every relay anew for what it stores of some rounds of a channel, and answers once: when
   * all have answered, or a quorum has and the others had time to, or time is up.
   *
   * @param rounds 0 for formation
   * @param author whose statements are handed over, 32 bytes; empty for everybody's
   */
  void readBack(
      ChannelKey key, List<Integer> rounds, Bytes author, Consumer<StoredStatements> receiver);

  /**
   * What relays store of one author, or of everybody.
   *
   * @param quorum whether a quorum of relays (N21) answered to the end
   * @param statements found on any relay, id and signature verified, each once
   * @param onQuorum ids of those that a quorum of relays gave out
   */
  record StoredStatements(boolean quorum, List<SignedStatement> statements, Set<Bytes> onQuorum) {
    /** Copies. */
    public StoredStatements {
      statements = List.copyOf(statements);
      onQuorum = Set.copyOf(onQuorum);
    }

    /** Whether a quorum answered and shows {@code head}; an empty id is always shown. */
    public boolean shows(Bytes head) {
      return quorum && (head.size() == 0 || onQuorum.contains(head));
    }
  }

  /**
   * Tells from now on the ids of statements of channels that arrive once more; a transport that
   * hands them over again need not.
   */
  default void listenToRepeats(Consumer<Bytes> receiver) {}

  /** Stops all receivers and releases what they hold. */
  void close();
}
