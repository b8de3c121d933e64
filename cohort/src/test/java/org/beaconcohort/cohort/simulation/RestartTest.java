package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process dies in an append of its journal, before or after it is durable, or before or after it
 * sends a statement or a transaction, and another goes on from the records with a new instance id
 * and an empty vault. Every append and every sending is such a point.
 */
final class RestartTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration LONG_ENOUGH = Duration.ofDays(5);

  /** What a process does when it dies. */
  enum During {
    APPEND,
    SENDING;

    void dies(SimParty<?, ?> party, SimJournal.Crashes crashes) {
      switch (this) {
        case APPEND -> party.crashAndRestart(crashes, A_SECOND);
        case SENDING -> party.crashSending(crashes, A_SECOND);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCoordinatorThatStartsAgainAnywhereEndsLikeOneThatNeverStopped(During during) {
    everyPoint(
        during,
        "coordinator of two rounds",
        () -> simulation(2, 2, 2, 2),
        Simulation::coordinator,
        RestartTest::everyoneIsAnchored);
  }

  @ParameterizedTest
  @EnumSource
  void aMemberThatStartsAgainAnywhereEndsLikeOneThatNeverStopped(During during) {
    everyPoint(
        during,
        "member of two rounds",
        () -> simulation(2, 2, 2, 2),
        simulation -> simulation.members().get(0),
        RestartTest::everyoneIsAnchored);
  }

  @Test
  void twoMembersOfThreeThatStartAgainAtOnceLoseNothing() {
    for (int at = 12; at < 30; at++) {
      int point = at;
      Simulation simulation = simulation(3, 3, 3, 1);
      for (int i = 0; i < 2; i++) {
        Moment moment = i == 0 ? Moment.BEFORE : Moment.AFTER;
        simulation
            .members()
            .get(i)
            .crashAndRestart(append -> append == point ? moment : Moment.NEVER, A_SECOND);
      }
      simulation.begin();
      simulation.run(LONG_ENOUGH);
      String where = "both at append " + at;
      Restarts.check(simulation, where);
      everyoneIsAnchored(simulation, where);
    }
  }

  @Test
  void aMemberThatLosesMoreNoncesThanTheRoundHasTriesEndsByName() {
    Simulation simulation = simulation(2, 2, 2, 1);
    var member = simulation.members().get(0);
    member.crashAndRestart(
        append ->
            member.state() instanceof ParticipantState.Responded ? Moment.AFTER : Moment.NEVER,
        A_SECOND);
    simulation.begin();
    simulation.run(LONG_ENOUGH);
    Restarts.check(simulation, "every time it holds a nonce");
    assertTrue(member.restarts().size() > 3, "restarts must be many, got " + member.restarts());
    for (var party : Restarts.everyone(simulation)) {
      assertTrue(
          List.of(Code.NONCE_LOST, Code.SILENT_MEMBER)
              .contains(Restarts.code(outcome(party)).orElseThrow()),
          () -> "got " + outcome(party));
    }
  }

  private static void everyoneIsAnchored(Simulation simulation, String where) {
    for (var party : Restarts.everyone(simulation)) {
      assertInstanceOf(Outcome.Anchored.class, outcome(party), where);
    }
  }

  @ParameterizedTest
  @EnumSource
  void candidatesWithoutASeatAreToldSoByWhoeverStartsAgain(During during) {
    everyPoint(
        during,
        "coordinator with two seats for four",
        () -> simulation(2, 2, 4, 1),
        Simulation::coordinator,
        (simulation, point) -> {
          var ends =
              simulation.members().stream()
                  .collect(
                      Collectors.groupingBy(
                          each -> Restarts.code(outcome(each)), Collectors.counting()));
          assertEquals(
              Map.of(Optional.empty(), 2L, Optional.of(Code.ENROLMENT_CLOSED), 2L), ends, point);
        });
  }

  @ParameterizedTest
  @EnumSource
  void tooFewCandidatesStayTooFew(During during) {
    everyPoint(
        during,
        "coordinator without enough candidates",
        () -> simulation(3, 3, 2, 1),
        Simulation::coordinator,
        (simulation, point) -> {
          for (var party : Restarts.everyone(simulation)) {
            assertEquals(Code.NOT_ENOUGH, Restarts.code(outcome(party)).orElseThrow(), point);
          }
        });
  }

  @Test
  void whoeverStopsHoweverOftenAndLongEveryPartyEndsByNameAndNothingIsSaidTwice() {
    int restarts = 0;
    for (long seed = 1; seed <= 20; seed++) {
      Simulation simulation = simulation(2, 3, 3, 2);
      SplittableRandom random = new SplittableRandom(seed);
      for (var party : Restarts.everyone(simulation)) {
        Duration down = Duration.ofMillis(1L << random.nextInt(8, 25));
        party.crashAndRestart(
            append ->
                random.nextInt(12) > 0
                    ? Moment.NEVER
                    : random.nextBoolean() ? Moment.BEFORE : Moment.AFTER,
            down);
      }
      simulation.begin();
      simulation.run(LONG_ENOUGH);
      Restarts.check(simulation, "seed " + seed);
      for (var party : Restarts.everyone(simulation)) {
        restarts += party.restarts().size();
      }
    }
    System.out.println("Restarts at random: " + restarts);
    assertTrue(restarts > 50, "restarts must be many, got " + restarts);
  }

  private static Simulation simulation(int min, int max, int members, int rounds) {
    Simulation simulation = new Simulation(91, Simulation.terms(min, max, 0, rounds));
    for (int i = 0; i < members; i++) {
      simulation.addMember(i == 0);
    }
    return simulation;
  }

  private static Outcome outcome(SimParty<?, ?> party) {
    return party.outcomes().get(0);
  }

  /** Runs the scenario once for each append or sending of a party and each side of it. */
  private static void everyPoint(
      During during,
      String name,
      Supplier<Simulation> scenario,
      Function<Simulation, SimParty<?, ?>> whose,
      BiConsumer<Simulation, String> ends) {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        Simulation simulation = scenario.get();
        SimParty<?, ?> party = whose.apply(simulation);
        during.dies(party, count -> count == point ? moment : Moment.NEVER);
        simulation.begin();
        simulation.run(LONG_ENOUGH);
        reached = !party.restarts().isEmpty();
        if (reached) {
          points++;
          String where = Restarts.describe(name, moment, during + " " + at, party);
          Restarts.check(simulation, where);
          ends.accept(simulation, where);
        }
      }
    }
    System.out.println("Crash points of a " + name + ", " + during + ": " + points);
    assertTrue(
        points > (during == During.APPEND ? 10 : 4), "crash points must be many, got " + points);
  }
}
