package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.Suspended;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A coordinator with two transactions for one outpoint: nobody signs both (R16). */
final class SwappedTransactionsTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final Simulation simulation = new Simulation(94, Simulation.terms(2, 2));
  private final SimNotary.Forger forger = simulation.forger();
  private final Map<Bytes, SignedStatement> seconds = new HashMap<>();

  private void begin() {
    simulation.fallBackToSingletons(Instant.MAX);
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
  }

  @Tag("scenario-18")
  @Test
  void twoMembersThatAreShownTwoTransactionsAnswerOneEachAndNoSwap() {
    simulation
        .network()
        .tamper((receiver, said) ->
            byCoordinator(said) && said.body() instanceof Opportunity && receiver.equals("member-1")
                ? List.of(second(said))
                : List.of(said));
    begin();
    for (var member : simulation.members()) {
      assertTrue(
          simulation.runUntil(
              () -> member.state() instanceof ParticipantState.Responded, TWO_DAYS));
    }
    // Then each is shown the other's.
    SignedStatement first = opened();
    simulation.members().get(0).accept(new Input.Heard(second(first)));
    simulation.members().get(1).accept(new Input.Heard(first));
    everybodyEndsAnchored();
    for (var member : simulation.members()) {
      assertEquals(
          1,
          member.facts().stream()
              .filter(ParticipantFact.OpportunityTaken.class::isInstance)
              .count(),
          "one transaction is answered");
    }
  }

  @Tag("scenario-18")
  @Test
  void whoHasSignedOneTransactionSignsNoOtherForItsOutpoint() {
    // Signatures reach nobody, so that the first one stays open.
    simulation
        .network()
        .tamper((receiver, said) ->
            switch (said.body().kind()) {
              case PARTIAL_SIGNATURE, FINAL -> List.of();
              default -> List.of(said);
            });
    begin();
    for (var member : simulation.members()) {
      assertTrue(
          simulation.runUntil(() -> member.state() instanceof ParticipantState.Signed, TWO_DAYS));
    }
    SignedStatement other = second(opened());
    for (var member : simulation.members()) {
      member.accept(new Input.Heard(other));
      proposalFor(other).ifPresent(proposal -> member.accept(new Input.Heard(proposal)));
    }
    everybodyEndsAnchored();
    for (var member : simulation.members()) {
      Set<Bytes> signed = new HashSet<>();
      for (ParticipantFact fact : member.facts()) {
        if (fact instanceof ParticipantFact.Claimed claimed) {
          signed.add(claimed.txid());
        }
      }
      assertEquals(1, signed.size(), "one transaction is signed");
    }
  }

  private boolean byCoordinator(SignedStatement said) {
    return said.author().equals(simulation.coordinatorKey());
  }

  private SignedStatement opened() {
    return simulation.network().statements().stream()
        .filter(said -> byCoordinator(said) && said.body() instanceof Opportunity)
        .findFirst()
        .orElseThrow();
  }

  private Joined joined() {
    return switch (simulation.members().get(0).state()) {
      case ParticipantState.InCohort state -> state.joined();
      case Suspended state -> state.waiting().joined();
      default -> throw new AssertionError("a member in a cohort expected");
    };
  }

  /** The same opportunity with another fee. */
  private SignedStatement second(SignedStatement said) {
    return seconds.computeIfAbsent(
        said.id(),
        id -> {
          Opportunity first = (Opportunity) said.body();
          Opportunity other =
              Round.opportunity(
                  joined().cohort(),
                  first.number(),
                  first.outpoint(),
                  Transaction.parse(first.fundingTransaction()),
                  first.fee() + 50);
          return forger.instead(said, header(said, other), other);
        });
  }

  private Header header(SignedStatement like, Opportunity opportunity) {
    Header header = like.header();
    return new Header(
        header.cohortId(),
        new Round(joined().cohort(), opportunity).id(),
        header.instance(),
        header.seq() + 1_000 + seconds.size(),
        like.id(),
        header.epoch());
  }

  private Optional<SignedStatement> proposalFor(SignedStatement opportunity) {
    Round round = new Round(joined().cohort(), (Opportunity) opportunity.body());
    StatementSet all = StatementSet.EMPTY;
    for (SignedStatement each : simulation.network().statements()) {
      all = all.with(each);
    }
    Header header = opportunity.header();
    return Attempts.first(round, all)
        .map(attempt ->
            forger.instead(
                opportunity,
                new Header(
                    header.cohortId(),
                    round.id(),
                    header.instance(),
                    header.seq() + 1,
                    opportunity.id(),
                    header.epoch()),
                attempt.proposal()));
  }

  private void everybodyEndsAnchored() {
    simulation.run(TWO_DAYS);
    List<Outcome> ends = new ArrayList<>();
    simulation.members().forEach(member -> ends.add(member.outcomes().getLast()));
    ends.forEach(end ->
        assertTrue(
            end instanceof Outcome.AnchoredAlone || end instanceof Outcome.Anchored,
            ends.toString()));
    assertInstanceOf(ParticipantState.Closed.class, simulation.members().get(0).state());
  }
}
