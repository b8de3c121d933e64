package org.beaconcohort.cohort.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.bitcoin.SignalOutput;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.simulation.SimJournal.Moment;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Successors that the terms name, before the keys and after (2.2 P0 and P1). */
final class SuccessorTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  @Tag("scenario-1")
  @Test
  void afterTheAnnouncementANamedSuccessorFormsTheCohort() {
    Scene scene = new Scene(500, 3, 1);
    scene.until(() -> scene.member(0).state() instanceof ParticipantState.Discovered);
    scene.simulation.coordinator().crash();
    scene.everybodyIsAnchored();
  }

  @Tag("scenario-2")
  @Test
  void afterHalfOfTheOptInsANamedSuccessorFormsTheCohort() {
    Scene scene = new Scene(501, 4, 1);
    scene.until(() ->
        scene.simulation.coordinator().state() instanceof CoordinatorState.Recruiting recruiting
            && recruiting.optIns().size() == 2);
    scene.simulation.coordinator().crash();
    scene.everybodyIsAnchored();
  }

  @Tag("scenario-3")
  @Test
  void afterTheKeySetANamedSuccessorGoesOnWithIt() {
    for (Class<?> state :
        List.of(CoordinatorState.Welcoming.class, CoordinatorState.Keying.class)) {
      Scene scene = new Scene(502, 3, 1);
      scene.until(() -> state.isInstance(scene.simulation.coordinator().state()));
      scene.simulation.coordinator().crash();
      scene.everybodyIsAnchored();
    }
  }

  @Tag("scenario-4")
  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.AwaitingFunding.class,
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class,
        CoordinatorState.Publishing.class,
      })
  void afterTheAcknowledgementsANamedSuccessorLeads(Class<?> state) {
    Scene scene = new Scene(503, 3, 1);
    scene.until(() -> state.isInstance(scene.simulation.coordinator().state()));
    scene.simulation.coordinator().crash();
    scene.everybodyIsAnchored();
  }

  @Tag("scenario-1")
  @Tag("scenario-2")
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void withoutASuccessorEveryCandidateEndsByThatName(int optIns) {
    Scene scene = new Scene(504, 3, 0);
    scene.until(() ->
        scene.simulation.coordinator().state() instanceof CoordinatorState.Recruiting recruiting
            && recruiting.optIns().size() == optIns
            && scene.member(0).state() instanceof ParticipantState.OptedIn);
    scene.simulation.coordinator().crash();
    scene.until(scene::everybodyHasEnded);
    for (var member : scene.simulation.members()) {
      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, member.outcomes().getFirst());
      assertEquals(Code.NO_SUCCESSOR, failed.code());
    }
  }

  @Test
  void aSuccessorThatIsSilentTooIsFollowedByTheNext() {
    Scene scene = new Scene(505, 3, 2);
    scene.until(() -> scene.member(0).state() instanceof ParticipantState.OptedIn);
    scene.simulation.coordinator().crash();
    scene.successors.get(0).crash();
    scene.everybodyIsAnchored();
  }

  @Test
  void aCoordinatorThatLivesIsNeverReplaced() {
    for (long seed = 506; seed < 510; seed++) {
      Scene scene = new Scene(seed, 3, 2);
      scene.everybodyIsAnchored();
      for (var successor : scene.successors) {
        assertTrue(
            successor.facts().stream().noneMatch(CoordinatorFact.EnrolmentClosed.class::isInstance),
            "seed " + seed);
      }
      assertEquals(
          1,
          scene.simulation.network().statements().stream()
              .filter(said -> said.body().kind() == StatementKind.KEYSET_PROPOSAL)
              .map(said -> said.id())
              .distinct()
              .count());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 130, 235, 240, 245, 250, 260, 300, 900})
  void aCoordinatorThatComesBackBesideItsSuccessorFundsNoSecondAddress(long downSeconds) {
    for (Class<?> state :
        List.of(CoordinatorState.DrawingChannel.class, CoordinatorState.Keying.class)) {
      Scene scene = new Scene(510, 3, 1);
      boolean[] once = {true};
      scene
          .simulation
          .coordinator()
          .crashAndRestart(
              append -> {
                boolean now = once[0] && state.isInstance(scene.simulation.coordinator().state());
                once[0] &= !now;
                return now ? Moment.BEFORE : Moment.NEVER;
              },
              Duration.ofSeconds(downSeconds));
      scene.everybodyIsAnchored();
    }
  }

  @Test
  void aSuccessorThatStartsAgainAnywhereEndsLikeOneThatNeverStopped() {
    int points = 0;
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      boolean reached = true;
      for (int at = 1; reached; at++) {
        int point = at;
        Scene scene = new Scene(520, 2, 1);
        var successor = scene.successors.getFirst();
        successor.crashAndRestart(
            append -> append == point ? moment : Moment.NEVER, Duration.ofSeconds(1));
        scene.until(() -> scene.member(0).state() instanceof ParticipantState.OptedIn);
        scene.simulation.coordinator().crash();
        scene.everybodyIsAnchored();
        reached = !successor.restarts().isEmpty();
        points += reached ? 1 : 0;
      }
    }
    System.out.println("Crash points of a named successor: " + points);
    assertTrue(points > 20, "crash points must be many, got " + points);
  }

  @Tag("scenario-35")
  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.Recruiting.class,
        CoordinatorState.Keying.class,
        CoordinatorState.AwaitingFunding.class,
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class,
      })
  void aSuccessorOnAnEmptyDiskGoesOnFromRelaysAndItsKey(Class<?> state) {
    for (int seconds : new int[] {0, 20, 60}) {
      Scene scene = new Scene(540, 3, 1, false);
      scene.until(() -> state.isInstance(scene.simulation.coordinator().state()));
      scene.simulation.coordinator().crash();
      scene.simulation.runUntil(() -> false, Duration.ofSeconds(seconds));
      scene.standBy();
      scene.everybodyIsAnchored();
      assertEquals(1, scene.claimed().size(), "one attempt, " + seconds + " s later");
    }
  }

  @Tag("scenario-35")
  @ParameterizedTest
  @ValueSource(
      classes = {
        CoordinatorState.AwaitingListing.class,
        CoordinatorState.Collecting.class,
        CoordinatorState.AwaitingPartials.class,
      })
  void aSuccessorWhoseDiskIsLostWhileItLeadsGoesOnWithTheSameAttempt(Class<?> state) {
    Scene scene = new Scene(541, 3, 1);
    scene.until(() -> scene.member(0).state() instanceof ParticipantState.OptedIn);
    scene.simulation.coordinator().crash();
    var successor = scene.successors.getFirst();
    scene.until(() -> state.isInstance(successor.state()));
    successor.beginWith(List.of());
    scene.everybodyIsAnchored();
    assertEquals(1, scene.claimed().size(), "one attempt");
  }

  @Test
  void aStrangersWelcomeDisturbsNobody() {
    Scene scene = new Scene(530, 3, 1);
    scene.until(() -> scene.member(0).state() instanceof ParticipantState.OptedIn);
    SimNotary stranger =
        new SimNotary(SecretKey.generate(new SeededRandom(7)), () -> Simulation.START);
    CoordinatorState.Recruiting recruiting =
        (CoordinatorState.Recruiting) scene.simulation.coordinator().state();
    List<Bytes> inboxes = new ArrayList<>();
    recruiting.optIns().forEach(said -> inboxes.add(((OptIn) said.body()).inboxKey()));
    inboxes.addAll(scene.keys());
    scene
        .simulation
        .network()
        .inject(
            stranger.sign(
                new Header(
                    recruiting.announcement().id(),
                    Bytes.EMPTY,
                    Bytes.of(new byte[16]),
                    0,
                    Bytes.EMPTY,
                    0),
                new Welcome(
                    new ChannelKey(Bytes.of(new byte[32])), Bytes.of(new byte[32]), Bytes.EMPTY)),
            new Recipient.Inboxes(inboxes));
    scene.everybodyIsAnchored();
  }

  /** Members, a coordinator and successors. */
  private static final class Scene {
    private final Simulation simulation;
    private final List<SecretKey> secrets = new ArrayList<>();
    private final List<SimParty<CoordinatorState, CoordinatorFact>> successors = new ArrayList<>();

    Scene(long seed, int members, int count) {
      this(seed, members, count, true);
    }

    Scene(long seed, int members, int count, boolean standingBy) {
      for (int i = 0; i < count; i++) {
        secrets.add(SecretKey.generate(new SeededRandom(9_000 + seed * 10 + i)));
      }
      simulation =
          new Simulation(
              seed, Simulation.withSuccessors(Simulation.terms(members, members), keys()));
      for (int i = 0; i < members; i++) {
        simulation.addMember(i != 1);
      }
      if (standingBy) {
        standBy();
      }
      simulation.begin();
    }

    void standBy() {
      secrets.forEach(key -> successors.add(simulation.standBy(key)));
    }

    /** The T of every attempt that somebody claimed a nonce for. */
    Set<Bytes> claimed() {
      return simulation.members().stream()
          .flatMap(member -> member.facts().stream())
          .filter(ParticipantFact.Claimed.class::isInstance)
          .map(fact -> ((ParticipantFact.Claimed) fact).transcript())
          .collect(Collectors.toUnmodifiableSet());
    }

    List<Bytes> keys() {
      return secrets.stream().map(SecretKey::xOnlyPublicKey).toList();
    }

    SimParty<ParticipantState, ParticipantFact> member(int number) {
      return simulation.members().get(number);
    }

    void until(BooleanSupplier reached) {
      assertTrue(simulation.runUntil(reached, TWO_DAYS));
    }

    boolean everybodyHasEnded() {
      return simulation.members().stream()
          .allMatch(member -> member.state() instanceof ParticipantState.Closed);
    }

    void everybodyIsAnchored() {
      Instant from = simulation.time().now();
      until(this::everybodyHasEnded);
      Duration took = Duration.between(from, simulation.time().now());
      List<String> txids =
          simulation.chain().spends().stream()
              .filter(spend ->
                  SignalOutput.of(spend).isPresent() && spend.outputs().get(0).value() > 40_000)
              .map(spend -> spend.displayTxid())
              .toList();
      assertEquals(1, txids.size(), "one beacon transaction, after " + took);
      for (var member : simulation.members()) {
        assertEquals(
            new Outcome.Anchored(txids.getFirst()),
            member.outcomes().getFirst(),
            member.refused().toString());
      }
    }
  }
}
