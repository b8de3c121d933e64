package org.beaconcohort.cohort.simulation;

import static org.beaconcohort.cohort.simulation.SimPair.ANNOUNCING;
import static org.beaconcohort.cohort.simulation.SimPair.STANDING_BY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.OptInProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two of two without a coordinator beside them (BC-1, BC-20). */
final class PairCohortTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  /** How far the formation is when a process ends. */
  enum Formation {
    ANNOUNCED(pair -> said(pair, StatementKind.ANNOUNCEMENT) > 0),
    OPTED_IN(pair -> said(pair, StatementKind.OPT_IN) > 0),
    BOTH_OPTED_IN(pair -> said(pair, StatementKind.OPT_IN) > 1),
    WELCOMED(pair -> said(pair, StatementKind.WELCOME) > 0),
    ACKNOWLEDGED(pair -> said(pair, StatementKind.KEYSET_ACK) > 0);

    // Without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<SimPair> reached;

    Formation(Predicate<SimPair> reached) {
      this.reached = reached;
    }
  }

  private static long said(SimPair pair, StatementKind kind) {
    return pair.simulation().network().statements().stream()
        .filter(each -> each.body().kind() == kind)
        .map(SignedStatement::author)
        .distinct()
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void twoClientsAnchorTheirRoundsWithoutACoordinatorBesideThem(int rounds) {
    for (long seed = 700; seed < 702; seed++) {
      SimPair pair = new SimPair(seed, rounds).begin();
      pair.simulation().run(TWO_DAYS);
      for (int side : List.of(ANNOUNCING, STANDING_BY)) {
        assertInstanceOf(Outcome.Anchored.class, pair.outcome(side), "seed " + seed);
        pair.until(() -> !pair.coordinator(side).outcomes().isEmpty());
        assertInstanceOf(Outcome.Anchored.class, pair.coordinator(side).outcomes().getLast());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ANNOUNCING, STANDING_BY})
  void whicheverDiesOnceThePartialsAreExchangedTheOtherBroadcasts(int side) {
    for (long seed = 710; seed < 713; seed++) {
      SimPair pair = new SimPair(seed, 1).begin();
      int other = 1 - side;
      // Nobody is able to broadcast before it has both.
      pair.until(() -> said(pair, StatementKind.PARTIAL_SIGNATURE) == 2);
      assertTrue(
          pair.simulation().chain().spends().stream()
              .noneMatch(spend -> spend.outputs().getFirst().value() > 40_000),
          "broadcast already, seed " + seed);
      pair.kill(side);
      Outcome end = pair.outcome(other);
      assertEquals(new Outcome.Anchored(pair.beacon().displayTxid()), end, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ANNOUNCING, STANDING_BY})
  void whicheverCoordinatorHalfIsGoneTheRoundCompletesWithoutIt(int side) {
    for (Formation point : Formation.values()) {
      SimPair pair = new SimPair(720, 1).begin();
      pair.until(() -> point.reached.test(pair));
      pair.coordinator(side).crash();
      for (int each : List.of(ANNOUNCING, STANDING_BY)) {
        assertInstanceOf(
            Outcome.Anchored.class, pair.outcome(each), point + ", " + pair.member(each).refused());
      }
      var unused = pair.beacon();
    }
  }

  @ParameterizedTest
  @EnumSource(Formation.class)
  void whicheverDiesWhileTheyFormTheOtherEndsByName(Formation point) {
    for (int side : List.of(ANNOUNCING, STANDING_BY)) {
      SimPair pair = new SimPair(730, 1).begin();
      pair.until(() -> point.reached.test(pair));
      pair.kill(side);
      Outcome.Failed failed =
          assertInstanceOf(Outcome.Failed.class, pair.outcome(1 - side), point + " " + side);
      assertTrue(
          Set.of(
                  Code.NO_SUCCESSOR,
                  Code.NOT_ENOUGH,
                  Code.SILENT_MEMBER,
                  Code.NOT_LISTED,
                  Code.DEADLINE_PASSED)
              .contains(failed.code()),
          failed.toString());
      assertTrue(
          pair.simulation().chain().spends().stream()
              .noneMatch(spend -> spend.outputs().getFirst().value() > 40_000));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,60", "0,300", "1,60", "1,300"})
  void whicheverDiesWhileTheyFormAndComesBackTheyAnchorOrBothEndByName(int side, long down) {
    for (Formation point : Formation.values()) {
      SimPair pair = new SimPair(740, 1).begin();
      pair.until(() -> point.reached.test(pair));
      pair.kill(side);
      boolean[] back = {false};
      pair.simulation()
          .time()
          .after(
              Duration.ofSeconds(down),
              () -> {
                pair.comeBack(side);
                back[0] = true;
              });
      pair.until(() -> back[0]);
      Outcome first = pair.outcome(side);
      Outcome second = pair.outcome(1 - side);
      String where = point + ", side " + side + ", " + first + ", " + second;
      if (first instanceof Outcome.Failed && second instanceof Outcome.Failed) {
        // An answer may take two minutes: whoever comes after five may find the other gone.
        assertTrue(down > 120, where);
      } else {
        assertInstanceOf(Outcome.Anchored.class, first, where);
        assertEquals(first, second, where);
      }
    }
  }

  @Test
  void aStrangerNeitherAnswersTheirAnnouncementNorGetsASeat() {
    SimPair pair = new SimPair(750, 1);
    Simulation simulation = pair.simulation();
    simulation.joinBy(policy -> policy.among(Set.of(), simulation.coordinatorKey()));
    var stranger = simulation.addMember(true);
    pair.begin();
    for (int side : List.of(ANNOUNCING, STANDING_BY)) {
      assertInstanceOf(Outcome.Anchored.class, pair.outcome(side));
    }
    assertInstanceOf(ParticipantState.Searching.class, stranger.state());
    assertEquals(
        Code.TERMS_NOT_ACCEPTED, stranger.refused().getFirst().code(), stranger.refused() + "");
    pair.until(() -> !simulation.coordinator().outcomes().isEmpty());
    SignedStatement announcement =
        ((CoordinatorState.InCohort)
                ((CoordinatorState.Closed) simulation.coordinator().state()).last())
            .formed()
            .announcement();
    assertEquals(
        2,
        simulation.network().statements().stream()
            .filter(said -> said.body().kind() == StatementKind.OPT_IN)
            .filter(said -> OptInProof.check(announcement, said).isEmpty())
            .map(SignedStatement::author)
            .distinct()
            .count());
  }

  @Test
  void whoDiedAndForgotWhatItLedSignsNothingElseForTheRound() {
    for (int side : List.of(ANNOUNCING, STANDING_BY)) {
      SimPair pair = new SimPair(760, 1).begin();
      pair.until(() -> said(pair, StatementKind.PARTIAL_SIGNATURE) == 2);
      // A coordinator half with amnesia; the member halves keep what they signed (BC-20).
      pair.coordinator(side).restore(0);
      for (int each : List.of(ANNOUNCING, STANDING_BY)) {
        assertInstanceOf(Outcome.Anchored.class, pair.outcome(each));
        assertEquals(
            1,
            pair.member(each).facts().stream()
                .filter(ParticipantFact.Claimed.class::isInstance)
                .count());
      }
    }
  }
}
