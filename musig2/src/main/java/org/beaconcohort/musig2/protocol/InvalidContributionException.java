package org.beaconcohort.musig2.protocol;

/** An invalid contribution to a BIP-327 session, with who made it: the BIP's blame. */
public final class InvalidContributionException extends IllegalArgumentException {
  /** The {@link #signer} of an aggregate nonce, and of a contribution not yet assigned to one. */
  public static final int NO_SIGNER = -1;

  private final int signer;
  private final Contribution contribution;

  InvalidContributionException(int signer, Contribution contribution, String problem) {
    super((signer == NO_SIGNER ? "" : "signer " + signer + ": ") + contribution + " " + problem);
    this.signer = signer;
    this.contribution = contribution;
  }

  /** The culprit's index in the order of the session's keys, from 0, or {@link #NO_SIGNER}. */
  public int signer() {
    return signer;
  }

  /** What the culprit contributed. */
  public Contribution contribution() {
    return contribution;
  }
}
