package org.beaconcohort.cohort.participant;

import java.util.Set;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.port.SealedNonces;

/**
 * Where a member's secret nonces live, and which of earlier processes are here (N7).
 *
 * @param custody what its opt-in says
 * @param sealed those that its store held when this process began; each of them is this process's
 *     from then on (R10), and nobody else's while it holds the lease on its identity
 */
public record OwnNonces(NonceCustody custody, Set<SealedNonces.Id> sealed) {
  /** In memory: none outlives its process. */
  public static final OwnNonces IN_MEMORY = new OwnNonces(NonceCustody.MEMORY, Set.of());

  /** Copies the set; there are sealed ones only in sealed custody. */
  public OwnNonces {
    sealed = Set.copyOf(sealed);
    if (custody == NonceCustody.MEMORY && !sealed.isEmpty()) {
      throw new IllegalArgumentException(
          "sealed nonces must be none in custody MEMORY, got " + sealed.size());
    }
  }

  /** Sealed, with what {@code store} holds now. */
  public static OwnNonces sealedIn(SealedNonces store) {
    return new OwnNonces(NonceCustody.SEALED, store.held());
  }
}
