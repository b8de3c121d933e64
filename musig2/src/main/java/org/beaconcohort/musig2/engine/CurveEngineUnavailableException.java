package org.beaconcohort.musig2.engine;

/** The engine that {@link CurveEngines#PROPERTY} asks for does not exist or does not load here. */
public final class CurveEngineUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CurveEngineUnavailableException(String message) {
    super(message);
  }
}
