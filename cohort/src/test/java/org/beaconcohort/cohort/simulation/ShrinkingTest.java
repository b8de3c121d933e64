package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.cohort.view.Changed;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key set before it is final: smaller ones, late acknowledgements, forks (N11, 2.4 a). */
final class ShrinkingTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration KEYING = Duration.ofMinutes(2);

  @Test
  void whoeverDoesNotAcknowledgeIsLeftOutAndTheOthersAreAnchored() {
    Simulation simulation = cohort(300, 2, 4);
    acksAreLost(simulation, Map.of(1, 0));
    simulation.run(TWO_DAYS);
    anchored(simulation, 0, 2, 3);
    Outcome.Failed told =
        assertInstanceOf(Outcome.Failed.class, simulation.members().get(1).outcomes().getFirst());
    assertEquals(Code.SILENT_MEMBER, told.code());
    assertTrue(told.detail().contains("the others go on in another one"), told.detail());
    List<KeysetProposal> proposals = proposals(simulation);
    assertEquals(2, proposals.size());
    assertEquals(4, proposals.get(0).keys().size());
    assertEquals(3, proposals.get(1).keys().size());
    assertEquals(
        2,
        new HashSet<>(proposals.stream().map(KeysetProposal::channelKeyHash).toList()).size(),
        "a channel key of its own for each (N13)");
  }

  @Test
  void aProcessThatDiedBeforeItsAcknowledgementCostsTheOthersOneDeadline() {
    Simulation simulation = cohort(301, 2, 3);
    var member = simulation.members().get(2);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.OptedIn, TWO_DAYS));
    member.crash();
    simulation.run(TWO_DAYS);
    anchored(simulation, 0, 1);
  }

  @Test
  void belowTheLeastNumberEverybodyIsToldAndNothingIsFunded() {
    Simulation simulation = cohort(302, 3, 4);
    acksAreLost(simulation, Map.of(1, 0, 2, 0));
    simulation.run(TWO_DAYS);
    for (SimParty<?, ?> party : Restarts.everyone(simulation)) {
      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, party.outcomes().getFirst());
      assertEquals(Code.NOT_ENOUGH, failed.code());
      assertTrue(failed.detail().contains("singleton"), failed.detail());
    }
    assertEquals(List.of(), simulation.chain().spends());
  }

  @Test
  void keySetsThatKeepLosingMembersEndAfterFourTriesInBoundedTime() {
    Simulation simulation = cohort(303, 2, 7);
    // The k-th proposal loses member k.
    acksAreLost(simulation, Map.of(0, 0, 1, 1, 2, 2, 3, 3));
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Closed, TWO_DAYS));
    assertEquals(4, proposals(simulation).size());
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, simulation.coordinator().outcomes().getFirst());
    assertEquals(Code.NOT_ENOUGH, failed.code());
    Duration took = Duration.between(Simulation.START, simulation.time().now());
    Duration most = KEYING.multipliedBy(5);
    assertTrue(took.compareTo(most) < 0, "bounded by the tries, took " + took);
    simulation.run(TWO_DAYS);
    assertEquals(List.of(), simulation.chain().spends());
  }

  @ParameterizedTest
  @ValueSource(longs = {-500, 300, 800, 1_200, 1_600, 2_000, 4_000, 100_000})
  void aLateAcknowledgementMakesOneCohortWhicheverItIs(long lateMillis) {
    for (long seed = 310; seed < 313; seed++) {
      Simulation simulation = cohort(seed, 2, 4);
      Bytes late = simulation.statementKey(1);
      simulation
          .network()
          .delays((receiver, said) ->
              said.body().kind() == StatementKind.KEYSET_ACK && said.author().equals(late)
                  ? KEYING.plusMillis(lateMillis)
                  : Duration.ZERO);
      simulation.run(TWO_DAYS);
      anchored(simulation, 0, 2, 3);
      Outcome outcome = simulation.members().get(1).outcomes().getFirst();
      assertTrue(
          outcome instanceof Outcome.Anchored
              || (outcome instanceof Outcome.Failed failed && failed.code() == Code.SILENT_MEMBER),
          "seed " + seed + ": " + outcome);
    }
  }

  @Test
  void whoeverHoldsTheCompleteSetAnswersTheLaterOneWithIt() {
    Simulation simulation = cohort(320, 2, 4);
    Bytes late = simulation.statementKey(1);
    // Member 0 alone hears it; the coordinator gives member 1 up.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.KEYSET_ACK
                    && said.author().equals(late)
                    && !receiver.equals("member-0")
                    && !receiver.equals("member-1")
                    && simulation.time().now().isBefore(Simulation.START.plus(KEYING))
                ? List.of()
                : List.of(said));
    simulation.run(TWO_DAYS);
    anchored(simulation, 0, 1, 2, 3);
    assertEquals(2, proposals(simulation).size(), "a smaller one was proposed");
    assertTrue(
        simulation.coordinator().facts().stream()
            .anyMatch(CoordinatorFact.EarlierFinal.class::isInstance));
  }

  @Test
  void ofTwoCompleteSetsTheFundedOneIsTheCohort() {
    Simulation simulation = cohort(321, 2, 3);
    Bytes late = simulation.statementKey(1);
    // Members hear it when both are final for the one or the other; the coordinator never.
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.KEYSET_ACK
                    && said.author().equals(late)
                    && receiver.equals("coordinator")
                ? List.of()
                : List.of(said));
    simulation
        .network()
        .delays((receiver, said) ->
            said.body().kind() == StatementKind.KEYSET_ACK && said.author().equals(late)
                ? KEYING.plusSeconds(receiver.equals("member-0") ? 1 : 4)
                : Duration.ZERO);
    simulation.run(TWO_DAYS);
    anchored(simulation, 0, 2);
    assertTrue(
        Stream.of(0, 2)
            .map(i -> simulation.members().get(i).facts())
            .anyMatch(
                facts -> facts.stream().anyMatch(ParticipantFact.AlsoFinal.class::isInstance)),
        "both were complete for somebody");
  }

  @Test
  void aSmallerKeySetThatDoesNotRecomputeEndsNobodysFirstOne() {
    Simulation simulation = cohort(322, 2, 3);
    acksAreLost(simulation, Map.of(1, 0));
    simulation.coordinatorLies(
        StatementKind.KEYSET_PROPOSAL,
        body -> {
          KeysetProposal honest = (KeysetProposal) body;
          return honest.parentProposalId().size() == 0
              ? honest
              : new KeysetProposal(
                  honest.announcementEvent(),
                  honest.keys(),
                  honest.optIns(),
                  honest.threshold(),
                  "bcrt1pother",
                  honest.channelKeyHash(),
                  honest.parentProposalId());
        });
    simulation.run(TWO_DAYS);
    for (int i = 0; i < 3; i++) {
      Outcome.Failed failed =
          assertInstanceOf(Outcome.Failed.class, simulation.members().get(i).outcomes().getFirst());
      // Member 1 heard everybody, itself included, and waits for a coin that never comes.
      assertEquals(i == 1 ? Code.NOT_FUNDED : Code.SILENT_MEMBER, failed.code(), "member " + i);
    }
    assertEquals(List.of(), simulation.chain().spends());
  }

  @Test
  void aLeaderAndAMemberThatAgreeOnASmallerKeySetPutNobodyOut() {
    Simulation simulation = new Simulation(323, Simulation.terms(2, 4));
    for (int i = 0; i < 4; i++) {
      simulation.addMember(true);
    }
    Bytes own = simulation.statementKey(0);
    simulation
        .network()
        .delays((receiver, said) ->
            said.body() instanceof KeysetAck && said.author().equals(own)
                ? Duration.ofSeconds(20)
                : Duration.ZERO);
    simulation.begin();
    assertTrue(simulation.runUntil(() -> acks(simulation).size() == 4, TWO_DAYS));
    simulation.runUntil(() -> false, Duration.ofSeconds(5));
    SimNotary.Forger forger = simulation.forger();
    SignedStatement proposal = smaller(simulation, forger, proposalIds(simulation).getFirst());
    for (int outside : new int[] {2, 3}) {
      var member = simulation.members().get(outside);
      member.accept(new Input.Heard(proposal));
      for (SignedStatement ack : acks(simulation)) {
        if (ack.author().equals(own) || ack.author().equals(simulation.statementKey(1))) {
          member.accept(
              new Input.Heard(forger.instead(ack, later(ack), new KeysetAck(proposal.id()))));
        }
      }
      assertEquals(List.of(), member.refused());
    }
    simulation.run(TWO_DAYS);
    anchored(simulation, 0, 1, 2, 3);
  }

  private static List<SignedStatement> acks(Simulation simulation) {
    return simulation.network().statements().stream()
        .filter(said -> said.body() instanceof KeysetAck)
        .distinct()
        .toList();
  }

  private static SignedStatement smaller(
      Simulation simulation, SimNotary.Forger forger, Bytes proposalId) {
    SignedStatement honest =
        simulation.network().statements().stream()
            .filter(said -> said.id().equals(proposalId))
            .findFirst()
            .orElseThrow();
    KeysetProposal all = (KeysetProposal) honest.body();
    List<Bytes> optIns =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof OptIn)
            .filter(said ->
                said.author().equals(simulation.statementKey(0))
                    || said.author().equals(simulation.statementKey(1)))
            .map(SignedStatement::id)
            .distinct()
            .toList();
    return forger.instead(
        honest,
        later(honest),
        new KeysetProposal(
            all.announcementEvent(),
            all.keys().subList(0, 2),
            optIns,
            all.threshold(),
            all.address(),
            Bytes.ofHex("5a".repeat(32)),
            proposalId));
  }

  private static Header later(SignedStatement said) {
    return Changed.with(said.header(), "seq", said.header().seq() + 1_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverStartsAgainWhileTheKeySetShrinksEndsLikeOneThatNeverStopped(boolean coordinator) {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        Simulation simulation = new Simulation(330, Simulation.terms(2, 3));
        for (int i = 0; i < 3; i++) {
          simulation.addMember(i == 0);
        }
        acksAreLost(simulation, Map.of(1, 0));
        SimParty<?, ?> party = coordinator ? simulation.coordinator() : simulation.members().get(0);
        party.crashAndRestart(
            append -> append == point ? moment : Moment.NEVER, Duration.ofSeconds(1));
        simulation.begin();
        simulation.run(TWO_DAYS);
        reached = !party.restarts().isEmpty();
        if (reached) {
          points++;
          Restarts.check(
              simulation, Restarts.describe("shrinking cohort", moment, "append " + at, party));
          anchored(simulation, 0, 2);
        }
      }
    }
    System.out.println(
        "Crash points of a shrinking cohort's "
            + (coordinator ? "coordinator" : "member")
            + ": "
            + points);
    assertTrue(points > 30, "crash points must be many, got " + points);
  }

  /** Nobody else hears these members' acknowledgements of the proposal at this place. */
  private static void acksAreLost(Simulation simulation, Map<Integer, Integer> placeByMember) {
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (!(said.body() instanceof KeysetAck ack) || receiver.equals(name(simulation, said))) {
            return List.of(said);
          }
          int place = proposalIds(simulation).indexOf(ack.keysetProposalId());
          return placeByMember.entrySet().stream()
                  .anyMatch(each ->
                      simulation.statementKey(each.getKey()).equals(said.author())
                          && each.getValue() == place)
              ? List.of()
              : List.of(said);
        });
  }

  private static String name(Simulation simulation, SignedStatement said) {
    for (int i = 0; i < simulation.members().size(); i++) {
      if (simulation.statementKey(i).equals(said.author())) {
        return "member-" + i;
      }
    }
    return "coordinator";
  }

  private static List<Bytes> proposalIds(Simulation simulation) {
    return simulation.network().statements().stream()
        .filter(said -> said.body() instanceof KeysetProposal)
        .map(SignedStatement::id)
        .distinct()
        .toList();
  }

  private static List<KeysetProposal> proposals(Simulation simulation) {
    return simulation.network().statements().stream()
        .map(SignedStatement::body)
        .filter(KeysetProposal.class::isInstance)
        .map(KeysetProposal.class::cast)
        .distinct()
        .toList();
  }

  /** These members, by one transaction; no second address was paid. */
  private static void anchored(Simulation simulation, int... members) {
    List<String> txids =
        simulation.chain().spends().stream()
            .filter(spend ->
                SignalOutput.of(spend).isPresent() && spend.outputs().get(0).value() > 40_000)
            .map(spend -> spend.displayTxid())
            .toList();
    assertEquals(1, txids.size());
    for (int member : members) {
      assertEquals(
          new Outcome.Anchored(txids.getFirst()),
          simulation.members().get(member).outcomes().getFirst(),
          "member " + member + ", " + simulation.members().get(member).refused());
    }
  }

  private static Simulation cohort(long seed, int min, int members) {
    Simulation simulation = new Simulation(seed, Simulation.terms(min, members));
    for (int i = 0; i < members; i++) {
      simulation.addMember(i != 1);
    }
    simulation.begin();
    return simulation;
  }
}
