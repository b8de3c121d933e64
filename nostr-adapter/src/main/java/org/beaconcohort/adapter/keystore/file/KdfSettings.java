package org.beaconcohort.adapter.keystore.file;

import org.beaconcohort.adapter.keystore.fault.KeystoreException;
import org.beaconcohort.adapter.keystore.fault.KeystoreFault;

/**
 * What a guess at the password costs: parameters of Argon2id (RFC 9106). A file's are used before
 * anything of it is authentic, so they are bounded: 1 GiB of memory, and 4 GiB written in all
 * passes, which is some ten seconds.
 *
 * @param memoryKib memory in KiB, 8 × parallelism to 1 GiB
 * @param iterations passes over it, 1 to 64
 * @param parallelism lanes, 1 to 16
 */
public record KdfSettings(int memoryKib, int iterations, int parallelism) {
  /** RFC 9106's recommendation for less than 2 GiB of memory: 64 MiB, 3 passes, 4 lanes. */
  public static final KdfSettings DEFAULT = new KdfSettings(64 * 1024, 3, 4);

  /** The most memory, in KiB. */
  public static final int MAX_MEMORY_KIB = 1024 * 1024;

  static final long MAX_WORK_KIB = 4L * MAX_MEMORY_KIB;
  static final int MAX_ITERATIONS = 64;
  static final int MAX_PARALLELISM = 16;

  public KdfSettings {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw absurd("parallelism must be 1 to " + MAX_PARALLELISM + ", got " + parallelism);
    }
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw absurd("iterations must be 1 to " + MAX_ITERATIONS + ", got " + iterations);
    }
    if (memoryKib < 8 * parallelism || memoryKib > MAX_MEMORY_KIB) {
      throw absurd(
          "memory must be " + 8 * parallelism + " to " + MAX_MEMORY_KIB + " KiB, got " + memoryKib);
    }
    if ((long) memoryKib * iterations > MAX_WORK_KIB) {
      throw absurd(
          "memory times iterations must be at most "
              + MAX_WORK_KIB
              + " KiB, got "
              + (long) memoryKib * iterations);
    }
  }

  /** Refuses, before anything is allocated, what this process cannot have. */
  void requireAffordable() {
    long have = Runtime.getRuntime().maxMemory();
    if (memoryKib * 1024L > have / 4 * 3) {
      throw absurd(
          "memory of "
              + memoryKib / 1024
              + " MiB must fit into the "
              + (have >> 20)
              + " MiB that this process may have");
    }
  }

  private static KeystoreException absurd(String what) {
    return new KeystoreException(KeystoreFault.ABSURD_PARAMETERS, what);
  }
}
