package org.beaconcohort.adapter.nostr.publish;

import java.time.Duration;

/**
 * When an event counts as published: accepted by {@code quorum} relays, and given out again by them
 * if {@code readBack}; given up after {@code patience}.
 */
public record PublishTerms(int quorum, boolean readBack, Duration patience) {
  public PublishTerms {
    if (quorum < 1) {
      throw new IllegalArgumentException("quorum must be 1 or more, got " + quorum);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive, got " + patience);
    }
  }

  /** q(r) of rule N21: 1 of one or two relays, else more than half of them. */
  public static int quorumOf(int relays) {
    if (relays < 1) {
      throw new IllegalArgumentException("relays must be 1 or more, got " + relays);
    }
    return relays < 3 ? 1 : relays / 2 + 1;
  }
}
