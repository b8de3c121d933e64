package org.beaconcohort.adapter.nostr.relay;

import static org.beaconcohort.adapter.nostr.relay.PoolScene.A;
import static org.beaconcohort.adapter.nostr.relay.PoolScene.B;
import static org.beaconcohort.adapter.nostr.relay.PoolScene.C;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.Refusal;
import org.beaconcohort.adapter.nostr.publish.Delivery;
import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.socket.SocketEnd.Cause;
import org.junit.jupiter.api.Test;

final class PublicationTest {
  private static final NostrEvent EVENT = PoolScene.event(1, 5, "news");
  private static final String SENT = "[\"EVENT\"," + EVENT.toJson() + "]";
  private static final String ASKED_BACK =
      "[\"REQ\",\"read-back\",{\"ids\":[\"" + EVENT.id() + "\"]}]";

  private final List<PublishResult> results = new ArrayList<>();

  private Publication publish(PoolScene scene, int quorum, boolean readBack) {
    Publication publication =
        scene.pool.publish(EVENT, new PublishTerms(quorum, readBack, Duration.ofMinutes(10)));
    publication.result().thenAccept(results::add);
    scene.loop.run();
    return publication;
  }

  @Test
  void quorumsAreThoseOfTheRule() {
    int[] expected = {1, 1, 2, 3, 3, 4, 4};
    for (int relays = 1; relays <= expected.length; relays++) {
      assertEquals(expected[relays - 1], PublishTerms.quorumOf(relays), "relays " + relays);
    }
    assertThrows(IllegalArgumentException.class, () -> PublishTerms.quorumOf(0));
  }

  @Test
  void theResultComesWithTheQuorumAndNamesTheRelaysThatAccepted() {
    PoolScene scene = new PoolScene(A, B, C).opened();
    Publication publication = publish(scene, 2, false);
    assertEquals(List.of(SENT), scene.relays.at(A).taken());

    scene.relays.at(A).ok(EVENT, true, "");
    scene.loop.run();
    assertEquals(List.of(), results);
    scene.relays.at(C).ok(EVENT, false, "duplicate: have it");
    scene.loop.run();

    assertEquals(List.of(A, C), results.getFirst().accepted());
    assertTrue(results.getFirst().reachedQuorum());
    scene.relays.at(B).ok(EVENT, true, "");
    scene.loop.run();
    assertEquals(List.of(A, B, C), publication.progress().accepted());
    assertEquals(1, results.size());
  }

  @Test
  void refusalsAreKeptByTheirWordAndEndAHopelessPublicationAtOnce() {
    PoolScene scene = new PoolScene(A, B, C).opened();
    publish(scene, 2, false);
    scene.relays.at(A).ok(EVENT, true, "");
    scene.relays.at(B).ok(EVENT, false, "blocked: not you");
    scene.loop.run();
    assertEquals(List.of(), results);
    scene.relays.at(C).ok(EVENT, false, "oh: pow: 20 bits needed");
    scene.loop.run();

    PublishResult result = results.getFirst();
    assertFalse(result.reachedQuorum());
    assertEquals(List.of(A), result.accepted());
    assertEquals(
        new Delivery.Refused(Refusal.BLOCKED, "blocked: not you"), result.deliveries().get(B));
    assertEquals(
        new Delivery.Refused(Refusal.POW, "oh: pow: 20 bits needed"), result.deliveries().get(C));
  }

  @Test
  void noAnswerIsUnknownAndTheSameBytesAreSentAgain() {
    PoolScene scene = new PoolScene(A).opened();
    Publication publication = publish(scene, 1, false);
    scene.relays.at(A).taken();
    scene.pass(10);
    assertEquals(new Delivery.Unknown(), publication.progress().deliveries().get(A));
    scene.pass(3);
    assertEquals(List.of(SENT), scene.relays.at(A).taken());
    scene.relays.at(A).ok(EVENT, true, "duplicate: have this event");
    scene.loop.run();
    assertTrue(results.getFirst().reachedQuorum());
  }

  @Test
  void anAnswerAfterTheTimeCounts() {
    PoolScene scene = new PoolScene(A).opened();
    publish(scene, 1, false);
    scene.pass(10);
    scene.relays.at(A).ok(EVENT, true, "");
    scene.pass(60);
    assertTrue(results.getFirst().reachedQuorum());
    assertEquals(List.of(SENT), scene.relays.at(A).taken());
  }

  @Test
  void aPassingRefusalIsTriedAgainMoreSlowly() {
    PoolScene scene = new PoolScene(A).opened();
    publish(scene, 1, false);
    scene.relays.at(A).taken();
    scene.relays.at(A).ok(EVENT, false, "rate-limited: easy now");
    scene.pass(3);
    assertEquals(List.of(SENT), scene.relays.at(A).taken());

    for (int i = 0; i < 2; i++) {
      NostrEvent more = PoolScene.event(1, 6, "more news " + i);
      scene.pool.publish(more, new PublishTerms(1, false, Duration.ofMinutes(1)));
    }
    scene.loop.run();
    assertEquals(1, scene.relays.at(A).taken().size());
    scene.loop.advance(Duration.ofMillis(499));
    assertEquals(0, scene.relays.at(A).taken().size());
    scene.loop.advance(Duration.ofMillis(1));
    assertEquals(1, scene.relays.at(A).taken().size());
  }

  @Test
  void anEventWaitsForItsRelayAndIsSentAfterAReconnection() {
    PoolScene scene = new PoolScene(A);
    Publication publication = publish(scene, 1, false);
    assertEquals(
        new Delivery.Waiting("relay is not connected"), publication.progress().deliveries().get(A));
    scene.opened();
    assertEquals(List.of(SENT), scene.relays.at(A).taken());
    scene.relays.at(A).end(Cause.BROKEN, "gone");
    scene.loop.run();
    assertEquals(new Delivery.Unknown(), publication.progress().deliveries().get(A));
    scene.pass(3);
    scene.relays.at(A).open();
    scene.loop.run();
    assertEquals(List.of(SENT), scene.relays.at(A).taken());
  }

  @Test
  void whatOneRelayAcceptedIsNotSentToItAgain() {
    PoolScene scene = new PoolScene(A, B).opened();
    publish(scene, 2, false);
    scene.relays.at(A).ok(EVENT, true, "");
    scene.loop.run();
    scene.relays.at(A).end(Cause.BROKEN, "gone");
    scene.pass(3);
    scene.relays.at(A).open();
    scene.loop.run();
    assertEquals(List.of(), scene.relays.at(A).taken());
  }

  @Test
  void patienceEndsWithWhatIsKnown() {
    PoolScene scene = new PoolScene(A, B).opened();
    publish(scene, 2, false);
    scene.relays.at(A).ok(EVENT, true, "");
    scene.pass(599);
    assertEquals(List.of(), results);
    scene.pass(2);
    assertEquals(List.of(A), results.getFirst().accepted());
    assertFalse(results.getFirst().reachedQuorum());
    scene.relays.at(B).taken();
    scene.pass(600);
    assertEquals(List.of(), scene.relays.at(B).taken());
  }

  @Test
  void withReadBackOnlyARelayThatGivesTheEventOutCounts() {
    PoolScene scene = new PoolScene(A).opened();
    Publication publication = publish(scene, 1, true);
    FakeRelays.Connection relay = scene.relays.at(A);
    relay.taken();
    relay.ok(EVENT, true, "");
    scene.loop.run();
    assertEquals(List.of(ASKED_BACK), relay.taken());
    relay.event("read-back", PoolScene.event(1, 9, "something else"));
    relay.endOfStored("read-back");
    scene.loop.run();
    assertEquals(new Delivery.Accepted(false), publication.progress().deliveries().get(A));
    assertEquals(List.of("[\"CLOSE\",\"read-back\"]"), relay.taken());
    scene.pass(2);
    assertEquals(List.of(ASKED_BACK), relay.taken());
    relay.event("read-back", EVENT);
    relay.endOfStored("read-back");
    scene.loop.run();

    assertEquals(List.of(A), results.getFirst().accepted());
    assertEquals(List.of("[\"CLOSE\",\"read-back\"]"), relay.taken());
  }

  @Test
  void readingBackIsBundledAndRepeatedEverMoreRarely() {
    PoolScene scene = new PoolScene(A).opened();
    FakeRelays.Connection relay = scene.relays.at(A);
    List<NostrEvent> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.add(PoolScene.event(1, i, "news"));
      scene.pool.publish(events.get(i), new PublishTerms(1, true, Duration.ofMinutes(10)));
    }
    scene.loop.run();
    events.forEach(event -> relay.ok(event, true, ""));
    relay.taken();
    scene.loop.run();
    relay.endOfStored("read-back");
    scene.loop.run();
    List<String> asked = relay.taken();
    assertEquals(3, asked.size(), asked.toString());
    assertTrue(asked.getFirst().contains(events.get(0).id().hex()), asked.toString());
    assertEquals("[\"CLOSE\",\"read-back\"]", asked.get(1));
    assertTrue(asked.get(2).contains(events.get(1).id().hex()), asked.toString());
    assertTrue(asked.get(2).contains(events.get(2).id().hex()), asked.toString());

    int requests = 0;
    for (int second = 0; second < 300; second++) {
      relay.endOfStored("read-back");
      scene.pass(1);
      requests += (int) relay.taken().stream().filter(frame -> frame.contains("REQ")).count();
    }
    assertTrue(requests >= 5 && requests <= 60, "requests " + requests);
  }

  @Test
  void aFullQueueOfTheSocketIsTriedAgain() {
    PoolScene scene = new PoolScene(A).opened();
    scene.relays.at(A).becomeFull(true);
    publish(scene, 1, false);
    scene.relays.at(A).becomeFull(false);
    scene.pass(1);
    assertEquals(List.of(SENT), scene.relays.at(A).taken());
  }

  @Test
  void theSameEventMayBePublishedTwiceAtOnce() {
    PoolScene scene = new PoolScene(A).opened();
    publish(scene, 1, false);
    publish(scene, 1, false);
    scene.relays.at(A).ok(EVENT, true, "");
    scene.loop.run();
    assertEquals(2, results.size());
  }

  @Test
  void tooManyEventsUnderWayAreRefusedAndFinishedOnesMakeRoom() {
    PoolSettings d = PoolSettings.defaults();
    PoolSettings two =
        new PoolSettings(
            d.maxFrame(),
            d.events(),
            d.queuedFrames(),
            d.queuedCharacters(),
            d.seenEvents(),
            2,
            d.patience());
    PoolScene scene = new PoolScene(two, A).opened();
    publish(scene, 1, false);
    publish(scene, 1, false);
    assertThrows(OutboxFullException.class, () -> publish(scene, 1, false));
    scene.relays.at(A).ok(EVENT, true, "");
    scene.loop.run();
    publish(scene, 1, false);
  }

  @Test
  void aDeadRelayDoesNotFillTheOutbox() {
    PoolSettings d = PoolSettings.defaults();
    PoolSettings two =
        new PoolSettings(
            d.maxFrame(),
            d.events(),
            d.queuedFrames(),
            d.queuedCharacters(),
            d.seenEvents(),
            2,
            d.patience());
    PoolScene scene = new PoolScene(two, A, B);
    scene.relays.at(A).open();
    scene.loop.run();
    for (int i = 0; i < 10; i++) {
      NostrEvent event = PoolScene.event(1, i, "news");
      scene.pool.publish(event, new PublishTerms(1, false, Duration.ofMinutes(10)));
      scene.loop.run();
      scene.relays.at(A).ok(event, true, "");
      scene.loop.run();
    }
    scene.relays.at(B).open();
    scene.loop.run();
    assertEquals(2, scene.relays.at(B).taken().size());
  }

  @Test
  void closingThePoolEndsWhatIsUnderWay() {
    PoolScene scene = new PoolScene(A).opened();
    publish(scene, 1, false);
    scene.pool.close();
    scene.loop.run();
    assertFalse(results.getFirst().reachedQuorum());
    assertEquals(new Delivery.Unknown(), results.getFirst().deliveries().get(A));
  }
}
