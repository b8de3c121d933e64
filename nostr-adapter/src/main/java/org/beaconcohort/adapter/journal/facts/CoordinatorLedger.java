package org.beaconcohort.adapter.journal.facts;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.ledger.RaisedHalt;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.musig2.bytes.Bytes;

/** A coordinator signs nothing and uses nothing up; it sees every member's public nonces. */
public final class CoordinatorLedger implements FactLedger<CoordinatorFact> {
  private final Bytes identity;

  /** The ledger of one coordination of {@code identity}, 32 bytes. */
  public CoordinatorLedger(Bytes identity) {
    this.identity = identity;
  }

  @Override
  public void settled(CoordinatorFact fact) {
    // No fact changes what another means here.
  }

  @Override
  public Uses uses(List<CoordinatorFact> facts) {
    List<NonceSighting> sightings = new ArrayList<>();
    List<RaisedHalt> halts = new ArrayList<>();
    for (CoordinatorFact fact : facts) {
      if (fact instanceof CoordinatorFact.Noted noted) {
        ParticipantLedger.sighting(noted.statement()).ifPresent(sightings::add);
      }
      if (fact instanceof CoordinatorFact.RolledBack found) {
        halts.add(
            new RaisedHalt(
                identity.hex(),
                found.code() + ": own statement " + found.statement().id() + " is not here"));
      }
    }
    return new Uses(List.of(), sightings, halts);
  }

  @Override
  public boolean retained(CoordinatorFact fact) {
    return false;
  }
}
