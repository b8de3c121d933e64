package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Extensions;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deadlines that a leader extends, within the terms and within what each member can wait (N20). */
final class ExtensionTest {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Extensions TWICE = new Extensions(2, Duration.ofSeconds(60));

  @ParameterizedTest
  @EnumSource(ExtendedPhase.class)
  void aMemberThatNeedsMoreTimeThanADeadlineGivesIsWaitedForByExtension(ExtendedPhase phase) {
    Simulation simulation = cohort(501, TWICE);
    switch (phase) {
      case RESPONSE -> slow(simulation, StatementKind.RESPONSE, Duration.ofSeconds(150));
      case PARTIAL ->
          simulation
              .network()
              .delays((receiver, said) ->
                  said.body().kind() == StatementKind.PROPOSAL && receiver.equals("member-1")
                      ? Duration.ofSeconds(160)
                      : Duration.ZERO);
    }
    simulation.run(A_DAY);
    everybodyIsAnchored(simulation);
    List<Extend> extended = extensions(simulation);
    assertEquals(
        List.of(1, 2), extended.stream().map(Extend::number).toList(), "two extensions of 60 s");
    assertTrue(extended.stream().allMatch(each -> each.phase() == phase), extended.toString());
    for (int i = 0; i < 3; i++) {
      var member = simulation.members().get(i);
      assertEquals(2, followed(member), "as long as the leader, member " + i);
      assertTrue(
          member.facts().stream().noneMatch(ParticipantFact.EpochEndorsed.class::isInstance),
          "nobody takes over from a leader that waits within its bound");
    }
  }

  @Test
  void withoutExtensionsInTheTermsTheDeadlineStands() {
    Simulation simulation = cohort(502, Extensions.NONE);
    slow(simulation, StatementKind.RESPONSE, Duration.ofSeconds(150));
    simulation.run(A_DAY);
    assertEquals(List.of(), extensions(simulation));
    assertTrue(
        simulation.coordinator().outcomes().getLast() instanceof Outcome.Failed failed
            && failed.code() == Code.SILENT_MEMBER);
  }

  @Test
  void aMemberThatNeverAnswersIsGivenUpAfterTheLastExtension() {
    Simulation simulation = cohort(503, TWICE);
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Collecting, A_DAY));
    Instant opened = simulation.time().now();
    simulation.members().get(1).crash();
    assertTrue(
        simulation.runUntil(
            () -> simulation.coordinator().state() instanceof CoordinatorState.Closed, A_DAY));
    assertEquals(2, extensions(simulation).size());
    Duration took = Duration.between(opened, simulation.time().now());
    assertTrue(Math.abs(took.toSeconds() - 180) <= 1, "the deadline and two extensions: " + took);
    simulation.run(A_DAY);
    for (int i : new int[] {0, 2}) {
      assertInstanceOf(Outcome.Failed.class, simulation.members().get(i).outcomes().getLast());
    }
  }

  @Test
  void aMemberWhoseUpdateCannotWaitDoesNotFollowAndEndsAloneAtItsOwnDeadline() {
    Simulation simulation = new Simulation(504, terms(TWICE));
    simulation.addMember(true);
    simulation.addMember(true);
    Duration confirmation = terms(TWICE).deadlines().confirmation();
    Instant ownDeadline = Simulation.START.plus(confirmation).plusSeconds(1_000);
    simulation.fallBackToSingletons(ownDeadline);
    simulation.addMember(true);
    simulation.begin();
    // The round opens so late that an extension would go past what the third member can wait.
    simulation
        .network()
        .delays((receiver, said) -> {
          boolean late =
              said.body().kind() == StatementKind.ROUND_REQUEST
                  && said.author().equals(simulation.statementKey(0))
                  && simulation.time().now().isBefore(at(880));
          return late
              ? Duration.between(simulation.time().now(), at(880))
              : said.body().kind() == StatementKind.RESPONSE
                      && said.author().equals(simulation.statementKey(1))
                  ? Duration.ofSeconds(140)
                  : Duration.ZERO;
        });
    simulation.run(A_DAY);
    List<ParticipantFact> facts = simulation.members().get(2).facts();
    int alone = first(facts, ParticipantFact.FallbackBegun.class);
    assertTrue(alone < facts.size(), "its update went out alone at its own deadline");
    assertTrue(
        first(facts, ParticipantFact.DeadlineExtended.class) > alone,
        "before that it keeps the deadline it has");
    assertTrue(followed(simulation.members().get(1)) >= 2, "the others wait");
  }

  private static int first(List<ParticipantFact> facts, Class<?> type) {
    return (int) facts.stream().takeWhile(fact -> !type.isInstance(fact)).count();
  }

  @Test
  void anExtensionBeyondTheBoundOrTooEarlyCountsForNobodyAndIsNotDue() {
    Simulation simulation = cohort(505, new Extensions(1, Duration.ofSeconds(60)));
    simulation.unchecked();
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.members().stream()
                    .allMatch(member -> member.state() instanceof ParticipantState.Responded),
            A_DAY));
    SignedStatement opened =
        simulation.network().statements().stream()
            .filter(said -> said.body() instanceof Opportunity)
            .findFirst()
            .orElseThrow();
    Header old = opened.header();
    Header header =
        new Header(old.cohortId(), old.roundId(), old.instance(), 900, opened.id(), old.epoch());
    SignedStatement early =
        simulation.forger().instead(opened, header, new Extend(ExtendedPhase.PARTIAL, 1));
    for (var member : simulation.members()) {
      Instant before = member.state().until();
      member.accept(new org.beaconcohort.cohort.machine.Input.Heard(early));
      assertEquals(before, member.state().until(), "an early extension moves nothing");
      assertEquals(List.of(Code.NOT_DUE), member.refused().stream().map(Violation::code).toList());
    }
  }

  @Test
  void aCoordinatorThatStopsWhileItExtendsSaysTheSameExtensionAgain() {
    for (SimJournal.Moment moment : List.of(SimJournal.Moment.BEFORE, SimJournal.Moment.AFTER)) {
      Simulation simulation = cohort(506, TWICE);
      slow(simulation, StatementKind.RESPONSE, Duration.ofSeconds(80));
      AtomicBoolean once = new AtomicBoolean(true);
      simulation
          .coordinator()
          .crashAndRestart(
              append ->
                  simulation.time().now().isAfter(Simulation.START)
                          && extendsNow(simulation)
                          && once.getAndSet(false)
                      ? moment
                      : SimJournal.Moment.NEVER,
              Duration.ofSeconds(2));
      simulation.run(A_DAY);
      everybodyIsAnchored(simulation);
      List<Extend> said = extensions(simulation);
      assertEquals(said.stream().distinct().toList(), said, "one statement for each number");
      assertEquals(1, said.getFirst().number());
    }
  }

  private static boolean extendsNow(Simulation simulation) {
    return simulation.coordinator().state() instanceof CoordinatorState.Extended
        || (simulation.coordinator().state() instanceof CoordinatorState.InCohort state
            && state.waiting() instanceof CoordinatorState.Collecting collecting
            && !simulation.time().now().isBefore(collecting.until()));
  }

  private static Instant at(int seconds) {
    return Simulation.START.plusSeconds(seconds);
  }

  /** What member 1 says of that kind takes so long to everybody. */
  private static void slow(Simulation simulation, StatementKind kind, Duration delay) {
    simulation
        .network()
        .delays((receiver, said) ->
            said.body().kind() == kind && said.author().equals(simulation.statementKey(1))
                ? delay
                : Duration.ZERO);
  }

  private static List<Extend> extensions(Simulation simulation) {
    return simulation.network().statements().stream()
        .distinct()
        .filter(said -> said.body() instanceof Extend)
        .map(said -> (Extend) said.body())
        .toList();
  }

  private static long followed(SimParty<ParticipantState, ParticipantFact> member) {
    return member.facts().stream()
        .filter(ParticipantFact.DeadlineExtended.class::isInstance)
        .count();
  }

  private static void everybodyIsAnchored(Simulation simulation) {
    assertInstanceOf(Outcome.Anchored.class, simulation.coordinator().outcomes().getLast());
    for (var member : simulation.members()) {
      assertInstanceOf(
          Outcome.Anchored.class, member.outcomes().getLast(), member.refused().toString());
    }
  }

  private static org.beaconcohort.cohort.model.CohortTerms terms(Extensions extensions) {
    return Simulation.terms(3, 3).extending(extensions);
  }

  private static Simulation cohort(long seed, Extensions extensions) {
    Simulation simulation = new Simulation(seed, terms(extensions));
    for (int i = 0; i < 3; i++) {
      simulation.addMember(true);
    }
    simulation.begin();
    return simulation;
  }
}
