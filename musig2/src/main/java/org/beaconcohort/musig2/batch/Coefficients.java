package org.beaconcohort.musig2.batch;

import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.engine.Scalar;
import org.beaconcohort.musig2.hash.Sha256;

/**
 * Factors of a linear combination of equations. They are hashes of everything in the equations, so
 * everyone draws the same ones, and nobody could choose a contribution by them.
 */
public final class Coefficients {
  private final Bytes seed;
  private final int size;

  private Coefficients(Bytes seed, int size) {
    this.seed = seed;
    this.size = size;
  }

  /**
   * Factors for what {@code parts} say, in this order.
   *
   * @param tag of the use they are for
   * @param size in bytes, up to 32: a combination hides a wrong equation with probability 2^(−8 ·
   *     size)
   */
  public static Coefficients drawn(String tag, int size, Iterable<Bytes> parts) {
    Sha256 hash = Sha256.tagged(tag);
    for (Bytes part : parts) {
      hash.add(bigEndian(part.size())).add(part);
    }
    return new Coefficients(Bytes.of(hash.finish()), size);
  }

  /** The factor of the equation of this number. */
  public Scalar at(int index) {
    byte[] hash = Sha256.plain().add(seed).add(bigEndian(index)).finish();
    return Scalar.reduce(Bytes.of(hash).slice(0, size));
  }

  private static byte[] bigEndian(int number) {
    return new byte[] {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
  }
}
