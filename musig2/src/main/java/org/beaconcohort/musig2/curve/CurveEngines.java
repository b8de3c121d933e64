package org.beaconcohort.musig2.curve;

/** Where the process-wide engine comes from. */
public final class CurveEngines {
  private static final CurveEngine DEFAULT = new BouncyCastleEngine();

  private CurveEngines() {}

  /** The engine this process computes with. */
  public static CurveEngine get() {
    return DEFAULT;
  }
}
