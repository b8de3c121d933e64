package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.ReadinessStatement.Alive;
import org.beaconcohort.cohort.message.ReadinessStatement.Probe;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe before the key set is fixed (BC-8). */
final class ReadinessTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  @Test
  void aCandidateThatIsGoneCostsTheOthersTheProbeAndNoKeyingDeadline() {
    Simulation simulation = cohort(400, 2, 3);
    gone(simulation, 2);
    simulation.run(A_DAY);
    anchored(simulation, 0, 1);
    assertEquals(1, proposals(simulation).size());
    assertEquals(2, proposals(simulation).getFirst().keys().size());
    Instant fixed =
        simulation.coordinator().facts().stream()
            .filter(CoordinatorFact.KeysetFinal.class::isInstance)
            .map(fact -> ((CoordinatorFact.KeysetFinal) fact).until())
            .findFirst()
            .orElseThrow()
            .minus(Deadlines.live().funding());
    Duration took = Duration.between(Simulation.START, fixed);
    assertTrue(took.compareTo(Duration.ofSeconds(25)) < 0, "fixed soon, took " + took);
  }

  @Test
  void whenEverybodyAnswersNobodyWaits() {
    Simulation simulation = cohort(401, 2, 3);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Keying, A_DAY));
    Duration took = Duration.between(Simulation.START, simulation.time().now());
    assertTrue(took.compareTo(ANSWER) < 0, "took " + took);
    simulation.run(A_DAY);
    anchored(simulation, 0, 1, 2);
  }

  @Test
  void aSlowCandidateThatIsLeftOutIsToldWhy() {
    Simulation simulation = cohort(402, 2, 3);
    simulation
        .network()
        .delays((receiver, said) ->
            said.body() instanceof Alive && said.author().equals(simulation.statementKey(1))
                ? ANSWER.multipliedBy(2)
                : Duration.ZERO);
    simulation.run(A_DAY);
    anchored(simulation, 0, 2);
    Outcome.Failed told =
        assertInstanceOf(Outcome.Failed.class, simulation.members().get(1).outcomes().getFirst());
    assertEquals(Code.SILENT_MEMBER, told.code());
    assertTrue(told.detail().contains("probe"), told.detail());
  }

  @Test
  void whereTooFewAnswerTheKeySetIsProposedToAll() {
    Simulation simulation = cohort(403, 3, 3);
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body() instanceof Probe && receiver.equals("member-1")
                ? List.of()
                : List.of(said));
    simulation.run(A_DAY);
    anchored(simulation, 0, 1, 2);
  }

  @Test
  void strangersProbesAndAnswersDisturbNobody() {
    Simulation simulation = cohort(404, 2, 3);
    SimNotary stranger =
        new SimNotary(SecretKey.generate(new SeededRandom(9)), () -> Simulation.START);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Probing, A_DAY));
    CoordinatorState.Probing probing = (CoordinatorState.Probing) simulation.coordinator().state();
    List<Bytes> inboxes =
        probing.optIns().stream()
            .map(said -> ((org.beaconcohort.cohort.message.Statement.OptIn) said.body()).inboxKey())
            .toList();
    Bytes announcement = probing.announcement().id();
    for (int seq = 0; seq < 20; seq++) {
      simulation
          .network()
          .inject(
              stranger.sign(header(announcement, seq), new Probe(3)),
              new Recipient.Inboxes(inboxes));
      simulation
          .network()
          .inject(
              stranger.sign(header(announcement, seq), new Alive(announcement)),
              new Recipient.Inboxes(List.of(simulation.coordinatorKey())));
    }
    simulation.run(A_DAY);
    anchored(simulation, 0, 1, 2);
    long answers =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Alive)
            .filter(said -> !said.author().equals(stranger.statementKey()))
            .map(SignedStatement::id)
            .distinct()
            .count();
    assertEquals(3, answers, "one each, to the coordinator");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverStartsAgainWhileCandidatesAreAskedEndsLikeOneThatNeverStopped(boolean coordinator) {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      for (int at = 1; at <= 14; at++) {
        int point = at;
        Simulation simulation = new Simulation(405, terms(2, 2));
        simulation.addMember(true);
        simulation.addMember(true);
        SimParty<?, ?> party = coordinator ? simulation.coordinator() : simulation.members().get(0);
        party.crashAndRestart(
            append -> append == point ? moment : Moment.NEVER, Duration.ofSeconds(1));
        simulation.begin();
        simulation.run(A_DAY);
        points += party.restarts().size();
        Restarts.check(simulation, moment + " append " + at);
        anchored(simulation, 0, 1);
      }
    }
    assertEquals(28, points);
  }

  private static Header header(Bytes announcement, int seq) {
    return new Header(announcement, Bytes.EMPTY, Bytes.of(new byte[16]), seq, Bytes.EMPTY, 0);
  }

  /** It is there when it opts in, and never again. */
  private static void gone(Simulation simulation, int member) {
    assertTrue(
        simulation.runUntil(
            () -> simulation.members().get(member).state() instanceof ParticipantState.OptedIn,
            A_DAY));
    simulation.members().get(member).crash();
  }

  private static List<KeysetProposal> proposals(Simulation simulation) {
    return simulation.network().statements().stream()
        .filter(said -> said.body().kind() == StatementKind.KEYSET_PROPOSAL)
        .map(said -> (KeysetProposal) said.body())
        .distinct()
        .toList();
  }

  private static void anchored(Simulation simulation, int... members) {
    for (int member : members) {
      assertInstanceOf(
          Outcome.Anchored.class,
          simulation.members().get(member).outcomes().getFirst(),
          "member " + member);
    }
  }

  private static CohortTerms terms(int min, int max) {
    return Simulation.terms(min, max, 0, 1, NonceCustody.MEMORY, Deadlines.live().probing(ANSWER));
  }

  private static Simulation cohort(long seed, int min, int members) {
    Simulation simulation = new Simulation(seed, terms(min, members));
    for (int i = 0; i < members; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    return simulation;
  }
}
