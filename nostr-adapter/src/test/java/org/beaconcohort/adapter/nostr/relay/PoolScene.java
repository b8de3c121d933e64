package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.UnsignedEvent;
import org.beaconcohort.adapter.nostr.loop.VirtualLoop;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** A pool over fake relays on virtual time, and a subscriber that takes notes. */
final class PoolScene {
  static final RelayUrl A = new RelayUrl("ws://a.test");
  static final RelayUrl B = new RelayUrl("ws://b.test");
  static final RelayUrl C = new RelayUrl("ws://c.test");
  private static final Bytes AUX = Bytes.of(new byte[32]);

  final VirtualLoop loop = new VirtualLoop();
  final FakeRelays relays = new FakeRelays();
  final RelayPool pool;

  PoolScene(PoolSettings settings, RelayUrl... urls) {
    this.pool = new RelayPool(List.of(urls), relays, loop, new Random(11), settings);
    loop.run();
  }

  PoolScene(RelayUrl... urls) {
    this(PoolSettings.defaults(), urls);
  }

  /** All relays open their connections. */
  PoolScene opened() {
    for (RelayUrl relay : pool.relays()) {
      relays.at(relay).open();
    }
    loop.run();
    return this;
  }

  void pass(long seconds) {
    loop.advance(Duration.ofSeconds(seconds));
  }

  RelayStatus status(RelayUrl relay) {
    return pool.status().stream()
        .filter(row -> row.relay().equals(relay))
        .findFirst()
        .orElseThrow();
  }

  static NostrEvent event(int kind, long createdAt, String content) {
    byte[] secret = new byte[32];
    secret[31] = 5;
    return new UnsignedEvent(createdAt, kind, List.of(), content).sign(SecretKey.of(secret), AUX);
  }

  /** Notes every call as a line. */
  static final class Notes implements Subscription.Listener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void event(NostrEvent event, RelayUrl relay) {
      lines.add("event " + event.content() + " from " + relay);
    }

    @Override
    public void caughtUp(RelayUrl relay) {
      lines.add("caught up with " + relay);
    }

    @Override
    public void refused(RelayUrl relay, String reason) {
      lines.add("refused by " + relay + ": " + reason);
    }

    List<String> taken() {
      List<String> all = List.copyOf(lines);
      lines.clear();
      return all;
    }
  }
}
