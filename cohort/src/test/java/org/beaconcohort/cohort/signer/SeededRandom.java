package org.beaconcohort.cohort.signer;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Randomness that a seed repeats, for keys and nonces that hold nothing. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom random;

  /** The stream of {@code seed}. */
  public SeededRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
