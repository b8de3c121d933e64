package org.beaconcohort.cohort.simulation;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Randomness that a seed repeats; for simulations only, never for keys that hold anything. */
public class SeededRandom extends SecureRandom {
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
