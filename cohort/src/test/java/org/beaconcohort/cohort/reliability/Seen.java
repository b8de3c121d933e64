package org.beaconcohort.cohort.reliability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.musig2.bytes.Bytes;

/** What a simulation's coordinator has to remember, and rounds made up. */
final class Seen {
  private Seen() {}

  /** Its facts, one a second. */
  static RollCall by(Simulation simulation) {
    CoordinatorMachine machine = new CoordinatorMachine(plan(simulation.coordinator().state()));
    CoordinatorState state = machine.initial();
    RollCall seen = RollCall.EMPTY;
    Instant at = Simulation.START;
    for (CoordinatorFact fact : simulation.coordinator().facts()) {
      CoordinatorState before = state;
      state = machine.evolve(before, fact);
      at = at.plusSeconds(1);
      seen = seen.seen(fact, before, state, Optional.of(at));
    }
    return seen;
  }

  private static CoordinatorPlan plan(CoordinatorState state) {
    return switch (state) {
      case CoordinatorState.Closed closed -> plan(closed.last());
      case CoordinatorState.InCohort in -> in.formed().plan();
      case CoordinatorState.Recruiting recruiting -> recruiting.plan();
      default -> throw new AssertionError("no plan in " + state);
    };
  }

  static Attendance.Seat present(int key, String did) {
    return new Attendance.Seat(
        id(key), List.of(did), Optional.empty(), Optional.of(Duration.ofMillis(400L * key)));
  }

  static Attendance.Seat silent(int key, String did, Duty duty) {
    return new Attendance.Seat(id(key), List.of(did), Optional.of(duty), Optional.empty());
  }

  static ReliabilityEvent round(int cohort, boolean completed, Attendance.Seat... seats) {
    return new ReliabilityEvent.Attended(
        new Attendance(
            id(cohort), 1, completed, Duration.ofSeconds(completed ? 0 : 60), List.of(seats)));
  }

  static Bytes id(int number) {
    byte[] id = new byte[32];
    id[30] = (byte) (number >> 8);
    id[31] = (byte) number;
    return Bytes.of(id);
  }
}
