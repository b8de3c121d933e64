package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.coordinator.Admission;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.junit.jupiter.api.Test;

/**
 * Candidates that were silent before are taken last, those with a proved fault not at all (R17).
 */
final class ParkingTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  /** The DID that member {@code number} of a simulation from this seed has. */
  private static String did(long seed, int number) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 3));
    for (int i = 0; i <= number; i++) {
      simulation.addMember(true);
    }
    return simulation.dids().get(number).did().text();
  }

  private static Simulation run(long seed, CohortTerms terms, Admission admission, int members) {
    Simulation simulation = new Simulation(seed, terms, admission);
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    simulation.run(A_DAY);
    return simulation;
  }

  private static Code failed(Simulation simulation, int member) {
    return assertInstanceOf(
            Outcome.Failed.class, simulation.members().get(member).outcomes().getFirst())
        .code();
  }

  private static long anchored(Simulation simulation) {
    return simulation.members().stream()
        .filter(member -> member.outcomes().getFirst() instanceof Outcome.Anchored)
        .count();
  }

  @Test
  void aBannedCandidateIsToldSoAndTheOthersGoOn() {
    Admission admission = new Admission(Set.of(did(71, 1)), Set.of());
    Simulation simulation = run(71, Simulation.terms(2, 2), admission, 3);
    assertEquals(Code.CANDIDATE_BANNED, failed(simulation, 1));
    assertEquals(2, anchored(simulation));
  }

  @Test
  void aParkedCandidateGetsNoSeatThatOthersFill() {
    for (long seed = 72; seed < 76; seed++) {
      Admission admission = new Admission(Set.of(), Set.of(did(seed, 0)));
      Simulation simulation = run(seed, Simulation.terms(2, 2), admission, 3);
      assertEquals(Code.ENROLMENT_CLOSED, failed(simulation, 0), "seed " + seed);
      assertEquals(2, anchored(simulation), "seed " + seed);
    }
  }

  @Test
  void aParkedCandidateGetsASeatThatIsLeftAtTheDeadline() {
    Admission admission = new Admission(Set.of(), Set.of(did(76, 0)));
    Simulation simulation = run(76, Simulation.terms(3, 5), admission, 3);
    assertEquals(3, anchored(simulation), "without it they would be too few");
    assertEquals(
        CoordinatorFact.CloseReason.DEADLINE,
        simulation.coordinator().facts().stream()
            .filter(CoordinatorFact.EnrolmentClosed.class::isInstance)
            .map(CoordinatorFact.EnrolmentClosed.class::cast)
            .findFirst()
            .orElseThrow()
            .reason());
  }

  @Test
  void ofMoreParkedThanSeatsThoseWhoCameFirstGetThem() {
    Admission admission = new Admission(Set.of(), Set.of(did(77, 0), did(77, 1), did(77, 2)));
    Simulation simulation = run(77, Simulation.terms(2, 2), admission, 3);
    assertEquals(2, anchored(simulation));
    List<CoordinatorFact> facts = simulation.coordinator().facts();
    var parked =
        facts.stream()
            .filter(CoordinatorFact.CandidateParked.class::isInstance)
            .map(fact -> ((CoordinatorFact.CandidateParked) fact).statement().id())
            .toList();
    assertEquals(2, parked.size(), "no more wait than there are seats");
    assertTrue(
        simulation.members().stream()
            .anyMatch(member -> member.outcomes().getFirst() instanceof Outcome.Failed));
  }

  @Test
  void whatWasSettledBeforeARestartIsNotSettledAnewByAnotherAdmission() {
    Admission admission = new Admission(Set.of(), Set.of(did(78, 0)));
    Simulation simulation = new Simulation(78, Simulation.terms(2, 4), admission);
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.coordinator().state() instanceof CoordinatorState.Recruiting recruiting
                    && recruiting.parked().size() == 1
                    && recruiting.optIns().size() == 1,
            A_DAY));
    simulation.coordinator().crash();
    simulation.coordinator().comeBack();
    simulation.run(A_DAY);
    assertEquals(2, anchored(simulation));
  }
}
