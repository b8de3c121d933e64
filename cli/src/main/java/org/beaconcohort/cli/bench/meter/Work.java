package org.beaconcohort.cli.bench.meter;

/** Something to be measured, which does the same every time. */
@FunctionalInterface
public interface Work {
  /** Does it once; whether the result is right. */
  boolean run();
}
