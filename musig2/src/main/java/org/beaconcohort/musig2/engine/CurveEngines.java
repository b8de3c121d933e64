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

  private static volatile @Nullable CurveEngine inItsPlace;

  private CurveEngines() {}

  /** What decides, once and only when somebody asks. */
  private static final class Chosen {
    static final Choice CHOICE = Choice.of(System.getProperty(PROPERTY, "auto"));
  }

  /**
   * What choosing came to: kept either way, so that everybody who asks gets the same answer.
   *
   * @param engine absent if the one asked for is not here
   * @param why it is not; else empty
   */
  private record Choice(@Nullable CurveEngine engine, String why) {
    static Choice of(String asked) {
      try {
        return new Choice(choose(asked), "");
      } catch (CurveEngineUnavailableException unavailable) {
        return new Choice(null, String.valueOf(unavailable.getMessage()));
      }
    }
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
    @Nullable CurveEngine other = inItsPlace;
    if (other != null) {
      return other;
    }
    @Nullable CurveEngine engine = Chosen.CHOICE.engine();
    if (engine == null) {
      throw new CurveEngineUnavailableException(Chosen.CHOICE.why());
    }
    return engine;
  }

  /**
   * From now on {@link #get} gives {@code engine}. For simulations, whose many parties compute the
   * same things in one process; out of reach for everybody else.
   */
  static void replace(CurveEngine engine) {
    inItsPlace = engine;
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
