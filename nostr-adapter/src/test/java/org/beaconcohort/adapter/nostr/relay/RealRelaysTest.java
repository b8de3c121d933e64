package org.beaconcohort.adapter.nostr.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.loop.ThreadLoop;
import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.relay.Subscription.Proof;
import org.beaconcohort.adapter.nostr.socket.OkHttpConnector;
import org.beaconcohort.adapter.nostr.socket.RawServer;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.fixtures.relay.FixtureRelay;
import org.beaconcohort.fixtures.relay.RelayLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole way over real sockets, to relays that do not share code with us. */
final class RealRelaysTest {
  private static final PoolSettings SETTINGS = PoolSettings.defaults();
  private final long now = Clock.systemUTC().instant().getEpochSecond();

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();

  private FixtureRelay relay() {
    FixtureRelay relay = FixtureRelay.start(0, RelayLimits.defaults());
    toClose.add(relay);
    return relay;
  }

  private RelayPool pool(RelayUrl... relays) {
    ThreadLoop loop =
        new ThreadLoop("relays", Clock.systemUTC(), fault -> faults.add(fault.toString()));
    OkHttpConnector connector = new OkHttpConnector(SETTINGS.maxFrame());
    RelayPool pool = new RelayPool(List.of(relays), connector, loop, new Random(3), SETTINGS);
    toClose.addFirst(connector);
    toClose.addFirst(loop);
    toClose.addFirst(pool);
    return pool;
  }

  private static RelayUrl url(FixtureRelay relay) {
    return new RelayUrl(relay.url());
  }

  @AfterEach
  void closeEverything() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
    assertTrue(faults.isEmpty(), faults.toString());
  }

  /** Hands events over to the test. */
  private static final class Taker implements Subscription.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<RelayUrl> caughtUp = new LinkedBlockingQueue<>();

    @Override
    public void event(NostrEvent event, RelayUrl relay) {
      events.add(event.content());
    }

    @Override
    public void caughtUp(RelayUrl relay) {
      caughtUp.add(relay);
    }

    @Override
    public void refused(RelayUrl relay, String reason) {
      events.add("refused by " + relay + ": " + reason);
    }

    String next() throws InterruptedException {
      return String.valueOf(events.poll(20, TimeUnit.SECONDS));
    }
  }

  private static PublishResult publish(RelayPool pool, NostrEvent event, PublishTerms terms)
      throws Exception {
    return pool.publish(event, terms).result().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void anEventReachesTwoRelaysIsReadBackAndIsHeardOnce() throws Exception {
    FixtureRelay one = relay();
    FixtureRelay two = relay();
    RelayPool sender = pool(url(one), url(two));
    RelayPool receiver = pool(url(one), url(two));
    Taker taker = new Taker();
    receiver.subscribe(List.of(Filter.ofKinds(4640)), Proof.SIGNATURE, taker);
    assertTrue(taker.caughtUp.poll(20, TimeUnit.SECONDS) != null, "no relay answered");

    PublishResult result =
        publish(
            sender,
            PoolScene.event(4640, now, "hello"),
            new PublishTerms(2, true, Duration.ofSeconds(20)));

    assertTrue(result.reachedQuorum(), result.toString());
    assertEquals("hello", taker.next());
    publish(
        sender,
        PoolScene.event(4640, now, "bye"),
        new PublishTerms(2, true, Duration.ofSeconds(20)));
    assertEquals("bye", taker.next());
    assertEquals(2, one.storedEvents().size());
    assertEquals(2, two.storedEvents().size());
  }

  @Test
  void aRelayThatRestartsIsFoundAgainAndMissesNothing() throws Exception {
    FixtureRelay relay = relay();
    RelayPool sender = pool(url(relay));
    RelayPool receiver = pool(url(relay));
    Taker taker = new Taker();
    receiver.subscribe(List.of(Filter.ofKinds(4640)), Proof.SIGNATURE, taker);
    PublishTerms terms = new PublishTerms(1, true, Duration.ofSeconds(40));
    publish(sender, PoolScene.event(4640, now, "before"), terms);
    assertEquals("before", taker.next());

    relay.stop();
    Publication meanwhile = sender.publish(PoolScene.event(4640, now, "meanwhile"), terms);
    relay.restart();

    assertEquals("meanwhile", taker.next());
    assertTrue(meanwhile.result().toCompletableFuture().get(30, TimeUnit.SECONDS).reachedQuorum());
  }

  @Test
  void aDeadAGarbageAndASilentRelayStopNobody() throws Exception {
    FixtureRelay good = relay();
    FixtureRelay alsoGood = relay();
    int deadPort;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = free.getLocalPort();
    }
    RelayUrl dead = new RelayUrl("ws://127.0.0.1:" + deadPort);
    RelayUrl garbage = garbageRelay(true);
    RelayUrl silent = garbageRelay(false);
    RelayPool pool = pool(url(good), url(alsoGood), dead, garbage, silent);
    Taker taker = new Taker();
    pool.subscribe(List.of(Filter.ofKinds(4640)), Proof.SIGNATURE, taker);

    PublishResult result =
        publish(
            pool,
            PoolScene.event(4640, now, "through"),
            new PublishTerms(2, true, Duration.ofSeconds(20)));

    assertEquals("through", taker.next());
    List<RelayUrl> both = List.of(url(good), url(alsoGood)).stream().sorted().toList();
    assertEquals(both, result.accepted());
    @Nullable RelayUrl caughtUp;
    do {
      caughtUp = taker.caughtUp.poll(20, TimeUnit.SECONDS);
    } while (caughtUp != null && !caughtUp.equals(garbage));
    assertEquals(garbage, caughtUp);
    RelayStatus garbageStatus =
        pool.status().stream().filter(row -> row.relay().equals(garbage)).findFirst().orElseThrow();
    assertEquals(0, garbageStatus.counts().delivered());
    assertTrue(garbageStatus.counts().malformed() > 0, garbageStatus.toString());
    assertTrue(taker.events.isEmpty(), taker.events.toString());
  }

  /** A WebSocket that answers the first thing said to it with nonsense, or with nothing. */
  private RelayUrl garbageRelay(boolean speaks) throws IOException {
    RawServer server =
        new RawServer(
            "",
            (in, out) -> {
              if (speaks && in.read() >= 0) {
                RawServer.text(out, "[\"EVENT\",\"s1.0\",{\"id\":null}]");
                RawServer.text(out, "x".repeat(1_000));
                RawServer.text(out, "[\"OK\",\"00\",true]");
                RawServer.text(out, "[".repeat(10_000));
                RawServer.text(out, "[\"EOSE\",\"s1.0\"]");
              }
            });
    toClose.add(server);
    return server.url();
  }
}
