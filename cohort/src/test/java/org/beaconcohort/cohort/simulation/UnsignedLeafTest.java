package org.beaconcohort.cohort.simulation;

import static org.beaconcohort.cohort.simulation.LeafCohorts.TWO_DAYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.LeafPolicy;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.PortFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A signer that does not make a leaf signature which is claimed already. */
final class UnsignedLeafTest {
  private static RuntimeException noKey() {
    return new IllegalStateException("the key is missing");
  }

  /** Four members of whom three may sign; the last one's signer is as given. */
  private static Simulation cohort(long seed, Supplier<@Nullable RuntimeException> refusal) {
    CohortTerms terms = LeafCohorts.inviting(Simulation.terms(4, 4), seed, 4, i -> true);
    Simulation simulation = new Simulation(seed, terms);
    simulation.agreeToLeafA(3);
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.addMemberWith(key -> new LeafSigner(key, seed, refusal));
    simulation.begin();
    return simulation;
  }

  /** Member 2 stops before it signs, so that all others have to sign by the leaf. */
  private static void stopAnother(Simulation simulation) {
    var stopped = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> stopped.state() instanceof ParticipantState.Claimed, TWO_DAYS));
    stopped.crash();
  }

  private static boolean refused(List<ParticipantFact> facts) {
    return facts.stream()
        .anyMatch(fact ->
            fact instanceof LeafFact.LeafNotSigned not
                && not.detail().contains("the key is missing"));
  }

  @Test
  void aMemberWhoseSignerRefusesTheLeafEndsBySayingSo() {
    Simulation simulation = cohort(560, UnsignedLeafTest::noKey);
    stopAnother(simulation);
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    assertTrue(refused(simulation.members().get(3).facts()));
    assertEquals(0, LeafCohorts.beacons(simulation).size());
    Outcome.MayStillConfirm end =
        assertInstanceOf(
            Outcome.MayStillConfirm.class, simulation.members().get(3).outcomes().getLast());
    assertEquals(Code.LEAF_NOT_SIGNED, end.code());
    assertTrue(end.detail().contains("the key is missing"), end.detail());
  }

  @Test
  void whatFailsForAWhileIsAskedAgainUntilItSigns() {
    Deque<RuntimeException> failures =
        new ArrayDeque<>(
            List.of(new PortFailure("not now", true), new PortFailure("not now", true)));
    Simulation simulation = cohort(561, failures::poll);
    stopAnother(simulation);
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "signed at the third time");
    assertEquals(
        new Outcome.Anchored(beacon.displayTxid()),
        simulation.members().get(3).outcomes().getLast());
    assertEquals(
        2,
        simulation.members().get(3).troubles().stream()
            .filter(trouble -> trouble.contains("not now"))
            .count());
  }

  @Test
  void anotherProcessAsksTheSignerAgainForTheSameTransaction() {
    Deque<RuntimeException> failures = new ArrayDeque<>(List.of(noKey()));
    Simulation simulation = cohort(562, failures::poll);
    stopAnother(simulation);
    var member = simulation.members().get(3);
    assertTrue(simulation.runUntil(() -> refused(member.facts()), TWO_DAYS));
    member.crash();
    member.comeBack();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "signed by the next process");
    assertEquals(new Outcome.Anchored(beacon.displayTxid()), member.outcomes().getLast());
    assertEquals(
        List.of(beacon.txid()),
        member.facts().stream()
            .filter(LeafFact.LeafClaimed.class::isInstance)
            .map(fact -> ((LeafFact.LeafClaimed) fact).txid())
            .toList(),
        "one claim");
  }

  @Test
  void whereAllMustSignByTheLeafARefusalEndsItAtOnce() {
    long seed = 563;
    Simulation simulation =
        new Simulation(
            seed,
            Simulation.terms(3, 3)
                .withLeaf(LeafA.ALL_MEMBERS, ResponseOrder.NO_NONCES, LeafPolicy.NONE));
    simulation.addMember(true);
    simulation.addMember(true);
    var member =
        simulation.addMemberWith(key -> new LeafSigner(key, seed, UnsignedLeafTest::noKey));
    simulation.begin();
    assertTrue(simulation.runUntil(() -> refused(member.facts()), TWO_DAYS));
    assertTrue(
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Closed, Duration.ofSeconds(1)));
    Outcome.Failed end = assertInstanceOf(Outcome.Failed.class, member.outcomes().getLast());
    assertEquals(Code.LEAF_NOT_SIGNED, end.code());
  }

  @Test
  void theOthersFinishByTheLeafWithoutAMemberWhoseSignerRefuses() {
    long seed = 564;
    CohortTerms terms = LeafCohorts.inviting(Simulation.terms(4, 4), seed, 4, i -> true);
    Simulation simulation = new Simulation(seed, terms);
    simulation.agreeToLeafA(3);
    simulation.addMemberWith(key -> new LeafSigner(key, seed, UnsignedLeafTest::noKey));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.addMemberWith(key -> new CrookedVault(key, new SeededRandom(seed)));
    // The checker finds the bad signature that makes leaf A necessary.
    simulation.unchecked();
    simulation.begin();
    simulation.run(TWO_DAYS);
    assertTrue(refused(simulation.members().get(0).facts()));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "without the first");
    for (var member : simulation.members()) {
      assertEquals(new Outcome.Anchored(beacon.displayTxid()), member.outcomes().getLast());
    }
  }
}
