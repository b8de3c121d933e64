package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.model.Cohort;

/**
 * A cohort of three, and the next one of two of them and a newcomer: members 0 and 1 stay and are
 * the next one's 0 and 1, member 2 leaves, the next one's member 2 is new.
 */
final class Handover {
  private final Simulation simulation;
  private final Simulation next;

  /** Who of the first cohort learns that the next one is complete, and passes it on. */
  enum Told {
    COORDINATOR_ONLY,
    ALL
  }

  Handover(long seed, int rounds) {
    this(seed, rounds, Told.ALL);
  }

  Handover(long seed, int rounds, Told told) {
    this(seed, 2, rounds, told, true);
  }

  /** The smallest: one stays, one leaves, one comes. */
  static Handover ofTwo(long seed) {
    return new Handover(seed, 1, 3, Told.ALL, true);
  }

  /**
   * Runs until the first is formed, and announces the next.
   *
   * @param staying members, before the one that leaves
   * @param consents whether that one does
   */
  Handover(long seed, int staying, int rounds, Told told, boolean consents) {
    int size = staying + 1;
    simulation = new Simulation(seed, Simulation.terms(size, size, 0, rounds));
    for (int i = 0; i < staying; i++) {
      simulation.addMember(i == 0);
    }
    if (consents) {
      simulation.consentToLeaving();
    }
    simulation.addMember(false);
    simulation.begin();
    simulation.runUntil(
        () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingListing,
        Duration.ofHours(1));
    next = simulation.followedBy(Simulation.terms(size, size, 0, 1));
    for (int i = 0; i < staying; i++) {
      next.addStaying(i);
    }
    next.addMember(true);
    next.begin();
    simulation.passOn(next, simulation.coordinator());
    if (told == Told.ALL) {
      simulation.passOn(next, simulation.members().get(0));
    }
  }

  Simulation simulation() {
    return simulation;
  }

  Simulation next() {
    return next;
  }

  Cohort cohort() {
    return of(simulation);
  }

  Cohort nextCohort() {
    return of(next);
  }

  private static Cohort of(Simulation simulation) {
    CoordinatorState state = simulation.coordinator().state();
    if (state instanceof CoordinatorState.Closed closed) {
      state = closed.last();
    }
    if (state instanceof CoordinatorState.RolledBack halted) {
      state = halted.before();
    }
    return ((CoordinatorState.InCohort) state).formed().cohort();
  }

  /** The transaction that pays the next cohort. */
  Transaction sweep() {
    return simulation.chain().spends().stream()
        .filter(spend ->
            spend.outputs().get(0).script().equals(nextCohort().output().script())
                && simulation
                    .chain()
                    .output(spend.inputs().get(0).outpoint())
                    .filter(spent -> spent.script().equals(cohort().output().script()))
                    .isPresent())
        .findFirst()
        .orElseThrow();
  }
}
