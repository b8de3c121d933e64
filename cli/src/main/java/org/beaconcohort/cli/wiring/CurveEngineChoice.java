package org.beaconcohort.cli.wiring;

import java.util.Optional;
import org.beaconcohort.cli.exit.CommandFailure;
import org.beaconcohort.cli.exit.ExitCode;
import org.beaconcohort.musig2.engine.CurveEngine;
import org.beaconcohort.musig2.engine.CurveEngineUnavailableException;
import org.beaconcohort.musig2.engine.CurveEngines;

/** The curve engine that this process computes with, and what its user should know about it. */
public final class CurveEngineChoice {
  private CurveEngineChoice() {}

  /**
   * Nothing, if there is an engine. Costs nothing unless the user asks for a certain one: without a
   * wish there always is one, and it is loaded when it is needed.
   *
   * @throws CommandFailure unavailable, if the engine asked for is not here
   */
  public static void requireAvailable() {
    if (isAskedFor()) {
      try {
        var unused = CurveEngines.get();
      } catch (CurveEngineUnavailableException unavailable) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "CURVE_ENGINE",
            String.valueOf(unavailable.getMessage()),
            "change or remove -D"
                + CurveEngines.PROPERTY
                + " where Java's options are set, for"
                + " instance in BEACON_COHORT_JAVA_OPTS");
      }
    }
  }

  /** One line: which engine, and why not the native one, or why none. */
  public static String description() {
    String asked = isAskedFor() ? " (" + CurveEngines.PROPERTY + " asks for it)" : "";
    try {
      CurveEngine engine = CurveEngines.get();
      return "curve engine "
          + engine.name()
          + asked
          + (asked.isEmpty()
              ? whyNoLibsecp256k1().map(why -> "; no libsecp256k1: " + why).orElse("")
              : "");
    } catch (CurveEngineUnavailableException unavailable) {
      return "no curve engine: " + unavailable.getMessage();
    }
  }

  /** The native engine, unless it does not load or the user forbids it. */
  public static Optional<CurveEngine> libsecp256k1() {
    return isForbidden() ? Optional.empty() : CurveEngines.libsecp256k1();
  }

  /** Why there is none; empty if there is one. */
  public static Optional<String> whyNoLibsecp256k1() {
    return isForbidden()
        ? Optional.of("forbidden by " + CurveEngines.PROPERTY)
        : CurveEngines.whyNoLibsecp256k1();
  }

  private static boolean isAskedFor() {
    return System.getProperty(CurveEngines.PROPERTY) != null;
  }

  private static boolean isForbidden() {
    return CurveEngines.bouncyCastle().name().equals(System.getProperty(CurveEngines.PROPERTY));
  }
}
