package org.beaconcohort.cohort.peer;

import java.time.Duration;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/peer-faults.md: who comes late or too many, and announcements that come again. */
final class LatecomersTest {
  @Tag("peer-late-before-full")
  @Test
  void lateBeforeFull() {
    PeerScene scene = PeerScene.ofExactly(3).members(2).begin();
    after(scene, Duration.ofMinutes(5));
    scene.members(1).ends().nobodyElseNoticed().is("late-before-full");
  }

  @Tag("peer-late-after-keygen")
  @Test
  void lateAfterKeygen() {
    PeerScene scene = PeerScene.ofExactly(2).members(2).begin();
    boolean formed =
        scene
            .simulation()
            .runUntil(
                () ->
                    scene.simulation().coordinator().state()
                        instanceof CoordinatorState.AwaitingListing,
                Duration.ofDays(1));
    scene.members(1).ends().nobodyElseNoticed(formed ? 2 : -1).is("late-after-keygen");
  }

  @Tag("peer-late-beyond-lookback")
  @Test
  void lateBeyondLookback() {
    PeerScene scene = PeerScene.ofExactly(3).members(2).begin();
    after(scene, Duration.ofSeconds(590));
    scene.members(1).ends().nobodyElseNoticed().is("late-beyond-lookback");
  }

  @Tag("peer-late-beyond-lookback-readvert")
  @Test
  void lateBeyondLookbackReadvert() {
    PeerScene scene = PeerScene.ofExactly(3).members(2).begin();
    after(scene, Duration.ofSeconds(590));
    again(scene.simulation());
    scene.members(1).ends().nobodyElseNoticed().is("late-beyond-lookback-readvert");
  }

  @Tag("peer-surplus-5-for-3")
  @Test
  void surplus5For3() {
    PeerScene.ofExactly(3).members(5).begin().ends().is("surplus-5-for-3");
  }

  @Tag("peer-duplicate-adverts")
  @Test
  void duplicateAdverts() {
    PeerScene scene = PeerScene.ofExactly(3).members(3).begin();
    everyThird(scene.simulation(), 400);
    scene.ends().nobodyElseNoticed().is("duplicate-adverts");
  }

  private static void everyThird(Simulation simulation, int times) {
    simulation
        .time()
        .after(
            Duration.ofMillis(300),
            () -> {
              again(simulation);
              if (times > 1) {
                everyThird(simulation, times - 1);
              }
            });
  }

  @Tag("peer-advert-copied-by-attacker")
  @Test
  void advertCopiedByAttacker() {
    PeerScene scene = PeerScene.ofExactly(3).members(3).begin();
    after(scene, Duration.ofSeconds(1));
    copied(scene);
    scene.ends().nobodyElseNoticed().is("advert-copied-by-attacker");
  }

  @Tag("peer-advert-hijack-comm-key")
  @Test
  void advertHijackCommKey() {
    PeerScene scene = PeerScene.ofExactly(3).members(2).begin();
    after(scene, Duration.ofSeconds(1));
    copied(scene);
    after(scene, Duration.ofMinutes(5));
    scene.simulation().pinCoordinator();
    scene.members(1).ends().nobodyElseNoticed().is("advert-hijack-comm-key");
  }

  private static void copied(PeerScene scene) {
    Announced first = Announced.in(scene.simulation());
    scene
        .simulation()
        .network()
        .inject(
            new Stranger(scene.simulation()).inTheNameOf(first.statement(), first.body()),
            new Recipient.Everyone());
  }

  private static void again(Simulation simulation) {
    simulation.network().inject(Announced.in(simulation).statement(), new Recipient.Everyone());
  }

  private static void after(PeerScene scene, Duration time) {
    Simulation simulation = scene.simulation();
    boolean[] there = {false};
    simulation.time().after(time, () -> there[0] = true);
    var unused = simulation.runUntil(() -> there[0], time.plusSeconds(1));
  }
}
