package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assumptions.abort;

/** The engine over libsecp256k1, where it loads. */
public final class NativeEngine {
  private NativeEngine() {}

  /** The engine; skips the test, and says why, where there is none. */
  public static CurveEngine orSkip() {
    return CurveEngines.libsecp256k1()
        .orElseGet(
            () ->
                abort(
                    "libsecp256k1 does not load on this machine: "
                        + CurveEngines.whyNoLibsecp256k1().orElseThrow()));
  }
}
