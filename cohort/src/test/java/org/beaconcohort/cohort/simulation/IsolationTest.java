package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one author says, or a relay repeats, costs nobody else anything (R23). */
final class IsolationTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Bytes ZERO = Bytes.of(new byte[32]);

  @Test
  void aSeatedOptInRepeatedWhileTheChannelIsDrawnIsNotTurnedAway() {
    Simulation simulation = cohort(61, 2);
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.DrawingChannel,
            A_DAY));
    var drawing = (CoordinatorState.DrawingChannel) simulation.coordinator().state();
    drawing.optIns().forEach(said -> simulation.coordinator().accept(new Input.Heard(said)));
    simulation.run(A_DAY);
    assertEveryMemberAnchored(simulation);
  }

  @Test
  void anAcknowledgementOfSomethingElseBesideACompleteSetIsNoFork() {
    Simulation simulation = cohort(62, 3);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof KeysetAck
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(forger.instead(said, later(said), new KeysetAck(ZERO)), said)
                : List.of(said));
    simulation.begin();
    simulation.run(A_DAY);
    assertEveryMemberAnchored(simulation);
  }

  @Test
  void anAcknowledgementOfSomethingElseAloneIsAForkAtTheDeadline() {
    Simulation simulation = cohort(63, 3);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof KeysetAck
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(forger.again(said, new KeysetAck(ZERO)))
                : List.of(said));
    simulation.begin();
    simulation.run(A_DAY);
    for (int i : new int[] {1, 2}) {
      Outcome.Failed fork =
          assertInstanceOf(Outcome.Failed.class, simulation.members().get(i).outcomes().get(0));
      assertEquals(Code.KEYSET_FORK, fork.code());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCopiedNonceNeverSilencesWhoMadeIt(long seed) {
    Simulation simulation = cohort(seed, 2);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (said.body() instanceof Response response
              && said.author().equals(simulation.statementKey(1))
              && !receiver.equals("member-0")) {
            SignedStatement thief = optIn(simulation, 0);
            Header header =
                new Header(
                    said.header().cohortId(),
                    said.header().roundId(),
                    thief.header().instance(),
                    1_000,
                    ZERO,
                    0);
            return List.of(
                forger.instead(
                    thief,
                    header,
                    new Response(
                        java.util.Map.of(), new NonceOffer(9, response.nonce().publicNonce()))),
                said);
          }
          return List.of(said);
        });
    simulation.begin();
    simulation.run(A_DAY);
    assertTrue(
        simulation.coordinator().refused().stream()
            .noneMatch(violation -> violation.code() == Code.NONCE_DUPLICATE),
        "seed " + seed);
    Outcome outcome = simulation.coordinator().outcomes().get(0);
    assertTrue(
        outcome instanceof Outcome.Anchored
            || (outcome instanceof Outcome.Failed failed && failed.code() == Code.NONCE_DUPLICATE),
        outcome + ", seed " + seed);
  }

  @Test
  void opportunitiesThatOwnSourcesRefuseAreWeighedOnceEach() {
    Simulation simulation = cohort(64, 2);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (!(said.body() instanceof Opportunity honest)
              || !said.author().equals(simulation.coordinatorKey())) {
            return List.of(said);
          }
          var ready = (ParticipantState.InCohort) simulation.members().get(0).state();
          return List.of(
              invented(forger, said, honest, ready.joined().cohort(), 1),
              invented(forger, said, honest, ready.joined().cohort(), 2));
        });
    simulation.begin();
    simulation.run(A_DAY);
    for (var member : simulation.members()) {
      long weighed =
          member.facts().stream()
              .filter(ParticipantFact.OpportunityTaken.class::isInstance)
              .count();
      assertEquals(3, weighed, "two lies, and the next leader's");
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    }
  }

  /** A beacon output in a transaction that no chain has. */
  private static SignedStatement invented(
      SimNotary.Forger forger,
      SignedStatement said,
      Opportunity honest,
      org.beaconcohort.cohort.model.Cohort cohort,
      int salt) {
    Transaction funding =
        new Transaction(
            2,
            List.of(Transaction.Input.unsigned(new Outpoint(ZERO, 7), 0)),
            List.of(new TxOutput(40_000 + salt, cohort.output().script())),
            0);
    Opportunity other =
        Round.opportunity(cohort, 1, new Outpoint(funding.txid(), 0), funding, honest.fee());
    Header header = said.header();
    return forger.instead(
        said,
        new Header(
            header.cohortId(),
            new Round(cohort, other).id(),
            header.instance(),
            1_000 + salt,
            ZERO,
            0),
        other);
  }

  @Tag("scenario-47")
  @Test
  void aMemberThatIsNotListedWhenTheRoundOpensDeclinesAndSigns() {
    Simulation simulation = cohort(65, 2);
    simulation.begin();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingListing,
            A_DAY));
    var formed = ((CoordinatorState.AwaitingListing) simulation.coordinator().state()).formed();
    for (int i = 0; i < 2; i++) {
      SignedStatement optIn = optIn(simulation, i);
      Header header =
          new Header(formed.cohort().id(), Bytes.EMPTY, optIn.header().instance(), 1_000, ZERO, 0);
      simulation
          .coordinator()
          .accept(new Input.Heard(simulation.forger().instead(optIn, header, new RoundRequest(1))));
    }
    simulation.run(A_DAY);
    assertEveryMemberAnchored(simulation);
    var closed = (ParticipantState.Closed) simulation.members().get(0).state();
    var last = assertInstanceOf(ParticipantState.Anchored.class, closed.last());
    assertEquals(0, last.last().claim().bundle().entries().size());
  }

  @Test
  void aStatementForAnotherCohortIsRefusedEverywhere() {
    Simulation simulation = cohort(66, 2);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof RoundRequest request
                ? List.of(
                    forger.instead(
                        said,
                        new Header(ZERO, Bytes.EMPTY, said.header().instance(), 1_000, ZERO, 0),
                        request),
                    said)
                : List.of(said));
    simulation.begin();
    simulation.run(A_DAY);
    assertEveryMemberAnchored(simulation);
    assertTrue(
        simulation.coordinator().refused().stream()
            .anyMatch(violation -> violation.code() == Code.KEYSET_MISMATCH));
  }

  @Test
  void madeUpRoundsOpenNoFurtherQuota() {
    Simulation simulation = cohort(67, 2);
    simulation.begin();
    simulation.run(A_DAY);
    SignedStatement response =
        simulation.network().statements().stream()
            .filter(said -> said.body().kind() == StatementKind.RESPONSE)
            .findFirst()
            .orElseThrow();
    StatementSet said = StatementSet.EMPTY;
    for (int i = 0; i < StatementKind.RESPONSE.quota(); i++) {
      byte[] round = new byte[32];
      round[0] = (byte) i;
      SignedStatement more = inRound(simulation, response, Bytes.of(round));
      assertFalse(said.exhausted(more, 1), "statement " + i);
      said = said.with(more);
    }
    assertTrue(said.exhausted(inRound(simulation, response, Bytes.of(filled(0x7f))), 1));
  }

  @Test
  void theDeadlineOfAnEarlierStateEndsNothing() {
    Simulation simulation = cohort(68, 2);
    simulation.begin();
    var member = simulation.members().get(0);
    assertTrue(simulation.runUntil(() -> member.state() instanceof ParticipantState.Ready, A_DAY));
    member.accept(new Input.DeadlinePassed());
    simulation.coordinator().accept(new Input.DeadlinePassed());
    simulation.run(A_DAY);
    assertEveryMemberAnchored(simulation);
  }

  @Test
  void everyClaimLatchesItsOutpointForAllLaterRounds() {
    Simulation simulation = new Simulation(69, Simulation.terms(2, 2, 0, 2));
    simulation.addMember(false);
    simulation.addMember(false);
    simulation.begin();
    simulation.run(A_DAY);
    var closed = (ParticipantState.Closed) simulation.members().get(0).state();
    var last = assertInstanceOf(ParticipantState.Anchored.class, closed.last());
    Set<Outpoint> latched =
        last.joined().claims().stream()
            .map(claim -> claim.attempt().round().opportunity().outpoint())
            .collect(Collectors.toSet());
    assertEquals(2, latched.size());
  }

  @Test
  void aWelcomeNeverPrintsTheChannelKey() {
    Simulation simulation = cohort(70, 2);
    simulation.begin();
    simulation.run(A_DAY);
    SignedStatement said =
        simulation.network().statements().stream()
            .filter(each -> each.body() instanceof Welcome)
            .findFirst()
            .orElseThrow();
    Bytes secret = ((Welcome) said.body()).channelKey().secret();
    assertTrue(said.event().contains(secret.hex()));
    assertFalse(said.toString().contains(secret.hex()));
    assertFalse(simulation.members().get(0).facts().toString().contains(secret.hex()));
  }

  private static Simulation cohort(long seed, int members) {
    Simulation simulation = new Simulation(seed, Simulation.terms(members, members));
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    return simulation;
  }

  private static void assertEveryMemberAnchored(Simulation simulation) {
    for (var member : simulation.members()) {
      assertInstanceOf(
          Outcome.Anchored.class,
          member.outcomes().get(0),
          member.outcomes() + " " + member.refused());
    }
    assertInstanceOf(Outcome.Anchored.class, simulation.coordinator().outcomes().get(0));
  }

  private static SignedStatement optIn(Simulation simulation, int member) {
    return simulation.network().statements().stream()
        .filter(said ->
            said.body().kind() == StatementKind.OPT_IN
                && said.author().equals(simulation.statementKey(member)))
        .findFirst()
        .orElseThrow();
  }

  private static Header later(SignedStatement said) {
    Header header = said.header();
    return new Header(
        header.cohortId(), header.roundId(), header.instance(), 1_000, header.previous(), 0);
  }

  private static SignedStatement inRound(
      Simulation simulation, SignedStatement said, Bytes roundId) {
    Header header = said.header();
    return simulation
        .forger()
        .instead(
            said,
            new Header(
                header.cohortId(),
                roundId,
                header.instance(),
                header.seq(),
                header.previous(),
                header.epoch()),
            said.body());
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
