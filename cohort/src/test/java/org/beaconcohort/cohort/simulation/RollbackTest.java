package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantFact.Made;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Journals that are older than what their owner said (N19, R9), and keys that speak twice (R10):
 * scenarios 21, 22 and 43.
 */
final class RollbackTest {
  private static final Duration A_DAY = Duration.ofDays(1);

  /** 43, for every state that a backup can have been made in. */
  @Tag("scenario-43")
  @Test
  void aJournalPutBackToAnyEarlierStateSignsAndSubmitsNothing() {
    int points = simulation(1).facts();
    int halted = 0;
    for (int at = 2; at < points; at++) {
      Finished finished = simulation(1);
      var member = finished.simulation().members().get(0);
      List<ParticipantFact> backup = member.facts().subList(0, at);
      boolean behind = OwnFacts.said(member.facts()).size() > OwnFacts.said(backup).size();
      String where = "backup of " + at + " facts, " + backup.get(at - 1).getClass().getSimpleName();
      member.restore(at);
      finished.simulation().run(A_DAY.multipliedBy(5));
      List<ParticipantFact> since = member.facts().subList(at, member.facts().size());
      assertTrue(since.stream().noneMatch(OwnFacts::commits), where + ": " + since);
      if (behind) {
        halted++;
        Outcome.Halted outcome =
            assertInstanceOf(
                Outcome.Halted.class, member.outcomes().get(member.outcomes().size() - 1), where);
        assertEquals(Code.ROLLED_BACK, outcome.code(), where);
        assertTrue(since.stream().noneMatch(OwnFacts::speaks), where + ": " + since);
        assertInstanceOf(ParticipantState.RolledBack.class, member.state(), where);
      }
    }
    System.out.println("Backups that were older than the member's words: " + halted);
    assertTrue(halted > 10, "got " + halted);
  }

  @Test
  void aClockThatJumpsBeforeOwnWordsWereReadAfterARestartHoldsNothingUp() {
    for (boolean weighing : List.of(true, false)) {
      Simulation simulation = new Simulation(44, Simulation.terms(2, 2));
      var member = simulation.addMember(true);
      simulation.addMember(true);
      member.crashAndRestart(append -> SimJournal.Moment.NEVER, Duration.ofSeconds(1));
      AtomicBoolean once = new AtomicBoolean();
      member
          .journal()
          .crashOn(facts ->
              facts.stream()
                          .anyMatch(fact ->
                              weighing
                                  ? fact instanceof ParticipantFact.OpportunityTaken
                                  : fact instanceof ParticipantFact.ProposalTaken)
                      && once.compareAndSet(false, true)
                  ? SimJournal.Moment.AFTER
                  : SimJournal.Moment.NEVER);
      simulation.begin();
      assertTrue(simulation.runUntil(() -> !member.restarts().isEmpty(), A_DAY));
      member.accept(new Input.ClockJumped(40));
      assertTrue(
          member.facts().get(member.facts().size() - 1) instanceof ParticipantFact.ClockJumped);
      simulation.run(A_DAY);
      assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0), "" + member.outcomes());
    }
  }

  @Tag("scenario-43")
  @Test
  void aJournalRestoredFromAnOldBackupIsRolledBackInTheMiddleOfTheCohort() {
    Simulation simulation = new Simulation(43, Simulation.terms(2, 2, 0, 2));
    var member = simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    assertTrue(simulation.runUntil(() -> member.state() instanceof ParticipantState.Ready, A_DAY));
    int backup = member.facts().size();
    assertTrue(
        simulation.runUntil(
            () -> member.state() instanceof ParticipantState.Ready ready && ready.number() == 2,
            A_DAY));
    member.restore(backup);
    simulation.run(A_DAY);
    assertRolledBack(member, Code.ROLLED_BACK);
    assertTrue(
        member.facts().subList(backup, member.facts().size()).stream()
            .noneMatch(OwnFacts::commits));
    // Whoever is left without it ends by name, and blames nobody for more than silence.
    Outcome.Failed other =
        assertInstanceOf(Outcome.Failed.class, simulation.members().get(1).outcomes().get(0));
    assertTrue(Set.of(Code.SILENT_MEMBER, Code.DEADLINE_PASSED).contains(other.code()), "" + other);
  }

  @Test
  void rolledBackStaysRolledBackAfterEveryRestart() {
    Finished finished = simulation(2);
    var member = finished.simulation().members().get(0);
    member.restore(finished.facts() / 2);
    finished.simulation().run(A_DAY);
    assertRolledBack(member, Code.ROLLED_BACK);
    int facts = member.facts().size();
    member.restore(facts);
    finished.simulation().runUntil(() -> false, A_DAY);
    assertRolledBack(member, Code.ROLLED_BACK);
    assertEquals(facts, member.facts().size(), "nothing happens before an operator decides");
  }

  /** 21: process, memory and secret nonces of the same seed, as they were, meet what came after. */
  @Tag("scenario-21")
  @Test
  void aMachinePutBackToItsSnapshotAfterTheNonceRefusesWhenTheRelaysReplay() {
    Finished later = simulation(3);
    Simulation snapshot = cohort(3);
    var member = snapshot.members().get(0);
    assertTrue(snapshot.runUntil(() -> hasResponded(member), A_DAY));
    snapshot.coordinator().crash();
    snapshot.members().get(1).crash();
    snapshot.hearAllOf(later.simulation());
    snapshot.runUntil(() -> false, A_DAY);
    assertRolledBack(member, Code.ROLLED_BACK);
    assertTrue(member.facts().stream().noneMatch(ParticipantFact.Claimed.class::isInstance));
  }

  /** 21, and nobody shows it its own words: it asks before it claims. */
  @Tag("scenario-21")
  @Test
  void aSnapshotThatIsShownEverythingButItsOwnWordsReadsThemBackBeforeItClaims() {
    Finished later = simulation(3);
    Simulation snapshot = cohort(3);
    var member = snapshot.members().get(0);
    snapshot
        .network()
        .tamper((receiver, said) ->
            receiver.equals("member-0") && said.author().equals(snapshot.statementKey(0))
                ? List.of()
                : List.of(said));
    assertTrue(snapshot.runUntil(() -> hasResponded(member), A_DAY));
    snapshot.coordinator().crash();
    snapshot.members().get(1).crash();
    snapshot.hearAllOf(later.simulation());
    snapshot.runUntil(() -> false, A_DAY);
    assertRolledBack(member, Code.ROLLED_BACK);
    assertTrue(
        member.facts().stream().anyMatch(ParticipantFact.ProposalTaken.class::isInstance),
        "it got as far as the proposal");
    assertTrue(member.facts().stream().noneMatch(ParticipantFact.Claimed.class::isInstance));
  }

  /** 22: two machines from one disk; each has a nonce, neither signs with the other's around. */
  @Tag("scenario-22")
  @Test
  void oneKeyInTwoProcessesWithACopiedJournalSignsForNeither() {
    Simulation simulation = cohort(22);
    var member = simulation.members().get(0);
    var twin = simulation.twin(0);
    assertTrue(simulation.runUntil(() -> member.state() instanceof ParticipantState.Ready, A_DAY));
    twin.beginWith(member.facts());
    simulation.run(A_DAY);
    assertHalted(member);
    assertHalted(twin);
    assertTrue(
        codes(member, twin).contains(Code.DUPLICATE_INSTANCE), () -> "" + codes(member, twin));
    assertSignsForItsOwnNonceAlone(member);
    assertSignsForItsOwnNonceAlone(twin);
    assertNothingAnchored(simulation);
  }

  /** 22: two machines that were given one key; the second joins what the first has joined. */
  @Tag("scenario-22")
  @Test
  void oneKeyInTwoProcessesFromTheStartIsSeenAsADuplicate() {
    Set<Code> seen = new HashSet<>();
    for (long seed = 1; seed <= 8; seed++) {
      Simulation simulation = cohort(seed);
      var twin = simulation.twin(0);
      twin.begin();
      simulation.run(A_DAY);
      var member = simulation.members().get(0);
      Set<Code> codes = codes(member, twin);
      seen.addAll(codes);
      assertFalse(codes.isEmpty(), "one at least ends by name, seed " + seed);
      assertSignsForItsOwnNonceAlone(member);
      assertSignsForItsOwnNonceAlone(twin);
      assertTrue(
          OwnFacts.claims(member).isEmpty() || OwnFacts.claims(twin).isEmpty(),
          "both signed, seed " + seed);
    }
    assertTrue(seen.contains(Code.DUPLICATE_INSTANCE), () -> "" + seen);
  }

  @Tag("scenario-22")
  @Test
  void othersSeeTwoResponsesOfTwoProcessesAsADuplicateAndNoCrime() {
    Simulation simulation = cohort(24);
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) ->
            said.body().kind() == StatementKind.RESPONSE
                    && said.author().equals(simulation.statementKey(0))
                    && !receiver.equals("member-0")
                ? List.of(said, forger.instead(said, Headers.ofAnotherProcess(said), said.body()))
                : List.of(said));
    simulation.run(A_DAY);
    assertEquals(
        Code.DUPLICATE_INSTANCE,
        Restarts.code(simulation.coordinator().outcomes().get(0)).orElseThrow());
    assertEquals(
        Code.DUPLICATE_INSTANCE,
        Restarts.code(simulation.members().get(1).outcomes().get(0)).orElseThrow());
  }

  @Test
  void aCoordinatorWhoseJournalWasPutBackLeadsNobodyInCircles() {
    Simulation simulation = cohort(25);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingFunding,
            A_DAY));
    int backup = simulation.coordinator().facts().size();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.AwaitingPartials,
            A_DAY));
    simulation.coordinator().restore(backup);
    simulation.run(A_DAY);
    assertInstanceOf(CoordinatorState.RolledBack.class, simulation.coordinator().state());
    assertEquals(
        Code.ROLLED_BACK, Restarts.code(simulation.coordinator().outcomes().get(0)).orElseThrow());
  }

  @Test
  void aStatementOfTheSameKeyForAnotherCohortSaysNothingAboutThisJournal() {
    Simulation simulation = cohort(26);
    SimNotary.Forger forger = simulation.forger();
    var member = simulation.members().get(0);
    assertTrue(simulation.runUntil(() -> member.state() instanceof ParticipantState.Ready, A_DAY));
    var ready = (ParticipantState.Ready) member.state();
    Made own = ready.joined().made().get(1);
    simulation
        .network()
        .inject(
            forger.instead(
                own.statement(), Headers.ofAnotherCohort(own.statement()), own.statement().body()),
            new Recipient.Channel(ready.joined().channel(), 1));
    simulation.run(A_DAY);
    assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
  }

  @Test
  void relaysThatDoNotAnswerHoldTheMemberBackUntilTheyDo() {
    forgetting(stored -> new StoredStatements(false, List.of(), Set.of()));
  }

  @Test
  void relaysThatForgetTheNewestStatementHoldTheMemberBackUntilTheyDoNot() {
    forgetting(stored -> new StoredStatements(true, stored.statements(), Set.of()));
  }

  private static void forgetting(UnaryOperator<StoredStatements> answer) {
    Simulation simulation = cohort(27);
    var member = simulation.members().get(0);
    AtomicBoolean ill = new AtomicBoolean(true);
    simulation
        .network()
        .readBack((party, stored) ->
            party.equals("member-0") && ill.get() ? answer.apply(stored) : stored);
    assertTrue(
        simulation.runUntil(() -> member.state() instanceof ParticipantState.Weighing, A_DAY));
    Instant later = simulation.time().now().plusSeconds(20);
    simulation.runUntil(() -> !simulation.time().now().isBefore(later), A_DAY);
    ill.set(false);
    assertInstanceOf(ParticipantState.Weighing.class, member.state());
    assertTrue(member.facts().stream().noneMatch(OwnFacts::commits));
    assertFalse(member.troubles().isEmpty());
    simulation.run(A_DAY);
    assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
  }

  @Test
  void relaysThatNeverAnswerEndTheMembershipByItsDeadlineWithNothingSubmitted() {
    Simulation simulation = cohort(28);
    simulation
        .network()
        .readBack((party, stored) ->
            party.equals("member-0") ? new StoredStatements(false, List.of(), Set.of()) : stored);
    simulation.run(A_DAY);
    var member = simulation.members().get(0);
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, member.outcomes().get(0));
    assertEquals(Code.DEADLINE_PASSED, failed.code());
    assertTrue(member.facts().stream().noneMatch(OwnFacts::commits));
  }

  private record Finished(Simulation simulation, int facts) {}

  private static Simulation cohort(long seed) {
    Simulation simulation = new Simulation(seed, Simulation.terms(2, 2));
    simulation.addMember(true);
    simulation.addMember(true);
    simulation.begin();
    return simulation;
  }

  private static Finished simulation(long seed) {
    Simulation simulation = cohort(seed);
    simulation.run(A_DAY);
    var member = simulation.members().get(0);
    assertInstanceOf(Outcome.Anchored.class, member.outcomes().get(0));
    return new Finished(simulation, member.facts().size());
  }

  private static boolean hasResponded(SimParty<ParticipantState, ParticipantFact> member) {
    return member.facts().stream()
        .anyMatch(fact ->
            fact instanceof Made made && made.statement().body().kind() == StatementKind.RESPONSE);
  }

  private static void assertRolledBack(
      SimParty<ParticipantState, ParticipantFact> member, Code code) {
    assertHalted(member);
    assertEquals(
        code, Restarts.code(member.outcomes().get(member.outcomes().size() - 1)).orElseThrow());
  }

  private static void assertHalted(SimParty<ParticipantState, ParticipantFact> member) {
    assertInstanceOf(ParticipantState.RolledBack.class, member.state(), "" + member.outcomes());
    int before = member.facts().size();
    member.accept(new Input.HeadRead(Bytes.EMPTY));
    member.accept(new Input.DeadlinePassed());
    assertEquals(before, member.facts().size(), "nothing moves it");
  }

  private static Set<Code> codes(SimParty<?, ?> one, SimParty<?, ?> other) {
    Set<Code> codes = new HashSet<>();
    for (var party : List.of(one, other)) {
      party.outcomes().forEach(outcome -> Restarts.code(outcome).ifPresent(codes::add));
    }
    return codes;
  }

  /** R10: what it claimed is a nonce that its own journal opened. */
  private static void assertSignsForItsOwnNonceAlone(
      SimParty<ParticipantState, ParticipantFact> member) {
    Predicate<ParticipantFact> opens =
        fact ->
            fact instanceof ParticipantFact.NonceOpened
                || fact instanceof ParticipantFact.PartialRecorded
                || fact instanceof ParticipantFact.NonceReplaced;
    assertTrue(
        OwnFacts.claims(member).isEmpty() || member.facts().stream().anyMatch(opens),
        "" + member.state());
  }

  private static void assertNothingAnchored(Simulation simulation) {
    assertFalse(simulation.coordinator().outcomes().get(0) instanceof Outcome.Anchored);
  }
}
