package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Nothing that anybody says moves the coins elsewhere; nobody's silence loses them. */
final class SuccessionRefusedTest {
  private static final Duration LONG_ENOUGH = Duration.ofDays(5);

  @Test
  void aCoordinatorThatNamesAnotherAddressThanTheNextCohortsIsRefusedAndAMemberLeadsTheLastRound() {
    Handover handover = new Handover(92, 5);
    Simulation simulation = handover.simulation();
    Bytes elsewhere = Bytes.concat(Bytes.ofHex("5120"), Bytes.ofHex("79".repeat(32)));
    simulation.coordinatorLies(
        StatementKind.OPPORTUNITY,
        body ->
            body instanceof Opportunity last
                    && last.outputs()
                        .get(0)
                        .script()
                        .equals(handover.nextCohort().output().script())
                ? paying(last, elsewhere)
                : body);
    simulation.run(LONG_ENOUGH);

    for (var member : simulation.members()) {
      assertEquals(Set.of(Code.OUTPUTS_MISMATCH), refusedOpportunities(member.facts()));
      assertInstanceOf(Outcome.SucceededBy.class, member.outcomes().get(0));
    }
    assertEquals(List.of(), simulation.chain().unspent(handover.cohort().address()));
    assertTrue(
        simulation.chain().spends().stream()
            .noneMatch(spend ->
                spend.outputs().stream().map(TxOutput::script).anyMatch(elsewhere::equals)));
  }

  @Test
  void aCoordinatorThatShowsTheNextCohortWithoutAllItsAcknowledgementsIsRefusedByEverybody() {
    Handover handover = new Handover(93, 3, Handover.Told.COORDINATOR_ONLY);
    Simulation simulation = handover.simulation();
    simulation.coordinatorLies(
        StatementKind.SUCCESSION,
        body ->
            body instanceof Succession shown
                ? new Succession(
                    shown.announcement(),
                    shown.proposal(),
                    shown.optIns(),
                    shown.acks().subList(0, 2))
                : body);
    simulation.run(LONG_ENOUGH);

    for (var member : simulation.members()) {
      assertTrue(
          member.refused().stream().map(Violation::code).anyMatch(Code.KEYSET_MISMATCH::equals),
          () -> "got " + member.refused());
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
    assertEquals(1, simulation.chain().unspent(handover.cohort().address()).size());
    assertFalse(
        simulation
            .dids()
            .get(0)
            .resolve()
            .current()
            .lists(handover.nextCohort().address(), BeaconType.CAS));
  }

  @Test
  void aMemberThatDoesNotConsentToLeavingKeepsTheCoinsWhereTheyAre() {
    Handover handover = new Handover(94, 2, 3, Handover.Told.ALL, false);
    Simulation simulation = handover.simulation();
    simulation.run(LONG_ENOUGH);

    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
    assertEquals(1, simulation.chain().unspent(handover.cohort().address()).size());
    assertEquals(
        Code.NOT_FUNDED,
        Restarts.code(handover.next().coordinator().outcomes().get(0)).orElseThrow());
  }

  @Test
  void aLastRoundIsRefusedByWhoeverDoesNotConsentToLeavingAndByWhoseDocumentsDoNotListTheNext() {
    Handover handover = new Handover(95, 2, 3, Handover.Told.ALL, false);
    Simulation simulation = handover.simulation();
    tooEarly(handover);
    simulation.run(LONG_ENOUGH);

    assertEquals(
        Set.of(Code.NOT_LISTED), refusedOpportunities(simulation.members().get(0).facts()));
    assertEquals(
        Set.of(Code.NOT_LISTED), refusedOpportunities(simulation.members().get(1).facts()));
    assertEquals(
        Set.of(Code.OUTPUTS_MISMATCH), refusedOpportunities(simulation.members().get(2).facts()));
    assertEquals(1, simulation.chain().unspent(handover.cohort().address()).size());
  }

  /** The coordinator opens its first round, and says that its change goes to the next cohort. */
  private static void tooEarly(Handover handover) {
    Simulation simulation = handover.simulation();
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.author().equals(simulation.coordinatorKey())
                    && said.body() instanceof Opportunity first
                    && first.number() == 1
                ? List.of(instead(handover, forger, said, first))
                : List.of(said));
  }

  private static SignedStatement instead(
      Handover handover, SimNotary.Forger forger, SignedStatement said, Opportunity first) {
    Opportunity other = paying(first, handover.nextCohort().output().script());
    Header header = said.header();
    return forger.instead(
        said,
        new Header(
            header.cohortId(),
            new Round(handover.cohort(), other).id(),
            header.instance(),
            header.seq(),
            header.previous(),
            header.epoch()),
        other);
  }

  @Test
  void aCoordinatorThatStopsOnceTheNextCohortIsShownIsFollowedByAMember() {
    Handover handover = new Handover(96, 5);
    Simulation simulation = handover.simulation();
    simulation.runUntil(() -> said(simulation, StatementKind.SUCCESSION) > 0, Duration.ofHours(12));
    simulation.coordinator().crash();
    membersAreSucceeded(handover);
  }

  @Test
  void aCoordinatorThatStopsBeforeTheLastRoundOpensIsFollowedByAMember() {
    Handover handover = new Handover(97, 5);
    Simulation simulation = handover.simulation();
    assertTrue(
        simulation.runUntil(
            () -> said(simulation, StatementKind.SWEEP_REQUEST) > 1, Duration.ofDays(2)));
    simulation.coordinator().crash();
    membersAreSucceeded(handover);
  }

  @Test
  void aCoordinatorThatStopsInTheLastRoundIsFollowedByAMember() {
    Handover handover = new Handover(98, 5);
    Simulation simulation = handover.simulation();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.coordinator().state() instanceof CoordinatorState.Collecting collecting
                    && collecting.round().successor().isPresent(),
            Duration.ofDays(2)));
    simulation.coordinator().crash();
    membersAreSucceeded(handover);
  }

  private static void membersAreSucceeded(Handover handover) {
    Simulation simulation = handover.simulation();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.members().stream()
                        .allMatch(member -> member.state() instanceof ParticipantState.Closed)
                    && handover.next().members().stream()
                        .allMatch(member -> member.state() instanceof ParticipantState.Closed),
            LONG_ENOUGH),
        () -> "" + simulation.members().stream().map(SimParty::outcomes).toList());
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.SucceededBy.class, member.outcomes().get(0));
    }
    for (var member : handover.next().members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
    assertEquals(List.of(), simulation.chain().unspent(handover.cohort().address()));
  }

  @Test
  void aLastRoundThatFailsLeavesTheCoinsAndSaysWhereTheyAre() {
    Handover handover = new Handover(99, 5);
    Simulation simulation = handover.simulation();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.members().get(1).state() instanceof ParticipantState.Responded responded
                    && responded.round().successor().isPresent(),
            Duration.ofDays(2)));
    simulation.members().get(1).crash();
    simulation.runUntil(
        () ->
            simulation.members().get(0).state() instanceof ParticipantState.Closed
                && simulation.members().get(2).state() instanceof ParticipantState.Closed,
        LONG_ENOUGH);

    assertEquals(1, simulation.chain().unspent(handover.cohort().address()).size());
    for (int member : List.of(0, 2)) {
      Outcome outcome = simulation.members().get(member).outcomes().get(0);
      assertTrue(
          outcome.toString().contains(handover.cohort().address())
              && outcome.toString().contains("all 3 members"),
          outcome::toString);
    }
  }

  private static long said(Simulation simulation, StatementKind kind) {
    return simulation.network().statements().stream()
        .filter(each -> each.body().kind() == kind)
        .map(SignedStatement::id)
        .distinct()
        .count();
  }

  private static Opportunity paying(Opportunity of, Bytes script) {
    return new Opportunity(
        of.number(),
        of.outpoint(),
        of.fundingTransaction(),
        of.fee(),
        List.of(new TxOutput(of.outputs().get(0).value(), script)),
        of.version(),
        of.lockTime(),
        of.sequence(),
        of.sighashType());
  }

  private static Set<Code> refusedOpportunities(List<ParticipantFact> facts) {
    Set<Code> codes = new HashSet<>();
    for (ParticipantFact fact : facts) {
      if (fact instanceof ParticipantFact.OpportunityRefused refused) {
        codes.add(refused.code());
      }
    }
    return codes;
  }
}
