package org.beaconcohort.cohort.port;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Encrypted records of secret nonces that outlive a process (sealed mode, R9, N7). What is taken is
 * gone first: no two calls, processes or restarts get one record twice.
 *
 * <p>Every call throws {@link PortFailure} when durability cannot be promised.
 */
public interface SealedNonces {
  /** The records at hand, of earlier processes included. */
  Set<Id> held();

  /**
   * Keeps a record; it is durable when this returns.
   *
   * @param sealed encrypted and authenticated
   * @throws IllegalStateException if there is one under that id
   */
  void put(Id id, Bytes sealed);

  /**
   * Deletes a record durably, then gives it; empty if there is none. A failure after the deletion
   * loses it.
   */
  Optional<Bytes> take(Id id);

  /**
   * Which nonce.
   *
   * @param roundId 32 bytes
   * @param number of the nonce within its round
   */
  record Id(Bytes roundId, int number) implements Comparable<Id> {
    private static final Comparator<Id> ORDER =
        Comparator.comparing(Id::roundId).thenComparingInt(Id::number);

    /** Checks size and range. */
    public Id {
      if (roundId.size() != 32) {
        throw new IllegalArgumentException("round id must be 32 bytes, got " + roundId.size());
      }
      if (number < 1) {
        throw new IllegalArgumentException("nonce number must be positive, got " + number);
      }
    }

    @Override
    public int compareTo(Id other) {
      return ORDER.compare(this, other);
    }
  }
}
