package org.beaconcohort.adapter.nostr.relay;

import static org.beaconcohort.adapter.nostr.relay.PoolScene.A;
import static org.beaconcohort.adapter.nostr.relay.PoolScene.B;
import static org.beaconcohort.adapter.nostr.relay.PoolScene.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.relay.PoolScene.Notes;
import org.beaconcohort.adapter.nostr.relay.RelayStatus.State;
import org.beaconcohort.adapter.nostr.relay.Subscription.Proof;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.socket.SocketEnd.Cause;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
  private static final String REQ = "[\"REQ\",\"s1.0\",{\"kinds\":[1]}]";

  private final PoolScene scene = new PoolScene(A, B).opened();
  private final Notes notes = new Notes();

  private Subscription ask(Proof proof) {
    Subscription subscription = scene.pool.subscribe(List.of(Filter.ofKinds(1)), proof, notes);
    scene.loop.run();
    return subscription;
  }

  private void reconnect() {
    scene.relays.at(A).end(Cause.BROKEN, "gone");
    scene.pass(3);
    scene.relays.at(A).open();
    scene.loop.run();
  }

  private static NostrEvent withSignature(NostrEvent e, Bytes sig) {
    return new NostrEvent(e.id(), e.pubkey(), e.createdAt(), e.kind(), e.tags(), e.content(), sig);
  }

  @Test
  void everyRelayIsAskedAndAnEventIsHandedOverOnce() {
    ask(Proof.SIGNATURE);
    assertEquals(List.of(REQ), scene.relays.at(A).taken());
    assertEquals(List.of(REQ), scene.relays.at(B).taken());

    scene.relays.at(A).event("s1.0", event(1, 5, "x"));
    scene.relays.at(B).event("s1.0", event(1, 5, "x"));
    scene.relays.at(B).endOfStored("s1.0");
    scene.loop.run();

    assertEquals(List.of("event x from ws://a.test", "caught up with ws://b.test"), notes.taken());
    assertEquals(1, scene.status(B).counts().duplicates());
  }

  @Test
  void theSameFiltersAreAskedAfterAReconnection() {
    ask(Proof.SIGNATURE);
    reconnect();
    assertEquals(List.of(REQ), scene.relays.at(A).taken());
    scene.relays.at(A).event("s1.0", event(1, 5, "x"));
    scene.loop.run();
    reconnect();
    scene.relays.at(A).event("s1.0", event(1, 5, "x"));
    scene.loop.run();
    assertEquals(List.of("event x from ws://a.test"), notes.taken());
  }

  @Test
  void aFakeBodyUnderARealIdDoesNotShutOutTheGenuineEvent() {
    ask(Proof.SIGNATURE);
    NostrEvent genuine = event(1, 5, "genuine");
    NostrEvent fake =
        new NostrEvent(genuine.id(), genuine.pubkey(), 5, 1, List.of(), "fake", genuine.sig());
    scene.relays.at(A).event("s1.0", fake);
    scene.relays.at(A).event("s1.0", withSignature(genuine, Bytes.of(new byte[64])));
    scene.relays.at(B).event("s1.0", genuine);
    scene.loop.run();

    assertEquals(List.of("event genuine from ws://b.test"), notes.taken());
    assertEquals(2, scene.status(A).counts().forged());
  }

  @Test
  void withProofByIdTheSignatureIsNotLookedAtButTheIdIs() {
    ask(Proof.ID);
    NostrEvent genuine = event(1, 5, "genuine");
    NostrEvent fake =
        new NostrEvent(genuine.id(), genuine.pubkey(), 5, 1, List.of(), "fake", genuine.sig());
    scene.relays.at(A).event("s1.0", fake);
    scene.relays.at(A).event("s1.0", withSignature(genuine, Bytes.of(new byte[64])));
    scene.loop.run();

    assertEquals(List.of("event genuine from ws://a.test"), notes.taken());
    assertEquals(1, scene.status(A).counts().forged());
  }

  @Test
  void whatWasNotAskedForIsDroppedAndNotRemembered() {
    Subscription subscription = ask(Proof.SIGNATURE);
    scene.relays.at(A).event("s1.0", event(2, 5, "kind 2"));
    scene.loop.run();
    assertEquals(List.of(), notes.taken());
    assertEquals(1, scene.status(A).counts().unasked());

    subscription.replace(List.of(Filter.ofKinds(2)));
    scene.loop.run();
    scene.relays.at(A).event("s1.1", event(2, 5, "kind 2"));
    scene.loop.run();
    assertEquals(List.of("event kind 2 from ws://a.test"), notes.taken());
  }

  @Test
  void otherFiltersAreAskedUnderAnotherNameAndAnOldEndDoesNotCount() {
    Subscription subscription = ask(Proof.SIGNATURE);
    scene.relays.at(A).taken();
    subscription.replace(List.of(Filter.ofKinds(1, 2)));
    subscription.replace(List.of(Filter.ofKinds(1, 2)));
    scene.loop.run();

    assertEquals(
        List.of("[\"CLOSE\",\"s1.0\"]", "[\"REQ\",\"s1.1\",{\"kinds\":[1,2]}]"),
        scene.relays.at(A).taken());
    scene.relays.at(A).endOfStored("s1.0");
    scene.relays.at(A).event("s1.0", event(1, 5, "late under the old name"));
    scene.loop.run();
    assertEquals(List.of("event late under the old name from ws://a.test"), notes.taken());
    scene.relays.at(A).endOfStored("s1.1");
    scene.loop.run();
    assertEquals(List.of("caught up with ws://a.test"), notes.taken());
  }

  @Test
  void withoutFiltersNothingIsAsked() {
    Subscription subscription = ask(Proof.SIGNATURE);
    scene.relays.at(A).taken();
    subscription.replace(List.of());
    scene.loop.run();
    assertEquals(List.of("[\"CLOSE\",\"s1.0\"]"), scene.relays.at(A).taken());
    reconnect();
    assertEquals(List.of(), scene.relays.at(A).taken());
    assertEquals(State.OPEN, scene.status(A).state());
  }

  @Test
  void aClosedSubscriptionIsOver() {
    Subscription subscription = ask(Proof.SIGNATURE);
    scene.relays.at(A).taken();
    subscription.close();
    scene.loop.run();
    scene.relays.at(A).event("s1.0", event(1, 5, "x"));
    scene.loop.run();
    subscription.replace(List.of(Filter.ofKinds(3)));
    reconnect();

    assertEquals(List.of(), notes.taken());
    assertEquals(List.of(), scene.relays.at(A).taken());
  }

  @Test
  void aForgottenEventIsHandedOverAgain() {
    Subscription subscription = ask(Proof.SIGNATURE);
    scene.relays.at(A).event("s1.0", event(1, 5, "x"));
    scene.loop.run();
    subscription.forget(event(1, 5, "x").id());
    scene.loop.run();
    scene.relays.at(B).event("s1.0", event(1, 5, "x"));
    scene.loop.run();
    assertEquals(List.of("event x from ws://a.test", "event x from ws://b.test"), notes.taken());
  }

  @Test
  void aRelayThatNeverEndsItsStoredEventsIsGivenUpForAWhile() {
    ask(Proof.SIGNATURE);
    scene.relays.at(B).endOfStored("s1.0");
    scene.pass(31);
    assertEquals(State.BACKOFF, scene.status(A).state());
    assertEquals("no end of stored events in PT30S", scene.status(A).reason());
    assertTrue(scene.relays.at(A).wasAborted());
    assertEquals(State.OPEN, scene.status(B).state());
  }

  @Test
  void aQuietSubscriptionIsProbedEveryFewMinutes() {
    ask(Proof.SIGNATURE);
    scene.relays.at(A).endOfStored("s1.0");
    scene.relays.at(B).endOfStored("s1.0");
    scene.relays.at(A).taken();
    scene.pass(181);
    assertEquals(List.of(REQ), scene.relays.at(A).taken());
    scene.pass(29);
    assertEquals(State.BACKOFF, scene.status(A).state());
  }

  @Test
  void aPassingRefusalIsAskedAgainAndAFinalOneAtTheNextConnection() {
    ask(Proof.SIGNATURE);
    scene.relays.at(A).taken();
    scene.relays.at(A).say("[\"CLOSED\",\"s1.0\",\"rate-limited: slow\"]");
    scene.pass(5);
    assertEquals(List.of(REQ), scene.relays.at(A).taken());
    scene.relays.at(A).say("[\"CLOSED\",\"s1.0\",\"ERROR: auth-required: who are you\"]");
    scene.pass(600);

    assertEquals(List.of(), scene.relays.at(A).taken());
    assertEquals(
        List.of("refused by ws://a.test: ERROR: auth-required: who are you"), notes.taken());
    reconnect();
    assertEquals(List.of(REQ), scene.relays.at(A).taken());
  }

  @Test
  void anAnswerThatSeemsCutOffIsPagedBackwards() {
    ask(Proof.SIGNATURE);
    FakeRelays.Connection relay = scene.relays.at(A);
    relay.taken();
    for (int i = 0; i < 100; i++) {
      relay.event("s1.0", event(1, 2_000 - i, "n" + i));
    }
    relay.endOfStored("s1.0");
    scene.loop.run();
    assertEquals(List.of("[\"REQ\",\"s1.0-older\",{\"kinds\":[1],\"until\":1901}]"), relay.taken());

    relay.event("s1.0-older", event(1, 1_901, "n99"));
    relay.event("s1.0-older", event(1, 1_500, "last"));
    relay.event("s1.0", event(1, 3_000, "live"));
    relay.endOfStored("s1.0-older");
    scene.loop.run();

    assertEquals(List.of("[\"CLOSE\",\"s1.0-older\"]"), relay.taken());
    List<String> lines = notes.taken();
    assertEquals(103, lines.size());
    assertEquals("event last from ws://a.test", lines.get(100));
    assertEquals("event live from ws://a.test", lines.get(101));
    assertEquals("caught up with ws://a.test", lines.get(102));
  }

  @Test
  void pagingEndsWhenThereIsNothingOlder() {
    ask(Proof.SIGNATURE);
    FakeRelays.Connection relay = scene.relays.at(A);
    for (int page = 0; page < 2; page++) {
      String name = page == 0 ? "s1.0" : "s1.0-older";
      for (int i = 0; i < 120; i++) {
        relay.event(name, event(1, 700, "same second " + i));
      }
      relay.endOfStored(name);
      scene.loop.run();
    }
    assertEquals("caught up with ws://a.test", notes.taken().getLast());
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    scene.pool.subscribe(
        List.of(Filter.ofKinds(7)),
        Proof.SIGNATURE,
        new Subscription.Listener() {
          @Override
          public void event(NostrEvent event, RelayUrl r) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void caughtUp(RelayUrl relay) {}

          @Override
          public void refused(RelayUrl r, String why) {}
        });
    scene.pool.subscribe(List.of(Filter.ofKinds(1)), Proof.SIGNATURE, notes);
    scene.loop.run();
    scene.relays.at(A).event("s1.0", event(7, 5, "bad luck"));
    scene.relays.at(A).event("s2.0", event(1, 5, "x"));

    assertThrows(IllegalStateException.class, scene.loop::run);
    scene.loop.run();
    assertEquals(List.of("event x from ws://a.test"), notes.taken());
  }

  @Test
  void aFifthSubscriptionIsRefused() {
    for (int i = 0; i < 4; i++) {
      ask(Proof.SIGNATURE);
    }
    assertThrows(IllegalStateException.class, () -> ask(Proof.SIGNATURE));
  }
}
