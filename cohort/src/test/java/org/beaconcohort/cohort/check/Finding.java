package org.beaconcohort.cohort.check;

/** An invariant that does not hold, and what shows it. */
public record Finding(Invariant invariant, String what) {
  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
