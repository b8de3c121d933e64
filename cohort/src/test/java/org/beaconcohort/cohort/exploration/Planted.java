package org.beaconcohort.cohort.exploration;

import java.util.function.Consumer;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimDoubles;
import org.beaconcohort.cohort.simulation.SimParty;

/**
 * A bug that is put in on purpose.
 *
 * @param doubles parts that have it
 * @param journal what it makes of each member's journal
 */
record Planted(SimDoubles doubles, Consumer<SimParty<ParticipantState, ParticipantFact>> journal) {
  /** No bug. */
  static final Planted NOTHING = new Planted(SimDoubles.NONE, member -> {});
}
