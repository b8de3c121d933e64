package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.Succeeding;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.cohort.view.Round;
import org.junit.jupiter.api.Test;

/** A process dies in the appends of a succession, before and after they are durable. */
final class SuccessionRestartTest {
  /** The first append in such a state. */
  private record Point<S>(String name, Predicate<S> is) {}

  private static final List<Point<ParticipantState>> OF_MEMBER =
      List.of(
          new Point<>("learns of the next", state -> knows(state)),
          new Point<>(
              "ends a round and knows the next",
              state -> knows(state) && state instanceof ParticipantState.Final),
          new Point<>("asks its documents", state -> state instanceof Succeeding),
          new Point<>(
              "is ready for the last round",
              state ->
                  state instanceof ParticipantState.Ready ready
                      && made(ready.joined(), StatementKind.SWEEP_REQUEST)),
          new Point<>("weighs it", in(ParticipantState.Weighing.class, each -> each.round())),
          new Point<>("responded", in(ParticipantState.Responded.class, each -> each.round())),
          new Point<>(
              "claimed",
              in(ParticipantState.Claimed.class, each -> each.claim().attempt().round())),
          new Point<>(
              "signed", in(ParticipantState.Signed.class, each -> each.claim().attempt().round())),
          new Point<>(
              "completed it",
              in(ParticipantState.Final.class, each -> each.claim().attempt().round())));

  private static final List<Point<CoordinatorState>> OF_COORDINATOR =
      List.of(
          new Point<>(
              "learns of the next",
              state ->
                  state instanceof CoordinatorState.InCohort formed
                      && !formed.formed().said().of(StatementKind.SUCCESSION).isEmpty()),
          new Point<>(
              "hears who is ready",
              state ->
                  state instanceof CoordinatorState.AwaitingListing listing
                      && !listing.formed().said().of(StatementKind.SWEEP_REQUEST).isEmpty()),
          new Point<>(
              "opens the last round", of(CoordinatorState.Opening.class, each -> each.round())),
          new Point<>("collects", of(CoordinatorState.Collecting.class, each -> each.round())),
          new Point<>(
              "waits for signatures",
              of(CoordinatorState.AwaitingPartials.class, each -> each.attempt().round())),
          new Point<>(
              "publishes it",
              of(CoordinatorState.Publishing.class, each -> each.attempt().round())));

  private static boolean knows(ParticipantState state) {
    return state instanceof InCohort inCohort
        && !inCohort.joined().said().of(StatementKind.SUCCESSION).isEmpty();
  }

  private static boolean made(Joined joined, StatementKind kind) {
    return joined.made().stream().anyMatch(made -> made.statement().body().kind() == kind);
  }

  private static <T> Predicate<ParticipantState> in(Class<T> type, Function<T, Round> round) {
    return state -> type.isInstance(state) && round.apply(type.cast(state)).successor().isPresent();
  }

  private static <T> Predicate<CoordinatorState> of(Class<T> type, Function<T, Round> round) {
    return state -> type.isInstance(state) && round.apply(type.cast(state)).successor().isPresent();
  }

  @Test
  void aMemberThatStaysAndStartsAgainAnywhereIsSucceededLikeOneThatNeverStopped() {
    everyPoint(OF_MEMBER, simulation -> simulation.members().get(0), "who stays");
  }

  @Test
  void aMemberThatLeavesAndStartsAgainAnywhereIsSucceededLikeOneThatNeverStopped() {
    List<Point<ParticipantState>> points =
        OF_MEMBER.stream().filter(point -> !point.name().equals("asks its documents")).toList();
    everyPoint(points, simulation -> simulation.members().get(1), "who leaves");
  }

  @Test
  void aCoordinatorThatStartsAgainAnywhereIsSucceededLikeOneThatNeverStopped() {
    everyPoint(OF_COORDINATOR, Simulation::coordinator, "who leads");
  }

  private static <S> void everyPoint(
      List<Point<S>> points, Function<Simulation, SimParty<S, ?>> whose, String who) {
    for (Point<S> point : points) {
      for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
        Handover handover = Handover.ofTwo(91);
        Simulation simulation = handover.simulation();
        SimParty<S, ?> party = whose.apply(simulation);
        party.crashAndRestart(
            append ->
                party.restarts().isEmpty() && point.is().test(party.state())
                    ? moment
                    : Moment.NEVER,
            Duration.ofSeconds(1));
        simulation.run(Duration.ofDays(5));

        String where = who + " " + point.name() + ", " + moment;
        assertEquals(1, party.restarts().size(), where);
        Restarts.check(simulation, where);
        for (var each : Restarts.everyone(simulation)) {
          assertInstanceOf(Outcome.SucceededBy.class, each.outcomes().get(0), where);
        }
        assertEquals(
            Optional.empty(),
            Restarts.code(handover.next().coordinator().outcomes().get(0)),
            where);
      }
    }
    System.out.println("Crash points of a succession, " + who + ": " + 2 * points.size());
  }
}
