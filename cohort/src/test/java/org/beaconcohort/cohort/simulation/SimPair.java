package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.did.Btcr2Did;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.pair.Pair;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * Two controllers without a coordinator beside them: side 0 announces, side 1 is the named
 * successor, and each is one process of two halves, which die together.
 */
final class SimPair {
  static final int ANNOUNCING = 0;
  static final int STANDING_BY = 1;

  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final Simulation simulation;
  private final SimParty<CoordinatorState, CoordinatorFact> successor;

  SimPair(long seed, int rounds) {
    SeededRandom random = new SeededRandom(seed);
    List<SecretKey> keys =
        new ArrayList<>(List.of(SecretKey.generate(random), SecretKey.generate(random)));
    keys.sort(Comparator.comparing(SimPair::did));
    Pair first = Pair.of(did(keys.get(ANNOUNCING)), did(keys.get(STANDING_BY)));
    Pair second = Pair.of(did(keys.get(STANDING_BY)), did(keys.get(ANNOUNCING)));
    simulation =
        new Simulation(
            seed,
            first.terms(Simulation.terms(2, 2, 0, rounds)),
            first.identity(keys.get(ANNOUNCING)));
    simulation.joinBy(first::policy);
    simulation.addMember(keys.get(ANNOUNCING));
    simulation.joinBy(second::policy);
    simulation.addMember(keys.get(STANDING_BY));
    simulation.fundedFor(ANNOUNCING);
    successor = simulation.standBy(second.identity(keys.get(STANDING_BY)));
  }

  private static Btcr2Did did(SecretKey key) {
    return Btcr2Did.ofKey(Network.REGTEST, key.publicKey());
  }

  SimPair begin() {
    simulation.begin();
    return this;
  }

  Simulation simulation() {
    return simulation;
  }

  /** The coordinator half of a side. */
  SimParty<CoordinatorState, CoordinatorFact> coordinator(int side) {
    return side == ANNOUNCING ? simulation.coordinator() : successor;
  }

  /** The member half of a side. */
  SimParty<ParticipantState, ParticipantFact> member(int side) {
    return simulation.members().get(side);
  }

  /** Ends the process of a side: both halves. */
  void kill(int side) {
    coordinator(side).crash();
    member(side).crash();
  }

  /** Another process of a side, with its two journals. */
  void comeBack(int side) {
    coordinator(side).comeBack();
    member(side).comeBack();
  }

  void until(BooleanSupplier reached) {
    assertTrue(simulation.runUntil(reached, TWO_DAYS), "it must be reached");
  }

  /** Until the member half of that side has its outcome. */
  Outcome outcome(int side) {
    until(() -> member(side).state() instanceof ParticipantState.Closed);
    return member(side).outcomes().getLast();
  }

  /** The transaction that spent the beacon address; exactly one. */
  Transaction beacon() {
    List<Transaction> spends =
        simulation.chain().spends().stream()
            .filter(spend -> spend.outputs().getFirst().value() > 40_000)
            .toList();
    assertEquals(1, spends.size(), "beacon transactions");
    return spends.getFirst();
  }
}
