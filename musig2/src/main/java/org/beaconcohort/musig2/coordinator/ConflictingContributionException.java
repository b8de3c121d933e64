package org.beaconcohort.musig2.coordinator;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.protocol.Contribution;

/**
 * A signer contributed twice, and not the same: what it said first stands. Both are here as
 * evidence, which is worth as much as the authentication of the messages that carried them.
 */
public final class ConflictingContributionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int signer;
  private final Contribution contribution;
  private final transient Bytes first;
  private final transient Bytes second;

  ConflictingContributionException(
      int signer, Contribution contribution, Bytes first, Bytes second) {
    super(
        "signer "
            + signer
            + ": "
            + contribution
            + " must stay "
            + first
            + ", got "
            + second
            + "; the first one stands");
    this.signer = signer;
    this.contribution = contribution;
    this.first = first;
    this.second = second;
  }

  /** Whose, in the order of the session's keys, from 0. */
  public int signer() {
    return signer;
  }

  /** What was contributed twice. */
  public Contribution contribution() {
    return contribution;
  }

  /** What came first and counts. */
  public Bytes first() {
    return first;
  }

  /** What came later. */
  public Bytes second() {
    return second;
  }
}
