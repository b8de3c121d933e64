package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.tables.Ends;
import org.beaconcohort.cohort.tables.RunTable;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever leads dies at each of the twelve points (signing-safety 2.10), as the first, a middle or
 * the last one of the order, alone or with a signature that all others need: docs/kill-matrix.md.
 */
final class KillMatrixTest {
  private static final int MEMBERS = 4;
  private static final Duration LONGEST = Duration.ofDays(2);

  /** What the times of the table are counted in. */
  private static final Duration UNIT =
      Deadlines.live()
          .response()
          .plus(Deadlines.live().proposal())
          .plus(Deadlines.live().partial());

  /** What has just happened when the leader dies. */
  enum Point {
    ANNOUNCEMENT("announcement", said(StatementKind.ANNOUNCEMENT, 1)),
    HALF_THE_OPT_INS("half the opt-ins", Point::halfHaveOptedIn),
    KEYSET("key set", reached(CoordinatorState.Keying.class)),
    ACKS("acknowledgements", reached(CoordinatorState.AwaitingFunding.class)),
    FUNDING("funding", reached(CoordinatorState.AwaitingListing.class)),
    OPPORTUNITY("opportunity", byLeader(StatementKind.OPPORTUNITY)),
    HALF_THE_RESPONSES("half the responses", said(StatementKind.RESPONSE, MEMBERS / 2)),
    ALL_RESPONSES("all responses", said(StatementKind.RESPONSE, MEMBERS)),
    PROPOSAL("proposal", byLeader(StatementKind.PROPOSAL)),
    HALF_THE_PARTIALS("half the signatures", said(StatementKind.PARTIAL_SIGNATURE, MEMBERS / 2)),
    ALL_PARTIALS("all signatures", said(StatementKind.PARTIAL_SIGNATURE, MEMBERS)),
    BROADCAST("broadcast", (scene, leader) -> scene.isBroadcast());

    private final String words;

    // Predicates over what they are given, without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiPredicate<Scene, Bytes> reached;

    Point(String words, BiPredicate<Scene, Bytes> reached) {
      this.words = words;
      this.reached = reached;
    }

    private static BiPredicate<Scene, Bytes> said(StatementKind kind, int count) {
      return (scene, leader) ->
          scene.statements().stream()
                  .filter(said -> said.body().kind() == kind)
                  .map(SignedStatement::author)
                  .distinct()
                  .count()
              >= count;
    }

    private static BiPredicate<Scene, Bytes> byLeader(StatementKind kind) {
      return (scene, leader) ->
          scene.statements().stream()
              .anyMatch(said -> said.body().kind() == kind && said.author().equals(leader));
    }

    private static BiPredicate<Scene, Bytes> reached(Class<? extends CoordinatorState> state) {
      return (scene, leader) -> state.isInstance(scene.simulation.coordinator().state());
    }

    private static boolean halfHaveOptedIn(Scene scene, Bytes leader) {
      return scene.simulation.coordinator().facts().stream()
              .filter(CoordinatorFact.Noted.class::isInstance)
              .count()
          >= MEMBERS / 2;
    }
  }

  /** Which one of the order dies; those before it lead nothing. */
  enum Place {
    FIRST("first", 0),
    MIDDLE("middle", MEMBERS / 2),
    LAST("last", MEMBERS);

    private final String words;
    private final int epoch;

    Place(String words, int epoch) {
      this.words = words;
      this.epoch = epoch;
    }
  }

  /** What dies with it, and what the cohort has agreed to. */
  enum Loss {
    LEADER("a leader alone"),
    SIGNATURE("with its signature"),
    SIGNATURE_LEAF_A("with its signature, where all but one may sign");

    private final String words;

    Loss(String words) {
      this.words = words;
    }
  }

  @Tag("scenario-4")
  @Tag("scenario-5")
  @Tag("scenario-6")
  @Tag("scenario-7")
  @Tag("scenario-8")
  @Tag("scenario-9")
  @Tag("scenario-10")
  @Tag("scenario-11")
  @Tag("scenario-12")
  @ParameterizedTest
  @EnumSource(Point.class)
  void whereverTheLeaderDiesTheRoundCompletesOrEveryUpdateIsAnchoredAlone(Point point) {
    for (Place place : Place.values()) {
      // The order begins with the round.
      if (place == Place.FIRST || point.compareTo(Point.OPPORTUNITY) >= 0) {
        List<String> shown = new ArrayList<>();
        for (Loss loss : Loss.values()) {
          shown.add(new Scene(point, place, loss).play());
        }
        RunTable.in("docs/kill-matrix.md").requireRow(List.of(point.words, place.words), shown);
      }
    }
  }

  /** One cell of the table. */
  private static final class Scene {
    private final Point point;
    private final Place place;
    private final Loss loss;
    private final Simulation simulation;
    private final Set<Integer> gone = new HashSet<>();
    private boolean dead;

    Scene(Point point, Place place, Loss loss) {
      this.point = point;
      this.place = place;
      this.loss = loss;
      long seed = 8_000L + place.epoch;
      CohortTerms terms =
          Simulation.terms(loss == Loss.SIGNATURE_LEAF_A ? MEMBERS - 1 : 2, MEMBERS);
      if (loss == Loss.SIGNATURE_LEAF_A) {
        this.simulation =
            new Simulation(seed, LeafCohorts.inviting(terms, seed, MEMBERS, member -> true));
      } else {
        this.simulation = new Simulation(seed, terms);
      }
      simulation.fallBackToSingletons(Instant.MAX);
      if (loss == Loss.SIGNATURE_LEAF_A) {
        simulation.agreeToLeafA(MEMBERS - 2);
      }
      for (int i = 0; i < MEMBERS; i++) {
        simulation.addMember(true);
      }
      simulation
          .network()
          .tamper((receiver, said) -> leads(said) && isMute(said) ? List.of() : List.of(said));
    }

    private static boolean leads(SignedStatement said) {
      return switch (said.body().kind()) {
        case OPPORTUNITY, PROPOSAL, EPOCH_CLAIM -> true;
        default -> false;
      };
    }

    /** Leaders before the one that dies, and that one when it is dead. */
    private boolean isMute(SignedStatement said) {
      int epoch =
          order().map(order -> order.epochOf(said.author()).orElse(MEMBERS + 1)).orElse(MEMBERS);
      return epoch < place.epoch || (dead && epoch == place.epoch);
    }

    List<SignedStatement> statements() {
      return simulation.network().statements();
    }

    boolean isBroadcast() {
      return simulation.chain().spends().stream()
          .anyMatch(spend -> spend.outputs().getFirst().value() > 40_000);
    }

    private Optional<SuccessorOrder> order() {
      return simulation.members().stream()
          .map(SimParty::state)
          .filter(ParticipantState.InCohort.class::isInstance)
          .map(state -> ((ParticipantState.InCohort) state).joined().cohort())
          .findFirst()
          .map(cohort -> SuccessorOrder.of(simulation.coordinatorKey(), cohort, 1));
    }

    private Bytes leader() {
      return place == Place.FIRST
          ? simulation.coordinatorKey()
          : order().map(order -> order.leader(place.epoch)).orElse(Bytes.EMPTY);
    }

    String play() {
      simulation.begin();
      if (place != Place.FIRST) {
        reach(Point.FUNDING);
        simulation.coordinator().crash();
      }
      reach(point);
      Instant died = simulation.time().now();
      die();
      String where = this.toString();
      assertTrue(simulation.runUntil(this::over, LONGEST), () -> where + " hangs");
      Duration took = Duration.between(died, simulation.time().now());
      List<Outcome> ends = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        if (!gone.contains(i)) {
          ends.add(simulation.members().get(i).outcomes().getLast());
        }
      }
      assertTrue(
          ends.stream()
              .allMatch(
                  end -> end instanceof Outcome.Anchored || end instanceof Outcome.AnchoredAlone),
          where + ": " + ends);
      if (loss != Loss.SIGNATURE && point.compareTo(Point.ACKS) >= 0 && completes()) {
        assertEquals(
            MEMBERS - gone.size(),
            ends.stream().filter(Outcome.Anchored.class::isInstance).count(),
            where);
      }
      long units = (took.toMillis() + UNIT.toMillis() - 1) / UNIT.toMillis();
      return Ends.text(ends, gone.size()) + ", within " + units;
    }

    /**
     * Whoever dies last takes the order with it. Who led in vain before is ahead of the others, and
     * may be over when leaf A is asked for.
     */
    private boolean completes() {
      return place == Place.FIRST || (place == Place.MIDDLE && loss == Loss.LEADER);
    }

    private void reach(Point some) {
      assertTrue(
          simulation.runUntil(() -> some.reached.test(this, leader()), LONGEST),
          () -> this + " must be reached");
    }

    private void die() {
      dead = true;
      if (place == Place.FIRST) {
        simulation.coordinator().crash();
        if (loss != Loss.LEADER) {
          leaves(0);
        }
        return;
      }
      Bytes leader = leader();
      for (int i = 0; i < MEMBERS; i++) {
        if (loss != Loss.LEADER && simulation.statementKey(i).equals(leader)) {
          leaves(i);
        }
      }
    }

    private void leaves(int member) {
      simulation.members().get(member).crash();
      gone.add(member);
    }

    private boolean over() {
      for (int i = 0; i < MEMBERS; i++) {
        if (!gone.contains(i)
            && !(simulation.members().get(i).state() instanceof ParticipantState.Closed)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return point + ", " + place + ", " + loss.words;
    }
  }
}
