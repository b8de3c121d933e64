package org.beaconcohort.adapter.nostr.relay;

import static org.beaconcohort.adapter.nostr.relay.PoolScene.A;
import static org.beaconcohort.adapter.nostr.relay.PoolScene.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.relay.RelayStatus.State;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.socket.SocketEnd.Cause;
import org.junit.jupiter.api.Test;

final class RelayLinkTest {
  @Test
  void aRelayNamedTwiceIsOne() {
    PoolScene scene = new PoolScene(A, new RelayUrl("WS://A.test:80/"), B);
    assertEquals(List.of(A, B), scene.pool.relays());
  }

  @Test
  void aPoolWithoutRelaysIsRefused() {
    PoolScene scene = new PoolScene(A);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new RelayPool(
                List.of(), scene.relays, scene.loop, new Random(1), PoolSettings.defaults()));
  }

  @Test
  void stateReasonAndTimeAreVisible() {
    PoolScene scene = new PoolScene(A);
    Instant start = scene.loop.now();
    assertEquals(State.CONNECTING, scene.status(A).state());

    scene.opened();
    assertEquals(State.OPEN, scene.status(A).state());

    scene.pass(5);
    scene.relays.at(A).end(Cause.BROKEN, "Connection reset\u001b[2J");
    scene.loop.run();
    assertEquals(State.BACKOFF, scene.status(A).state());
    assertEquals("Connection reset?[2J", scene.status(A).reason());
    assertEquals(start.plusSeconds(5), scene.status(A).since());
  }

  @Test
  void aLostConnectionIsMadeAgainWithGrowingDelays() {
    PoolScene scene = new PoolScene(A);
    Duration longest = Duration.ZERO;
    for (int i = 1; i <= 12; i++) {
      assertEquals(i, scene.relays.attempts(A));
      scene.relays.at(A).end(Cause.BROKEN, "down");
      Instant down = scene.loop.now();
      while (scene.relays.attempts(A) == i) {
        scene.loop.advance(Duration.ofMillis(100));
      }
      Duration delay = Duration.between(down, scene.loop.now());
      assertTrue(delay.toMillis() >= 1_000 && delay.toMillis() <= 60_100, "delay " + delay);
      longest = delay.compareTo(longest) > 0 ? delay : longest;
    }
    assertTrue(longest.toSeconds() > 15, "longest " + longest);
  }

  @Test
  void onlyAConnectionThatHeldForAMinuteCountsAsGoodAgain() {
    PoolScene scene = new PoolScene(A);
    for (int i = 0; i < 10; i++) {
      scene.relays.at(A).open();
      scene.pass(1);
      scene.relays.at(A).end(Cause.CLOSED, "bye");
      scene.pass(61);
    }
    int before = scene.relays.attempts(A);
    scene.relays.at(A).open();
    scene.pass(61);
    scene.relays.at(A).end(Cause.CLOSED, "bye");
    scene.loop.advance(Duration.ofMillis(2_100));
    assertEquals(before + 1, scene.relays.attempts(A));
  }

  @Test
  void aRefusalIsNotRepeatedForMinutes() {
    PoolScene scene = new PoolScene(A);
    scene.relays.at(A).end(Cause.REFUSED, "HTTP 403 Forbidden");
    scene.pass(299);
    assertEquals(State.REFUSED, scene.status(A).state());
    assertEquals("HTTP 403 Forbidden", scene.status(A).reason());
    assertEquals(1, scene.relays.attempts(A));
    scene.pass(2);
    assertEquals(2, scene.relays.attempts(A));
  }

  @Test
  void reconnectNowDoesNotWait() {
    PoolScene scene = new PoolScene(A, B).opened();
    scene.relays.at(A).end(Cause.BROKEN, "network is down");
    scene.loop.run();
    scene.pool.reconnectNow();
    scene.loop.run();
    assertEquals(2, scene.relays.attempts(A));
    assertEquals(1, scene.relays.attempts(B));
    scene.pass(120);
    assertEquals(2, scene.relays.attempts(A));
  }

  @Test
  void whatAnOldConnectionStillSaysIsNotHeard() {
    PoolScene scene = new PoolScene(A).opened();
    PoolScene.Notes notes = new PoolScene.Notes();
    scene.pool.subscribe(List.of(Filter.ofKinds(1)), Subscription.Proof.SIGNATURE, notes);
    scene.loop.run();
    FakeRelays.Connection old = scene.relays.at(A);
    old.end(Cause.BROKEN, "gone");
    scene.pass(3);
    scene.relays.at(A).open();
    old.event("s1.0", PoolScene.event(1, 5, "ghost"));
    old.end(Cause.BROKEN, "gone again");
    scene.loop.run();

    assertEquals(List.of(), notes.taken());
    assertEquals(State.OPEN, scene.status(A).state());
  }

  @Test
  void garbageIsCountedAndChangesNothing() {
    PoolScene scene = new PoolScene(A).opened();
    FakeRelays.Connection relay = scene.relays.at(A);
    for (String garbage : List.of("", "null", "[]", "{\"a\":", "[\"EVENT\"]", "\u0000")) {
      relay.say(garbage);
    }
    relay.say("[\"NOTICE\",\"slow down\\u0007\"]");
    relay.say("[\"EOSE\",\"nobody asked\"]");
    relay.say("[\"CLOSED\",\"nobody asked\",\"error: x\"]");
    relay.say("[\"OK\",\"" + "00".repeat(32) + "\",true,\"\"]");
    relay.say("[\"AUTH\",\"challenge\"]");
    relay.event("nobody asked", PoolScene.event(1, 5, "x"));
    scene.loop.run();

    RelayStatus status = scene.status(A);
    assertEquals(State.OPEN, status.state());
    assertEquals("notice: slow down?", status.reason());
    assertEquals(6, status.counts().malformed());
    assertEquals(1, status.counts().notices());
    assertEquals(1, status.counts().unasked());
    assertEquals(0, status.counts().delivered());
    assertEquals(1, scene.relays.attempts(A));
  }

  @Test
  void aRelayThatSendsFasterThanWeLookIsDroppedAndTriedAgain() {
    PoolSettings d = PoolSettings.defaults();
    PoolSettings small =
        new PoolSettings(
            d.maxFrame(), d.events(), 10, 1_000, d.seenEvents(), d.publications(), d.patience());
    PoolScene scene = new PoolScene(small, A, B).opened();
    for (int i = 0; i < 50; i++) {
      scene.relays.at(A).say("[\"NOTICE\",\"flood\"]");
    }
    scene.loop.run();

    assertEquals(State.BACKOFF, scene.status(A).state());
    assertEquals("sent more than we can look at", scene.status(A).reason());
    assertTrue(scene.relays.at(A).wasAborted());
    assertEquals(State.OPEN, scene.status(B).state());
    scene.pass(3);
    assertEquals(2, scene.relays.attempts(A));
  }

  @Test
  void aClosedPoolIsSilent() {
    PoolScene scene = new PoolScene(A, B).opened();
    scene.pool.close();
    scene.loop.run();
    scene.relays.at(A).end(Cause.CLOSED, "bye");
    scene.pool.reconnectNow();
    scene.pass(10_000);

    assertEquals(State.CLOSED, scene.status(A).state());
    assertTrue(scene.relays.at(B).wasClosed());
    assertEquals(1, scene.relays.attempts(A));
    assertEquals(0, scene.loop.waiting());
  }
}
