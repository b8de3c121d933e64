package org.beaconcohort.cli.architecture.planted.musig2.engine;

/** Stands for the engine. */
public interface CurveEngine {
  /** For musig2 alone. */
  byte[] multiplyGeneratorSecret(byte[] secret);

  /** For everybody. */
  byte[] decode(byte[] encoding);
}
