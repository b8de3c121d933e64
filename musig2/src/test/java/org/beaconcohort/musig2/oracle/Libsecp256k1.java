package org.beaconcohort.musig2.oracle;

import static org.junit.jupiter.api.Assumptions.abort;

import fr.acinq.secp256k1.Secp256k1;

/** The native library, where it has a build for this machine. */
final class Libsecp256k1 {
  private Libsecp256k1() {}

  /** The library; skips the test, and says why, if it does not load. */
  static Secp256k1 orSkip() {
    try {
      return Secp256k1.get();
    } catch (IllegalStateException | LinkageError e) {
      return abort("libsecp256k1 does not load on this machine: " + e);
    }
  }
}
