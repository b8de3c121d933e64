package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leaf A with k = n: members that come one at a time, and keep nothing between (N7). */
final class LeafVisitsTest {
  private static Simulation cohort(long seed) {
    Duration hours = Duration.ofHours(6);
    CohortTerms terms =
        Simulation.terms(
            3,
            3,
            0,
            1,
            NonceCustody.MEMORY,
            new Deadlines(hours, hours, hours, hours, hours, hours, hours, hours));
    return new Simulation(
        seed, terms.withLeaf(LeafA.ALL_MEMBERS, ResponseOrder.NO_NONCES, LeafPolicy.NONE));
  }

  @Test
  void membersThatStayAnchorByTheLeafOfAllWithoutANonce() {
    Simulation simulation = cohort(600);
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    simulation.run(Duration.ofDays(5));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "without nonces");
    for (var member : simulation.members()) {
      assertEquals(new Outcome.Anchored(beacon.displayTxid()), member.outcomes().getLast());
    }
    assertEquals(
        new Outcome.Anchored(beacon.displayTxid()), simulation.coordinator().outcomes().getLast());
    Set<StatementKind> kinds = new TreeSet<>();
    for (SignedStatement said : simulation.network().statements()) {
      kinds.add(said.body().kind());
    }
    assertFalse(kinds.contains(StatementKind.PARTIAL_SIGNATURE));
    assertFalse(kinds.contains(StatementKind.NONCE_LOST));
  }

  @Tag("scenario-48")
  @Test
  void membersOnlineOneAtATimeWithNothingSealedCompleteARoundByTheLeafOfAll() {
    Simulation simulation = cohort(601);
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
      simulation.members().get(i).crash();
    }
    simulation.begin();
    int forming = 0;
    while (!(simulation.coordinator().state() instanceof CoordinatorState.Collecting)) {
      pass(simulation);
      forming++;
      assertTrue(forming < 10, "in " + simulation.coordinator().state());
    }
    int passes = 0;
    while (signatures(simulation) < 3) {
      pass(simulation);
      passes++;
      assertTrue(passes < 10, "in " + simulation.coordinator().state());
    }
    System.out.println(
        "Visits by leaf: " + forming + " passes to form, " + passes + " until all have signed");
    assertTrue(passes <= 3, "an answer and a signature of each, got " + passes + " passes");
    // Nobody has to come again for the transaction; they come to see it.
    while (simulation.members().stream().anyMatch(member -> member.outcomes().isEmpty())) {
      pass(simulation);
      passes++;
      assertTrue(passes < 10, "in " + simulation.coordinator().state());
    }
    Transaction beacon = LeafCohorts.byLeaf(simulation, "one at a time");
    for (var member : simulation.members()) {
      assertEquals(new Outcome.Anchored(beacon.displayTxid()), member.outcomes().getLast());
    }
  }

  private static long signatures(Simulation simulation) {
    return simulation.network().statements().stream()
        .filter(said -> said.body().kind() == StatementKind.LEAF_SIGNATURE)
        .map(SignedStatement::author)
        .distinct()
        .count();
  }

  /** Everybody once for ten seconds; nobody meets anybody. */
  private static void pass(Simulation simulation) {
    for (var member : simulation.members()) {
      Instant arrival = simulation.time().now();
      member.comeBack();
      wait(simulation, arrival.plusSeconds(10));
      member.crash();
      wait(simulation, arrival.plusSeconds(300));
    }
  }

  private static void wait(Simulation simulation, Instant until) {
    assertFalse(simulation.runUntil(() -> false, Duration.between(simulation.time().now(), until)));
  }
}
