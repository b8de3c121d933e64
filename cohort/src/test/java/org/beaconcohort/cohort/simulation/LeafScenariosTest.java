package org.beaconcohort.cohort.simulation;

import static org.beaconcohort.cohort.simulation.LeafCohorts.TWO_DAYS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.check.IndependentCheck;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.LeafStatement.BundleAck;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios of signing-safety 2.10 in which k of n finish what all began. */
final class LeafScenariosTest {
  /** The coordinator's owner has a seat as well, and both stop. */
  @Tag("scenario-13")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aCoordinatorThatSignsTooStopsAndTheOthersAnchorTheSameTransaction(int place) {
    for (Class<?> state :
        List.of(CoordinatorState.Collecting.class, CoordinatorState.AwaitingPartials.class)) {
      Simulation simulation = LeafCohorts.cohort(510 + place, 4, 1);
      String where = "place " + place + ", " + state.getSimpleName();
      assertTrue(
          simulation.runUntil(() -> state.isInstance(simulation.coordinator().state()), TWO_DAYS),
          where);
      int seat = seatOf(simulation, place);
      simulation.coordinator().crash();
      simulation.members().get(seat).crash();
      int[] others = IntStream.range(0, 4).filter(each -> each != seat).toArray();
      assertTrue(
          simulation.runUntil(() -> LeafCohorts.closed(simulation, others), TWO_DAYS), where);
      Transaction beacon = LeafCohorts.byLeaf(simulation, where);
      Set<Bytes> claimed = new TreeSet<>();
      for (int other : others) {
        assertEquals(
            new Outcome.Anchored(beacon.displayTxid()),
            simulation.members().get(other).outcomes().getLast(),
            where);
        for (ParticipantFact fact : simulation.members().get(other).facts()) {
          if (fact instanceof ParticipantFact.Claimed claim) {
            claimed.add(claim.txid());
          }
        }
      }
      assertTrue(
          claimed.isEmpty() || claimed.equals(Set.of(beacon.txid())), where + ": one txid (F6)");
    }
  }

  private static int seatOf(Simulation simulation, int place) {
    ParticipantState.InCohort state =
        assertInstanceOf(ParticipantState.InCohort.class, simulation.members().get(0).state());
    Bytes key =
        SuccessorOrder.of(simulation.coordinatorKey(), state.joined().cohort(), 1).leader(place);
    return IntStream.range(0, 4)
        .filter(each -> simulation.statementKey(each).equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Tag("scenario-26")
  @Test
  void aBadPartialSignatureEndsTheKeyPathAndTheHonestAnchorByLeaf() {
    Simulation simulation = LeafCohorts.crooked(520, 4);
    simulation.run(TWO_DAYS);
    Transaction beacon = LeafCohorts.byLeaf(simulation, "a bad partial");
    for (var member : simulation.members()) {
      assertEquals(new Outcome.Anchored(beacon.displayTxid()), member.outcomes().getLast());
    }
    assertFalse(Blame.byMember(simulation, 0).isEmpty(), "and everyone can prove whose it was");
    List<String> findings =
        IndependentCheck.of(simulation.evidence()).findings().stream()
            .map(Object::toString)
            .filter(finding -> !finding.contains("is no signature with the nonce"))
            .toList();
    assertEquals(List.of(), findings, "nothing is wrong but that signature");
  }

  @Tag("scenario-28")
  @Test
  void anAnswerThatRelaysHoldIsForwardedAndNobodySignsByLeafWithoutIt() {
    Simulation simulation = hiding(530, StatementKind.RESPONSE);
    simulation.run(TWO_DAYS);
    boolean refused =
        simulation.members().stream()
            .flatMap(member -> member.facts().stream())
            .anyMatch(fact ->
                fact instanceof LeafFact.LeafRefused no && no.code() == Code.PATH_NOT_CONSENTED);
    assertTrue(refused, "whoever has the missing answer signs nothing without it (R18)");
    keyPathWon(simulation);
  }

  @Tag("scenario-28")
  @Test
  void aSignatureThatRelaysHoldCompletesTheKeyPathInsteadOfLeafA() {
    Simulation simulation = hiding(531, StatementKind.PARTIAL_SIGNATURE);
    // Else its author, which lacks nothing, broadcasts before anybody asks.
    simulation
        .chain()
        .weather(
            new SimChain.Weather() {
              @Override
              public boolean takes() {
                return said(simulation, StatementKind.PARTIAL_SIGNATURE).isEmpty()
                    || !said(simulation, StatementKind.LEAF_REQUEST).isEmpty();
              }
            });
    simulation.run(TWO_DAYS);
    assertFalse(said(simulation, StatementKind.LEAF_REQUEST).isEmpty(), "leaf A was asked for");
    keyPathWon(simulation);
  }

  /** Nobody is given what member 3 says of a kind until somebody says it again; relays hold it. */
  private static Simulation hiding(long seed, StatementKind kind) {
    Simulation simulation = LeafCohorts.cohort(seed, 4, 1);
    simulation
        .network()
        .tamper((receiver, said) -> {
          boolean hidden =
              said.body().kind() == kind && said.author().equals(simulation.statementKey(3));
          boolean again =
              simulation.members().stream()
                  .limit(3)
                  .anyMatch(member ->
                      member.facts().stream().anyMatch(LeafFact.LeafRefused.class::isInstance));
          return hidden && !again && !receiver.equals("member-3") ? List.of() : List.of(said);
        });
    return simulation;
  }

  private static void keyPathWon(Simulation simulation) {
    assertEquals(List.of(), said(simulation, StatementKind.LEAF_SIGNATURE));
    List<Transaction> beacons = LeafCohorts.beacons(simulation);
    assertEquals(1, beacons.size());
    assertEquals(1, beacons.getFirst().inputs().getFirst().witness().size(), "the key path won");
  }

  @Tag("scenario-29")
  @Test
  void anAbsentMemberGetsTheDataOfTheSignalFromRelaysAlone() {
    Simulation simulation = LeafCohorts.cohort(540, 4, 1);
    var absent = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> absent.state() instanceof ParticipantState.Ready, TWO_DAYS));
    absent.crash();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 3), TWO_DAYS));
    Transaction beacon = LeafCohorts.byLeaf(simulation, "one absent");
    for (int i : new int[] {0, 1, 3}) {
      simulation.members().get(i).crash();
    }
    simulation.coordinator().crash();
    absent.comeBack();
    assertTrue(simulation.runUntil(() -> LeafCohorts.closed(simulation, 2), TWO_DAYS));
    boolean holds =
        absent.facts().stream()
            .anyMatch(fact ->
                fact instanceof LeafFact.CompletedByLeaf completed
                    && beacon
                        .lastOutput()
                        .script()
                        .equals(
                            Bytes.concat(
                                Bytes.ofHex("6a20"), completed.bundle().signalBytes().value())));
    assertTrue(holds, "its journal holds the map of the signal");
    assertTrue(
        said(simulation, StatementKind.BUNDLE_ACK).stream()
            .anyMatch(said ->
                said.author().equals(simulation.statementKey(2))
                    && said.body() instanceof BundleAck));
    Outcome.Failed outcome =
        assertInstanceOf(Outcome.Failed.class, absent.outcomes().getLast(), "its own is not in it");
    assertTrue(outcome.detail().contains(beacon.displayTxid()), outcome.detail());
  }

  @Tag("scenario-39")
  @Test
  void aLateAnswerOpensTheKeyPathOfTheSameTransaction() {
    Simulation simulation = LeafCohorts.cohort(550, 4, 1);
    // Nobody keeps the bundle in time to sign before the late answer is there.
    AtomicBoolean late = new AtomicBoolean();
    simulation
        .network()
        .tamper((receiver, said) -> {
          boolean proposed = !said(simulation, StatementKind.PROPOSAL).isEmpty();
          late.compareAndSet(false, proposed && said.body() instanceof Response);
          boolean held =
              (said.body() instanceof BundleAck && !receiver.equals("coordinator"))
                  || (said.author().equals(simulation.statementKey(3))
                      && !proposed
                      && said.body() instanceof Response);
          return held && !receiver.equals("member-3") ? List.of() : List.of(said);
        });
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.ProposedWithout,
            TWO_DAYS));
    CoordinatorState.ProposedWithout without =
        assertInstanceOf(CoordinatorState.ProposedWithout.class, simulation.coordinator().state());
    assertEquals(1, without.missing().size());
    // It comes back, and sends again what it had said.
    simulation.members().get(3).crash();
    assertTrue(
        simulation.runUntil(
            () -> !said(simulation, StatementKind.PROPOSAL).isEmpty(), Duration.ofMinutes(1)));
    simulation.members().get(3).comeBack();
    simulation.run(TWO_DAYS);
    List<Transaction> beacons = LeafCohorts.beacons(simulation);
    assertEquals(1, beacons.size());
    assertEquals(without.attempt().transaction().txid(), beacons.getFirst().txid());
    assertEquals(1, beacons.getFirst().inputs().getFirst().witness().size(), "the key path won");
    assertFalse(
        simulation.members().get(0).outcomes().isEmpty()
            || !(simulation.members().get(0).outcomes().getLast() instanceof Outcome.Anchored));
    assertInstanceOf(
        Outcome.Failed.class,
        simulation.members().get(3).outcomes().getLast(),
        "its answer counts as a decline (N8)");
  }

  private static List<SignedStatement> said(Simulation simulation, StatementKind kind) {
    return simulation.network().statements().stream()
        .filter(said -> said.body().kind() == kind)
        .toList();
  }

  @Test
  void whenOwnWordsAreNotShownForAWhileLeafAStillAnchorsTheOthers() {
    for (int begins = 0; begins < 240; begins += 20) {
      Simulation simulation = LeafCohorts.cohort(560, 4, 1);
      assertTrue(
          simulation.runUntil(
              () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting,
              TWO_DAYS));
      simulation.members().get(3).crash();
      assertTrue(
          simulation.runUntil(
              () ->
                  simulation.members().subList(0, 3).stream()
                      .allMatch(member -> member.state() instanceof ParticipantState.Responded),
              TWO_DAYS));
      var from = simulation.time().now().plusSeconds(begins);
      var to = from.plusSeconds(70);
      simulation
          .network()
          .readBack((name, found) -> {
            var now = simulation.time().now();
            return name.equals("member-1") && now.isAfter(from) && now.isBefore(to)
                ? new StoredStatements(false, List.of(), Set.of())
                : found;
          });
      String where = "not shown from " + begins + " s";
      assertTrue(
          simulation.runUntil(() -> LeafCohorts.closed(simulation, 0, 1, 2), TWO_DAYS), where);
      Transaction beacon = LeafCohorts.byLeaf(simulation, where);
      for (int i = 0; i < 3; i++) {
        assertEquals(
            new Outcome.Anchored(beacon.displayTxid()),
            simulation.members().get(i).outcomes().getLast(),
            where);
      }
    }
  }
}
