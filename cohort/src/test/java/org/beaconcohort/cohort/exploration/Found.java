package org.beaconcohort.cohort.exploration;

/**
 * Something that does not hold.
 *
 * @param rule the checker's invariant or one of {@link Judge}'s rules
 */
public record Found(String rule, String what) {
  @Override
  public String toString() {
    return rule + ": " + what;
  }
}
