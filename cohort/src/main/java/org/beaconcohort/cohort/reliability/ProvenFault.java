package org.beaconcohort.cohort.reliability;

import org.beaconcohort.cohort.evidence.Conviction;
import org.beaconcohort.cohort.evidence.Evidence;
import org.beaconcohort.cohort.port.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that was verified here: there is no other way to one of these, so that nothing but a
 * proof bans anybody. Statements in somebody's name without its signature never become one (LO-22).
 */
public final class ProvenFault {
  private final Evidence evidence;
  private final Conviction conviction;

  private ProvenFault(Evidence evidence, Conviction conviction) {
    this.evidence = evidence;
    this.conviction = conviction;
  }

  /**
   * Verifies evidence.
   *
   * @param reader checks id and signature of each statement
   * @throws org.beaconcohort.cohort.evidence.UnprovenException if it proves nothing
   */
  public static ProvenFault of(Evidence evidence, StatementReader reader) {
    return new ProvenFault(evidence, evidence.verify(reader));
  }

  /** The statements. */
  public Evidence evidence() {
    return evidence;
  }

  /** What they prove. */
  public Conviction conviction() {
    return conviction;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProvenFault fault && evidence.equals(fault.evidence);
  }

  @Override
  public int hashCode() {
    return evidence.hashCode();
  }

  @Override
  public String toString() {
    return conviction.code() + " by " + conviction.author();
  }
}
