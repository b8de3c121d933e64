package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.Suspended;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** What anyone may pay to a beacon address, and terms nobody could keep, crash no machine. */
final class FundingTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void anOutputOfATransactionTooLargeForAnOpportunityIsPassedOver() {
    Simulation simulation = begun(81);
    simulation.runUntil(
        () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingFunding, A_DAY);
    var awaiting = (CoordinatorState.AwaitingFunding) simulation.coordinator().state();
    simulation.chain().fund(awaiting.formed().cohort().address(), 90_000, 500);
    simulation.run(A_DAY);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
  }

  @Test
  void anOutputThatCannotPayTheFeeEndsTheCohortByName() {
    Simulation simulation = begun(82);
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.coordinator().state() instanceof CoordinatorState.AwaitingListing state
                    && state.formed().said().of(StatementKind.ROUND_REQUEST).size() == 1,
            A_DAY));
    var listing = (CoordinatorState.AwaitingListing) simulation.coordinator().state();
    Transaction little =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(Bytes.of(new byte[32]), 1), 0)),
            List.of(new TxOutput(600, listing.formed().cohort().output().script())),
            0);
    var poor =
        new CoordinatorState.AwaitingListing(
            listing.formed(), 1, new Outpoint(little.txid(), 0), little, Instant.EPOCH);
    var machine = new CoordinatorMachine(listing.formed().plan());
    var accepted =
        assertInstanceOf(
            Verdict.Accepted.class,
            machine.decide(
                new Suspended.Asked(poor, Instant.EPOCH),
                new Input.DeadlinePassed(),
                Instant.EPOCH));
    var ended = assertInstanceOf(CoordinatorFact.Ended.class, accepted.facts().get(0));
    assertEquals(Code.NOT_FUNDED, ((Outcome.Failed) ended.outcome()).code());
  }

  @Test
  void termsWithMoreDidsThanAnAnnouncementHoldsAreNotSupported() {
    assertEquals(
        Code.NOT_SUPPORTED,
        JoinPolicy.supported(terms(1000, 100, LeafA.ABSENT)).orElseThrow().code());
    assertTrue(JoinPolicy.supported(terms(1000, 10, LeafA.ABSENT)).isEmpty());
  }

  @Test
  void termsWithMoreMembersThanLeafAHoldsAreNotSupported() {
    assertEquals(
        Code.NOT_SUPPORTED,
        JoinPolicy.supported(terms(101, 1, LeafA.ALL_MEMBERS)).orElseThrow().code());
    assertTrue(JoinPolicy.supported(terms(100, 1, LeafA.ALL_MEMBERS)).isEmpty());
  }

  @Test
  void termsHoldUpToTheCapsAndNotBeyond() {
    assertTrue(JoinPolicy.supported(terms(CohortTerms.MAX_MEMBERS, 1, LeafA.ABSENT)).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> terms(1_001, 1, LeafA.ABSENT));
    assertEquals(64, Simulation.terms(2, 2, 0, 64).rounds());
    assertThrows(IllegalArgumentException.class, () -> Simulation.terms(2, 2, 0, 65));
  }

  private static Simulation begun(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    return simulation;
  }

  private static CohortTerms terms(int members, int dids, LeafA leafA) {
    CohortTerms like = Simulation.terms(2, members);
    return new CohortTerms(
        Network.REGTEST,
        like.beaconType(),
        2,
        members,
        dids,
        0,
        leafA,
        like.order(),
        like.signerClass(),
        like.custody(),
        like.deadlines(),
        like.fees(),
        like.funder(),
        like.minFunding(),
        like.confirmations(),
        like.rounds(),
        like.relays(),
        like.successors());
  }
}
