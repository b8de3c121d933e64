package org.beaconcohort.cli.architecture.planted.cohort;

import org.beaconcohort.cli.architecture.planted.musig2.engine.CurveEngine;

/** Breaks nothing. */
public final class DecodesPoints {
  private DecodesPoints() {}

  /** Public data. */
  public static byte[] decoded(CurveEngine engine, byte[] encoding) {
    return engine.decode(encoding);
  }
}
