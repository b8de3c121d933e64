package org.beaconcohort.adapter.journal.facts;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;

/** A coordinator signs nothing and uses nothing up; it sees every member's public nonces. */
public final class CoordinatorLedger implements FactLedger<CoordinatorFact> {
  /** A ledger. */
  public CoordinatorLedger() {}

  @Override
  public void settled(CoordinatorFact fact) {
    // No fact changes what another means here.
  }

  @Override
  public Uses uses(List<CoordinatorFact> facts) {
    List<NonceSighting> sightings = new ArrayList<>();
    for (CoordinatorFact fact : facts) {
      if (fact instanceof CoordinatorFact.Noted noted) {
        ParticipantLedger.sighting(noted.statement()).ifPresent(sightings::add);
      }
    }
    return new Uses(List.of(), sightings);
  }

  @Override
  public boolean retained(CoordinatorFact fact) {
    return false;
  }
}
