package org.beaconcohort.cohort.message;

import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What every statement carries beside its body (architecture, "Two wire profiles").
 *
 * @param cohortId 32 bytes; while the key set is open, the id of the announcement event
 * @param roundId 32 bytes, or empty outside a round
 * @param instance random id of the author's process, 16 bytes (R10)
 * @param seq 0, 1, 2… within the instance (R24)
 * @param previous id of the author's previous statement, 32 bytes, or empty for the first
 * @param epoch of what a leader starts the epoch it leads in, of a {@code Sync} the highest that
 *     its author has endorsed (R12), else 0
 */
public record Header(
    Bytes cohortId, Bytes roundId, Bytes instance, long seq, Bytes previous, int epoch) {
  /** Bytes of an instance id. */
  public static final int INSTANCE_SIZE = 16;

  /** Checks every length and range. */
  public Header {
    size("cohort id", cohortId, 32, false);
    size("round id", roundId, 32, true);
    size("instance id", instance, INSTANCE_SIZE, false);
    size("previous id", previous, 32, true);
    if (seq < 0 || seq > 1L << 40) {
      throw new IllegalArgumentException("seq must be 0..2^40, got " + seq);
    }
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch must not be negative, got " + epoch);
    }
  }

  private static void size(String name, Bytes value, int size, boolean mayBeEmpty) {
    if (value.size() != size && !(mayBeEmpty && value.size() == 0)) {
      throw new IllegalArgumentException(name + " must be " + size + " bytes, got " + value.size());
    }
  }
}
