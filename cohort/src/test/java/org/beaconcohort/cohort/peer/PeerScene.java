package org.beaconcohort.cohort.peer;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.LeafCohorts;
import org.beaconcohort.cohort.simulation.SimNotary;
import org.beaconcohort.cohort.simulation.SimParty;
import org.beaconcohort.cohort.simulation.Simulation;
import org.beaconcohort.cohort.tables.Ends;
import org.beaconcohort.cohort.tables.RunTable;

/**
 * A cohort whose members all have an update and fall back to their singletons, and what became of
 * it in words. The same case has the same name in docs/peer-faults.md.
 */
final class PeerScene {
  private static final Duration LONGEST = Duration.ofDays(3);
  private static final Duration PHASE = Duration.ofSeconds(12);

  private final Simulation simulation;
  private final Set<Integer> gone = new HashSet<>();

  private PeerScene(Simulation simulation) {
    this.simulation = simulation;
    simulation.fallBackToSingletons(Instant.MAX);
  }

  /** A coordinator that waits for {@code seats} members, whom two can go on without. */
  static PeerScene of(int seats) {
    return new PeerScene(new Simulation(7_000 + seats, Simulation.terms(2, seats)));
  }

  /** With exactly {@code seats} members. */
  static PeerScene ofExactly(int seats) {
    return new PeerScene(new Simulation(7_100 + seats, Simulation.terms(seats, seats)));
  }

  /** As {@link #of}, with 12 seconds for everything that waits for members alone. */
  static PeerScene hurried(int seats) {
    Deadlines live = Deadlines.live();
    Deadlines hurried =
        new Deadlines(
            live.recruiting(),
            PHASE,
            live.funding(),
            live.listing(),
            PHASE,
            PHASE,
            PHASE,
            live.confirmation());
    return new PeerScene(
        new Simulation(
            7_200 + seats, Simulation.terms(2, seats, 0, 1, NonceCustody.MEMORY, hurried)));
  }

  /** With exactly {@code seats} members, of whom all but one may sign by leaf A. */
  static PeerScene withLeaf(int seats) {
    long seed = 7_300L + seats;
    CohortTerms plain = Simulation.terms(seats, seats);
    PeerScene scene =
        new PeerScene(
            new Simulation(seed, LeafCohorts.inviting(plain, seed, seats, member -> true)));
    scene.simulation.agreeToLeafA(seats - 1);
    return scene;
  }

  Simulation simulation() {
    return simulation;
  }

  /** Adds honest members. */
  PeerScene members(int count) {
    for (int i = 0; i < count; i++) {
      simulation.addMember(true);
    }
    return this;
  }

  /** The coordinator announces. */
  PeerScene begin() {
    simulation.begin();
    return this;
  }

  SimParty<ParticipantState, ParticipantFact> member(int index) {
    return simulation.members().get(index);
  }

  /** What the others hear of a member is what {@code change} makes of it. */
  PeerScene says(int index, UnaryOperator<Statement> change) {
    SimNotary.Forger forger = simulation.forger();
    simulation
        .network()
        .tamper((receiver, said) -> {
          if (!said.author().equals(simulation.statementKey(index))
              || receiver.equals("member-" + index)) {
            return List.of(said);
          }
          Statement other = change.apply(said.body());
          return List.of(other.equals(said.body()) ? said : forger.again(said, other));
        });
    return this;
  }

  /** A member disappears for ever as soon as it is in that state. */
  PeerScene vanishes(int index, Class<? extends ParticipantState> state) {
    assertTrue(
        simulation.runUntil(() -> state.isInstance(member(index).state()), LONGEST),
        () -> state.getSimpleName() + " must be reached, it is " + member(index).state());
    member(index).crash();
    gone.add(index);
    return this;
  }

  /** A member disappears for ever as soon as it has published something of that kind. */
  PeerScene vanishesHavingSaid(int index, StatementKind kind) {
    assertTrue(
        simulation.runUntil(
            () ->
                simulation.network().statements().stream()
                    .anyMatch(said ->
                        said.body().kind() == kind
                            && said.author().equals(simulation.statementKey(index))),
            LONGEST),
        () -> kind + " must be said, it is " + member(index).state());
    member(index).crash();
    gone.add(index);
    return this;
  }

  /** The coordinator disappears for ever as soon as it is in that state. */
  PeerScene coordinatorVanishes(Class<?> state) {
    assertTrue(
        simulation.runUntil(() -> state.isInstance(simulation.coordinator().state()), LONGEST),
        state.getSimpleName());
    simulation.coordinator().crash();
    return this;
  }

  /** Runs until every member that is there has ended, which it must, with its update anchored. */
  PeerScene ends() {
    assertTrue(
        simulation.runUntil(this::over, LONGEST),
        () -> "nobody may hang: " + simulation.members().stream().map(SimParty::state).toList());
    for (int i = 0; i < simulation.members().size(); i++) {
      if (!gone.contains(i)) {
        Outcome outcome = member(i).outcomes().getLast();
        boolean anchored =
            switch (outcome) {
              case Outcome.AnchoredAlone alone -> true;
              case Outcome.Anchored together -> isIncluded(i);
              default -> false;
            };
        assertTrue(
            anchored,
            "member " + i + " must have its update anchored: " + outcome + member(i).refused());
      }
    }
    return this;
  }

  private boolean isIncluded(int index) {
    String did = simulation.dids().get(index).did().text();
    return member(index).state() instanceof ParticipantState.Closed closed
        && closed.last() instanceof ParticipantState.Anchored done
        && done.last().claim().bundle().entries().keySet().stream()
            .anyMatch(entry -> entry.text().equals(did));
  }

  /** Nobody but {@code except} ended otherwise than in a cohort without faults. */
  PeerScene nobodyElseNoticed(Integer... except) {
    Set<Integer> own = Set.of(except);
    for (int i = 0; i < simulation.members().size(); i++) {
      if (!own.contains(i) && !gone.contains(i)) {
        assertInstanceOf(Outcome.Anchored.class, member(i).outcomes().getLast(), "member " + i);
      }
    }
    return this;
  }

  private boolean over() {
    for (int i = 0; i < simulation.members().size(); i++) {
      if (!gone.contains(i) && !(member(i).state() instanceof ParticipantState.Closed)) {
        return false;
      }
    }
    return true;
  }

  /** The row of {@code name} in docs/peer-faults.md must say this. */
  void is(String name) {
    RunTable.in("docs/peer-faults.md").requireRow(List.of("`" + name + "`"), List.of(outcome()));
  }

  private String outcome() {
    List<Outcome> ends = new ArrayList<>();
    for (int i = 0; i < simulation.members().size(); i++) {
      if (!gone.contains(i)) {
        ends.add(member(i).outcomes().getLast());
      }
    }
    return Ends.text(ends, gone.size());
  }
}
