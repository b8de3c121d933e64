package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coordinator half that lies is refused by the member half of its own process (LO-6). */
final class OwnMemberTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  /** What the coordinator half says in the place of what it means. */
  enum Lie {
    CHANGE_TO_ITSELF(
        Code.OUTPUTS_MISMATCH,
        StatementKind.OPPORTUNITY,
        (pair, said) -> {
          Opportunity honest = (Opportunity) said;
          Bytes elsewhere = Bytes.concat(Bytes.ofHex("5120"), ZERO);
          return Changed.with(
              honest,
              "outputs",
              List.of(new TxOutput(honest.outputs().getFirst().value(), elsewhere)));
        }),
    TOO_DEAR(
        Code.FEE_OUT_OF_CORRIDOR,
        StatementKind.OPPORTUNITY,
        (pair, said) -> {
          Opportunity honest = (Opportunity) said;
          TxOutput change = honest.outputs().getFirst();
          return Changed.with(
              Changed.with(honest, "fee", honest.fee() + 20_000),
              "outputs",
              List.of(new TxOutput(change.value() - 20_000, change.script())));
        }),
    ANOTHER_TRANSACTIONS_COIN(
        Code.PREVOUT_MISMATCH,
        StatementKind.OPPORTUNITY,
        (pair, said) -> {
          Opportunity honest = (Opportunity) said;
          return Changed.with(honest, "outpoint", Changed.with(honest.outpoint(), "vout", 7));
        }),
    OTHER_SIGNAL(
        Code.TRANSCRIPT_MISMATCH,
        StatementKind.PROPOSAL,
        (pair, said) -> {
          var proposing = (CoordinatorState.Proposing) pair.coordinator(0).state();
          return Changed.with(
              Changed.with((Proposal) said, "context", ZERO),
              "transcript",
              proposing.attempt().transcript(ZERO));
        }),
    OTHER_AGGREGATE(
        Code.TRANSCRIPT_MISMATCH,
        StatementKind.PROPOSAL,
        (pair, said) -> Changed.with((Proposal) said, "transcript", ZERO)),
    OTHER_PATH(
        Code.PATH_NOT_CONSENTED,
        StatementKind.PROPOSAL,
        (pair, said) -> Changed.with((Proposal) said, "path", Proposal.SpendPath.LEAF_A));

    private final Code code;
    private final StatementKind kind;

    // Without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<SimPair, Statement, Statement> lie;

    Lie(Code code, StatementKind kind, BiFunction<SimPair, Statement, Statement> lie) {
      this.code = code;
      this.kind = kind;
      this.lie = lie;
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void itsOwnMemberHalfRefusesItAsTheOtherMemberDoes(Lie lie) {
    SimPair pair = new SimPair(770, 1);
    Simulation simulation = pair.simulation();
    simulation.coordinatorLies(lie.kind, said -> lie.lie.apply(pair, said));
    pair.begin();
    for (int side : List.of(SimPair.ANNOUNCING, SimPair.STANDING_BY)) {
      // The next leader has the honest ones complete the round.
      assertInstanceOf(Outcome.Anchored.class, pair.outcome(side));
      assertTrue(
          pair.member(side).facts().stream().anyMatch(fact -> refuses(fact, lie.code)),
          () -> lie.code + " expected of side " + side + " in " + pair.member(side).facts());
    }
    Set<Bytes> lies = new HashSet<>();
    for (SignedStatement said : simulation.network().statements()) {
      if (said.author().equals(simulation.coordinatorKey())) {
        lies.add(said.id());
      }
    }
    for (ParticipantFact fact : pair.member(SimPair.ANNOUNCING).facts()) {
      assertFalse(
          fact instanceof ParticipantFact.Claimed claimed && lies.contains(claimed.proposalId()),
          "it claimed its own lie");
    }
  }

  private static boolean refuses(ParticipantFact fact, Code code) {
    return switch (fact) {
      case ParticipantFact.OpportunityRefused refused -> refused.code() == code;
      case ParticipantFact.ProposalRefused refused -> refused.code() == code;
      default -> false;
    };
  }

  @Test
  void anAddressThatIsNotTheKeySetsIsAcknowledgedByNobodyAndBothEndByName() {
    SimPair pair = new SimPair(771, 1);
    pair.simulation()
        .coordinatorLies(
            StatementKind.KEYSET_PROPOSAL,
            said ->
                Changed.with(
                    (KeysetProposal) said,
                    "address",
                    "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34"));
    pair.begin();
    for (int side : List.of(SimPair.ANNOUNCING, SimPair.STANDING_BY)) {
      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, pair.outcome(side));
      assertEquals(Code.ADDRESS_MISMATCH, failed.code());
    }
    assertEquals(List.of(), pair.simulation().chain().spends());
  }

  @Test
  void inALargerCohortToo() {
    Simulation simulation = new Simulation(772, Simulation.terms(3, 3));
    simulation.pinCoordinator();
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.coordinatorLies(
        StatementKind.PROPOSAL, said -> Changed.with((Proposal) said, "transcript", ZERO));
    simulation.begin();
    simulation.run(TWO_DAYS);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().getLast());
      assertTrue(member.facts().stream().anyMatch(fact -> refuses(fact, Code.TRANSCRIPT_MISMATCH)));
    }
  }
}
