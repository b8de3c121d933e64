package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.junit.jupiter.api.Test;

/**
 * A cohort goes over to the next one while all its signers are there: two members stay, one leaves,
 * one comes new (signing-safety 2.4 (d)).
 */
final class SuccessionTest {
  private static final Duration LONG_ENOUGH = Duration.ofDays(5);

  @Test
  void aCohortIsFollowedByAnotherAndAllItHadIsTheNextOnesFunding() {
    Handover handover = new Handover(91, 5);
    handover.simulation().run(LONG_ENOUGH);

    Cohort next = handover.nextCohort();
    Transaction sweep = handover.sweep();
    for (var party : Restarts.everyone(handover.simulation())) {
      assertEquals(
          List.of(new Outcome.SucceededBy(next.id(), next.address(), sweep.displayTxid())),
          party.outcomes());
    }
    for (var party : Restarts.everyone(handover.next())) {
      assertInstanceOf(Outcome.Anchored.class, party.outcomes().get(0), () -> "" + party.state());
    }
    assertEquals(List.of(), handover.simulation().chain().unspent(handover.cohort().address()));
    assertTrue(
        handover.simulation().chain().spends().stream()
            .anyMatch(spend -> spend.inputs().get(0).outpoint().txid().equals(sweep.txid())),
        "the next cohort's first round must spend what the last one paid");
    for (int stays = 0; stays < 2; stays++) {
      assertTrue(
          handover
              .simulation()
              .dids()
              .get(stays)
              .resolve()
              .current()
              .lists(next.address(), BeaconType.CAS));
    }
    assertFalse(
        handover
            .simulation()
            .dids()
            .get(2)
            .resolve()
            .current()
            .lists(handover.cohort().address(), BeaconType.CAS),
        "whoever leaves lists the old address no longer");
  }
}
