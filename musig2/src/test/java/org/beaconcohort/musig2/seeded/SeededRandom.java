package org.beaconcohort.musig2.seeded;

import java.security.SecureRandom;
import java.util.Random;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A {@code SecureRandom} that is neither: the same seed gives the same bytes. For tests. */
public final class SeededRandom extends SecureRandom {
  private final transient Random source;
  private final long seed;

  /** A stream of its own for every seed. */
  public SeededRandom(long seed) {
    this.seed = seed;
    this.source = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }

  /** The next {@code size} bytes. */
  public Bytes bytes(int size) {
    byte[] next = new byte[size];
    nextBytes(next);
    return Bytes.of(next);
  }

  /** A number from 0 to {@code bound} − 1. */
  public int below(int bound) {
    return source.nextInt(bound);
  }

  /** A secret key. */
  public SecretKey key() {
    return SecretKey.generate(this);
  }

  /** For failure messages. */
  @Override
  public String toString() {
    return "seed " + seed;
  }
}
