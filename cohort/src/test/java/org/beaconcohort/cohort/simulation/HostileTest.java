package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lying coordinator, a lying member, a stranger: nobody signs what it did not verify. */
final class HostileTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void aChangeToTheCoordinatorsOwnAddressIsRefused() {
    assertRefused(
        Code.OUTPUTS_MISMATCH,
        StatementKind.OPPORTUNITY,
        body -> {
          Opportunity honest = (Opportunity) body;
          TxOutput change = honest.outputs().get(0);
          Bytes elsewhere = Bytes.concat(Bytes.ofHex("5120"), Bytes.of(new byte[32]));
          return new Opportunity(
              honest.number(),
              honest.outpoint(),
              honest.fundingTransaction(),
              honest.fee(),
              List.of(new TxOutput(change.value(), elsewhere)),
              honest.version(),
              honest.lockTime(),
              honest.sequence(),
              honest.sighashType());
        });
  }

  @Test
  void aFeeAboveTheCorridorIsRefused() {
    assertRefused(
        Code.FEE_OUT_OF_CORRIDOR,
        StatementKind.OPPORTUNITY,
        body -> {
          Opportunity honest = (Opportunity) body;
          TxOutput change = honest.outputs().get(0);
          return new Opportunity(
              honest.number(),
              honest.outpoint(),
              honest.fundingTransaction(),
              honest.fee() + 20_000,
              List.of(new TxOutput(change.value() - 20_000, change.script())),
              honest.version(),
              honest.lockTime(),
              honest.sequence(),
              honest.sighashType());
        });
  }

  @Test
  void aTranscriptThatDoesNotRecomputeIsRefused() {
    assertRefused(
        Code.TRANSCRIPT_MISMATCH,
        StatementKind.PROPOSAL,
        body -> {
          Proposal honest = (Proposal) body;
          return new Proposal(
              honest.counter(),
              honest.parent(),
              honest.reason(),
              honest.path(),
              honest.responses(),
              honest.nonces(),
              honest.context(),
              Bytes.of(new byte[32]));
        });
  }

  @Test
  void aProposalOfAnotherPathIsRefusedAndNotTakenUpByTheNextLeader() {
    assertRefused(
        Code.PATH_NOT_CONSENTED,
        StatementKind.PROPOSAL,
        body -> {
          Proposal honest = (Proposal) body;
          return new Proposal(
              honest.counter(),
              honest.parent(),
              honest.reason(),
              Proposal.SpendPath.LEAF_A,
              honest.responses(),
              honest.nonces(),
              honest.context(),
              honest.transcript());
        });
  }

  @Test
  void aProposalThatSkipsAnAttemptIsRefusedAndNotTakenUpByTheNextLeader() {
    assertRefused(
        Code.TRANSCRIPT_MISMATCH,
        StatementKind.PROPOSAL,
        body -> {
          Proposal honest = (Proposal) body;
          return new Proposal(
              honest.counter() + 1,
              honest.parent(),
              honest.reason(),
              honest.path(),
              honest.responses(),
              honest.nonces(),
              honest.context(),
              honest.transcript());
        });
  }

  @Test
  void aResponseWhoseNonceIsNoPointsIsRefusedBeforeItsRoundIsKnownToo() {
    Simulation simulation = new Simulation(32, Simulation.terms(2, 2));
    addMembers(simulation, 2);
    simulation.begin();
    var member = simulation.members().get(0);
    assertTrue(simulation.runUntil(() -> member.state() instanceof ParticipantState.Ready, A_DAY));
    SignedStatement request =
        simulation.network().statements().stream()
            .filter(said -> said.author().equals(simulation.statementKey(1)))
            .filter(said -> said.body().kind() == StatementKind.ROUND_REQUEST)
            .findFirst()
            .orElseThrow();
    Header header = request.header();
    SignedStatement early =
        simulation
            .forger()
            .instead(
                request,
                new Header(
                    header.cohortId(),
                    Bytes.of(new byte[32]),
                    header.instance(),
                    header.seq() + 1_000,
                    request.id(),
                    0),
                new Response(Map.of(), new NonceOffer(1, Bytes.of(new byte[66]))));
    member.accept(new org.beaconcohort.cohort.machine.Input.Heard(early));
    assertEquals(Code.NONCE_INVALID, member.refused().getLast().code());
    simulation.run(A_DAY);
    assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
  }

  @Test
  void anotherAddressInTheKeysetEndsTheMembershipBeforeAnythingIsFunded() {
    Simulation simulation =
        lying(
            StatementKind.KEYSET_PROPOSAL,
            body -> {
              KeysetProposal honest = (KeysetProposal) body;
              return new KeysetProposal(
                  honest.announcementEvent(),
                  honest.keys(),
                  honest.optIns(),
                  honest.threshold(),
                  "bcrt1pnex376v5lypj7254zkj6wnx2wyej49jpnasrysdh8un07wxz7lrsvgvl34",
                  honest.channelKeyHash(),
                  honest.parentProposalId());
            });
    for (var member : simulation.members()) {
      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, member.outcomes().get(0));
      assertEquals(Code.ADDRESS_MISMATCH, failed.code());
    }
    assertEquals(List.of(), simulation.chain().spends());
  }

  @Test
  void aBadPartialSignatureIsTracedToItsSlotByEveryMember() {
    Simulation simulation = HostileCohorts.memberSignsBadly();
    Outcome.MayStillConfirm named =
        assertInstanceOf(
            Outcome.MayStillConfirm.class, simulation.members().get(1).outcomes().get(0));
    assertEquals(Code.BAD_PARTIAL_SIGNATURE, named.code());
    assertEquals(named, simulation.members().get(2).outcomes().get(0));
    assertEquals(named, simulation.coordinator().outcomes().get(0));
  }

  @Test
  void aMemberThatAnswersForAnothersDidIsRefusedAndHarmsOnlyItself() {
    Simulation simulation = new Simulation(22, Simulation.terms(2, 2));
    addMembers(simulation, 2);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Response response
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(
                    forger.again(
                        said,
                        new Response(
                            Map.of(simulation.dids().get(1).did().text(), Bytes.of(new byte[32])),
                            response.nonce())))
                : List.of(said));
    simulation.begin();
    simulation.run(A_DAY);
    assertTrue(
        simulation.coordinator().refused().stream()
            .anyMatch(violation -> violation.code() == Code.ENTRY_MISMATCH));
    assertTrue(
        simulation.members().get(1).facts().stream()
            .noneMatch(ParticipantFact.Claimed.class::isInstance));
    assertTrue(
        simulation.network().statements().stream()
            .noneMatch(said -> said.body().kind() == StatementKind.FINAL));
  }

  @Tag("scenario-27")
  @Test
  void twoStatementsUnderOneNumberEndTheRoundWithTheProof() {
    Simulation simulation = HostileCohorts.memberSaysTwoThings();
    Outcome ended = simulation.coordinator().outcomes().get(0);
    assertTrue(
        ended instanceof Outcome.MayStillConfirm may && may.code() == Code.EQUIVOCATION,
        ended + ": members were asked to sign already");
  }

  @Test
  void aFloodOfAStrangersStatementsChangesNothing() {
    Simulation simulation = new Simulation(24, Simulation.terms(2, 2));
    addMembers(simulation, 2);
    SecretKey stranger = SecretKey.generate(new SeededRandom(99));
    SimNotary notary = new SimNotary(stranger, simulation.time()::now);
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.ANNOUNCEMENT
                    || said.body().kind() == StatementKind.OPT_IN
                ? List.of(said)
                : List.of(notary.sign(said.header(), said.body()), said));
    simulation.begin();
    simulation.run(A_DAY);
    for (var member : simulation.members()) {
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
    assertTrue(simulation.coordinator().refused().size() > 5);
  }

  @Tag("scenario-19")
  @Test
  void everyStatementReplayedADayLaterMakesNoNewSignature() {
    Simulation simulation = new Simulation(25, Simulation.terms(2, 2));
    addMembers(simulation, 2);
    simulation.begin();
    simulation.run(A_DAY);
    List<SignedStatement> all = simulation.network().statements();
    var before = simulation.members().get(0).facts();
    for (int pass = 0; pass < 3; pass++) {
      for (SignedStatement said : all) {
        simulation.members().get(0).accept(new org.beaconcohort.cohort.machine.Input.Heard(said));
      }
    }
    assertEquals(before, simulation.members().get(0).facts());
    assertEquals(all.size(), simulation.network().statements().size());
  }

  private static void assertRefused(Code code, StatementKind kind, UnaryOperator<Statement> lie) {
    Simulation simulation = lying(kind, lie);
    for (var member : simulation.members()) {
      boolean refused =
          member.facts().stream()
              .anyMatch(fact ->
                  (fact instanceof ParticipantFact.OpportunityRefused opportunity
                          && opportunity.code() == code)
                      || (fact instanceof ParticipantFact.ProposalRefused proposal
                          && proposal.code() == code));
      assertTrue(refused, code + " expected in " + member.facts());
      assertFollowsAnother(simulation, member.facts());
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0), "by the next leader");
    }
  }

  /** Nothing that the lying coordinator began was claimed. */
  private static void assertFollowsAnother(Simulation simulation, List<ParticipantFact> facts) {
    Set<Bytes> lies = new HashSet<>();
    for (SignedStatement said : simulation.network().statements()) {
      if (said.author().equals(simulation.coordinatorKey())) {
        lies.add(said.id());
      }
    }
    for (ParticipantFact fact : facts) {
      if (fact instanceof ParticipantFact.Claimed claimed) {
        assertFalse(lies.contains(claimed.proposalId()), "a lie was claimed");
      }
    }
  }

  private static Simulation lying(StatementKind kind, UnaryOperator<Statement> lie) {
    Simulation simulation = new Simulation(31, Simulation.terms(2, 2));
    addMembers(simulation, 2);
    simulation.coordinatorLies(kind, lie);
    simulation.begin();
    simulation.run(A_DAY);
    return simulation;
  }

  private static void addMembers(Simulation simulation, int count) {
    for (int i = 0; i < count; i++) {
      simulation.addMember(true);
    }
  }
}
