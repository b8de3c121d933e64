package org.beaconcohort.musig2.engine;

/**
 * A sum of points that grows by one point at a time, so that nothing is left to add when the last
 * one has come. Immutable; the engine that made it decides when it adds up.
 */
public interface PointSum {
  /** This sum and {@code point}. */
  PointSum plus(CurvePoint point);

  /** What has been added up so far; infinity for nothing. */
  CurvePoint value();
}
