package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody behaves: whatever the network's order, all end anchored by one transaction. */
final class QuietRoundTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void everyMemberEndsAnchoredInEverySeed() {
    for (long seed = 1; seed <= 25; seed++) {
      Simulation simulation = new Simulation(seed, Simulation.terms(2, 2 + (int) (seed % 4)));
      for (int i = 0; i < 2 + seed % 4; i++) {
        simulation.addMember(i != 1 || seed % 3 == 0);
      }
      simulation.begin();
      simulation.run(A_DAY);
      List<Transaction> beacons = beaconSpends(simulation);
      assertEquals(1, beacons.size(), "beacon transactions, seed " + seed);
      String txid = beacons.get(0).displayTxid();
      assertEquals(
          List.of(new Outcome.Anchored(txid)),
          simulation.coordinator().outcomes(),
          "coordinator, seed " + seed);
      for (int i = 0; i < simulation.members().size(); i++) {
        assertEquals(
            List.of(new Outcome.Anchored(txid)),
            simulation.members().get(i).outcomes(),
            "member " + i + ", seed " + seed + ", " + simulation.members().get(i).refused());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void aRoundIsAnchoredOnEveryNetwork(Network network) {
    Simulation simulation = new Simulation(90, Simulation.terms(network));
    simulation.addMember(true);
    simulation.addMember(false);
    simulation.begin();
    simulation.run(A_DAY);
    String txid = beaconSpends(simulation).getFirst().displayTxid();
    for (var member : simulation.members()) {
      assertEquals(List.of(new Outcome.Anchored(txid)), member.outcomes(), network.specName());
    }
  }

  @Test
  void theSignalIsTheHashOfEveryonesUpdatesAndDeclinersAreAbsent() {
    Simulation simulation = new Simulation(7, Simulation.terms(3, 3));
    simulation.addMember(true);
    simulation.addMember(false);
    simulation.addMember(true);
    simulation.begin();
    simulation.run(A_DAY);
    ParticipantState.Closed closed =
        assertInstanceOf(ParticipantState.Closed.class, simulation.members().get(0).state());
    ParticipantState.Anchored last =
        assertInstanceOf(ParticipantState.Anchored.class, closed.last());
    var bundle = last.last().claim().bundle();
    Bytes signal = SignalOutput.of(beaconSpends(simulation).get(0)).orElseThrow();
    assertEquals(bundle.signalBytes().value(), signal);
    assertEquals(2, bundle.entries().size());
    assertTrue(bundle.updateHash(simulation.dids().get(1).did()).isEmpty());
    assertEquals(
        simulation.dids().get(2).made().get(1).hash(),
        bundle.updateHash(simulation.dids().get(2).did()).orElseThrow());
  }

  @Test
  void aSecondRoundSpendsTheChangeOfTheFirst() {
    Simulation simulation = new Simulation(11, Simulation.terms(2, 2, 0, 2));
    simulation.addMember(false);
    simulation.addMember(false);
    simulation.begin();
    simulation.run(A_DAY);
    List<Transaction> beacons = beaconSpends(simulation);
    assertEquals(2, beacons.size());
    assertEquals(beacons.get(0).txid(), beacons.get(1).inputs().get(0).outpoint().txid());
    assertEquals(
        List.of(new Outcome.Anchored(beacons.get(1).displayTxid())),
        simulation.members().get(1).outcomes());
  }

  @Test
  void theSameSeedGivesTheSameJournal() {
    List<CoordinatorFact> first = journal(5);
    assertEquals(first, journal(5));
    assertTrue(first.size() > 10);
  }

  private static List<CoordinatorFact> journal(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 3));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    simulation.run(A_DAY);
    assertInstanceOf(CoordinatorState.Closed.class, simulation.coordinator().state());
    return simulation.coordinator().facts();
  }

  private static List<Transaction> beaconSpends(Simulation simulation) {
    CoordinatorState.Closed closed =
        assertInstanceOf(CoordinatorState.Closed.class, simulation.coordinator().state());
    String why = closed.outcome().toString();
    CoordinatorState.InCohort last =
        assertInstanceOf(CoordinatorState.InCohort.class, closed.last(), why);
    Bytes script = last.formed().cohort().output().script();
    return simulation.chain().spends().stream()
        .filter(spend -> spend.outputs().get(0).script().equals(script))
        .toList();
  }
}
