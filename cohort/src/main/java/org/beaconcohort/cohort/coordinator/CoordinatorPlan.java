package org.beaconcohort.cohort.coordinator;

import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What an operator decides before a cohort is announced.
 *
 * @param identity x-only key that announces and leads, 32 bytes
 * @param identifier the announcement's {@code d} tag
 * @param terms what is announced
 * @param feeRate wanted for the rounds, sat/kvB; kept within the terms' corridor
 * @param succeeds id of the cohort that this one follows, 32 bytes, or empty for none
 * @param admission whom it does not take, or takes last
 */
public record CoordinatorPlan(
    Bytes identity,
    String identifier,
    CohortTerms terms,
    long feeRate,
    Bytes succeeds,
    Admission admission) {
  /** Succeeds none, and takes everybody alike. */
  public CoordinatorPlan(Bytes identity, String identifier, CohortTerms terms, long feeRate) {
    this(identity, identifier, terms, feeRate, Bytes.EMPTY, Admission.EVERYBODY);
  }
}
