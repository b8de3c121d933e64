package org.beaconcohort.cli.architecture.planted.cohort;

import org.beaconcohort.cli.architecture.planted.musig2.engine.CurveEngine;

/** Breaks: only musig2 computes with secret numbers. */
public final class ComputesWithSecrets {
  private ComputesWithSecrets() {}

  /** What a session does. */
  public static byte[] publicNonce(CurveEngine engine, byte[] secret) {
    return engine.multiplyGeneratorSecret(secret);
  }
}
