package org.beaconcohort.musig2.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engines of this process, and the one it computes with unless a caller names another:
 * libsecp256k1 where its library loads, else Bouncy Castle.
 */
public final class CurveEngines {
  /**
   * The system property that chooses the process's engine: {@code auto} (the default), {@code
   * libsecp256k1} to insist on the native library, {@code bouncycastle} to forbid it. Read once.
   */
  public static final String PROPERTY = "beacon-cohort.curve-engine";

  private static final CurveEngine BOUNCY_CASTLE = new BouncyCastleEngine();

  private CurveEngines() {}

  /** What decides, once and only when somebody asks. */
  private static final class Chosen {
    static final CurveEngine ENGINE = choose(System.getProperty(PROPERTY, "auto"));
  }

  /** The native library is loaded only if it may be used. */
  private static final class Native {
    static final Libsecp256k1Engine.Loaded LOADED = Libsecp256k1Engine.load();
  }

  /**
   * The engine this process computes with.
   *
   * @throws CurveEngineUnavailableException if {@link #PROPERTY} names an engine that is not here
   */
  public static CurveEngine get() {
    try {
      return Chosen.ENGINE;
    } catch (ExceptionInInitializerError first) {
      if (first.getCause() instanceof CurveEngineUnavailableException unavailable) {
        throw unavailable;
      }
      throw first;
    }
  }

  /** The engine in Java alone, present everywhere. */
  public static CurveEngine bouncyCastle() {
    return BOUNCY_CASTLE;
  }

  /** The engine over the native library; empty where the library does not load. */
  public static Optional<CurveEngine> libsecp256k1() {
    return Optional.ofNullable(Native.LOADED.engine());
  }

  /** Why there is no native engine here, for humans; empty if there is one. */
  public static Optional<String> whyNoLibsecp256k1() {
    @Nullable CurveEngine engine = Native.LOADED.engine();
    return engine == null ? Optional.of(Native.LOADED.why()) : Optional.empty();
  }

  /** The engine of a choice; see {@link #PROPERTY}. */
  static CurveEngine choose(String choice) {
    return switch (choice) {
      case "auto" -> libsecp256k1().orElse(BOUNCY_CASTLE);
      case BouncyCastleEngine.NAME -> BOUNCY_CASTLE;
      case Libsecp256k1Engine.NAME ->
          libsecp256k1()
              .orElseThrow(() ->
                  new CurveEngineUnavailableException(
                      PROPERTY
                          + " asks for "
                          + choice
                          + ", which does not load here: "
                          + Native.LOADED.why()
                          + "; leave the property out to compute with "
                          + BouncyCastleEngine.NAME));
      default ->
          throw new CurveEngineUnavailableException(
              PROPERTY
                  + " must be auto, "
                  + BouncyCastleEngine.NAME
                  + " or "
                  + Libsecp256k1Engine.NAME
                  + ", got "
                  + choice);
    };
  }
}
