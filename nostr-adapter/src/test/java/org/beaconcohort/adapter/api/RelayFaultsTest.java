package org.beaconcohort.adapter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.Progress.Step;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/peer-faults.md: relays that are silent, refuse, die or restart. */
@Timeout(120)
final class RelayFaultsTest {
  private static final Duration AWAY = Duration.ofSeconds(3);
  private static final Duration HURRIED = Duration.ofSeconds(12);

  /** All at the end and at once: whose relay is dead, it waits a little for its last words. */
  private static final Closing CLOSING = new Closing();

  private final FixtureRelay one = CLOSING.later(FixtureRelay.start(0, RelayLimits.defaults()));
  private final FixtureRelay two = CLOSING.later(FixtureRelay.start(0, RelayLimits.defaults()));

  private static RelayScene scene(String... relays) {
    return CLOSING.later(new RelayScene(List.of(relays)));
  }

  @AfterAll
  static void closeEverything() {
    CLOSING.close();
  }

  private static String deadUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "ws://127.0.0.1:" + free.getLocalPort();
    }
  }

  @Tag("peer-two-relays-both-ok")
  @Test
  void twoRelaysBothOk() throws Exception {
    together(scene(one.url(), two.url())).anchorsEverybody("two-relays-both-ok");
  }

  private static RelayScene together(RelayScene scene) {
    return scene.funds().announces(progress -> {}).members(RelayScene.MEMBERS);
  }

  @Tag("peer-two-relays-one-refusing")
  @Test
  void twoRelaysOneRefusing() throws Exception {
    together(scene(one.url(), deadUrl())).anchorsEverybody("two-relays-one-refusing");
  }

  @Tag("peer-two-relays-one-silent-ws")
  @Test
  void twoRelaysOneSilentWs() throws Exception {
    silent(SilentServer.webSocket(two.url()), "two-relays-one-silent-ws");
  }

  @Tag("peer-two-relays-one-silent-tcp")
  @Test
  void twoRelaysOneSilentTcp() throws Exception {
    silent(SilentServer.tcp(), "two-relays-one-silent-tcp");
  }

  private void silent(SilentServer server, String name) throws Exception {
    var unused = CLOSING.later(server);
    together(scene(one.url(), server.url())).anchorsEverybody(name);
    assertTrue(server.connections() > RelayScene.MEMBERS, "everybody tries it");
  }

  @Tag("peer-two-relays-one-dies-midround")
  @Test
  void twoRelaysOneDiesMidround() throws Exception {
    scene(one.url(), two.url())
        .funds()
        .announces(progress -> {
          if (progress instanceof Progress.Heard heard && heard.step() == Step.RESPONDED) {
            two.stop();
          }
        })
        .members(RelayScene.MEMBERS)
        .anchorsEverybody("two-relays-one-dies-midround");
  }

  @Tag("peer-two-relays-split-members")
  @Test
  void twoRelaysSplitMembers() throws Exception {
    RelayScene scene = CLOSING.later(new RelayScene(List.of(one.url(), two.url()), HURRIED));
    scene.funds().announces(progress -> {});
    scene.member(List.of(one.url())).member(List.of(two.url())).member(List.of(one.url()));
    scene.is("two-relays-split-members");
  }

  @Tag("peer-only-relay-dead-publish-accepted")
  @Test
  void onlyRelayDeadPublishAccepted() throws Exception {
    RelayScene scene = scene(one.url());
    one.stop();
    scene.announces(progress -> {}).when(Progress.Trouble.class);
    assertEquals(
        List.of(),
        scene.told().stream().filter(Progress.CandidateJoined.class::isInstance).toList());
    RelayScene.is("only-relay-dead-publish-accepted", "told that no relay took it");
  }

  @Tag("peer-relay-restart-after-keygen")
  @Test
  void relayRestartAfterKeygen() throws Exception {
    RelayScene scene = scene(one.url());
    scene.funds().announces(stopsAt(Progress.CohortFormed.class)).members(RelayScene.MEMBERS);
    back(scene, Progress.CohortFormed.class);
    scene.anchorsEverybody("relay-restart-after-keygen");
  }

  @Tag("peer-relay-restart-after-signing-started")
  @Test
  void relayRestartAfterSigningStarted() throws Exception {
    RelayScene scene = scene(one.url());
    scene.funds().announces(stopsAt(Progress.Proposed.class)).members(RelayScene.MEMBERS);
    back(scene, Progress.Proposed.class);
    scene.anchorsEverybody("relay-restart-after-signing-started");
  }

  @Tag("peer-relay-restart-quiet")
  @Test
  void relayRestartQuiet() throws Exception {
    quiet(scene(one.url()), "relay-restart-quiet");
  }

  @Tag("peer-relay-restart-quiet-timeouts")
  @Test
  void relayRestartQuietTimeouts() throws Exception {
    quiet(
        CLOSING.later(new RelayScene(List.of(one.url()), HURRIED)), "relay-restart-quiet-timeouts");
  }

  /** Everybody waits for the funding. */
  private void quiet(RelayScene scene, String name) throws Exception {
    scene.announces(progress -> {}).members(RelayScene.MEMBERS).when(Progress.CohortFormed.class);
    one.stop();
    comesBack();
    scene.funds().anchorsEverybody(name);
  }

  @Tag("peer-relay-restart-before-optin")
  @Test
  void relayRestartBeforeOptin() throws Exception {
    RelayScene scene = scene(one.url());
    scene.funds().announces(progress -> {}).when(Progress.Announced.class);
    RelayScene.until(() -> !one.storedEvents().isEmpty(), "announcement");
    one.stop();
    scene.members(RelayScene.MEMBERS);
    comesBack();
    scene.anchorsEverybody("relay-restart-before-optin");
  }

  @Tag("peer-relay-restart-readvert")
  @Test
  void relayRestartReadvert() throws Exception {
    RelayScene scene = scene(one.url());
    scene
        .funds()
        .announces(progress -> {})
        .members(RelayScene.MEMBERS - 1)
        .when(Progress.CandidateJoined.class);
    one.stop();
    comesBack();
    scene.members(1).anchorsEverybody("relay-restart-readvert");
  }

  private Consumer<Progress> stopsAt(Class<? extends Progress> type) {
    return progress -> {
      if (type.isInstance(progress)) {
        one.stop();
      }
    };
  }

  private void back(RelayScene scene, Class<? extends Progress> type) throws Exception {
    scene.when(type);
    comesBack();
  }

  private void comesBack() throws Exception {
    CompletableFuture.runAsync(
            one::restart, CompletableFuture.delayedExecutor(AWAY.toMillis(), TimeUnit.MILLISECONDS))
        .get();
  }
}
