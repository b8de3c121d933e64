package org.beaconcohort.musig2.engine;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The engines of this machine. */
public final class TestEngines {
  private TestEngines() {}

  /** The engine over libsecp256k1; skips the test, and says why, where it does not load. */
  public static CurveEngine nativeOrSkip() {
    return CurveEngines.libsecp256k1()
        .orElseGet(() ->
            abort(
                "libsecp256k1 does not load on this machine: "
                    + CurveEngines.whyNoLibsecp256k1().orElseThrow()));
  }

  /** All there are, the native one first. */
  public static List<CurveEngine> all() {
    return Stream.concat(
            CurveEngines.libsecp256k1().stream(), Stream.of(CurveEngines.bouncyCastle()))
        .toList();
  }

  /** The same for parameterized tests. */
  public static Stream<Named<CurveEngine>> named() {
    return all().stream().map(engine -> Named.of(engine.name(), engine));
  }
}
