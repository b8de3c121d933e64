package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.frame.RelayWords;
import org.beaconcohort.adapter.nostr.loop.Backoff;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.relay.RelayStatus.Counts;
import org.beaconcohort.adapter.nostr.relay.RelayStatus.State;
import org.beaconcohort.adapter.nostr.socket.RelaySocket;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.socket.SocketConnector;
import org.beaconcohort.adapter.nostr.socket.SocketEnd;
import org.jspecify.annotations.Nullable;

/** One relay: keeps a connection to it, and hands what it says to those it concerns. */
final class RelayLink {
  private final RelayUrl relay;
  private final SocketConnector connector;
  private final EventLoop loop;
  private final PoolSettings settings;
  private final Backoff backoff;
  private final LinkInbox inbox;
  private final LinkSubscriptions subscriptions;
  private final LinkDeliveries deliveries;

  private final Map<String, LinkLook> looks = new HashMap<>();

  private @Nullable RelaySocket socket;
  private EventLoop.Timer timer = () -> {};
  private Counts counts = Counts.NONE;
  private volatile RelayStatus status;

  RelayLink(
      RelayUrl relay,
      SocketConnector connector,
      EventLoop loop,
      RandomGenerator random,
      PoolSettings settings) {
    this.relay = relay;
    this.connector = connector;
    this.loop = loop;
    this.settings = settings;
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
    this.inbox = new LinkInbox(loop, settings, this::take);
    this.subscriptions = new LinkSubscriptions(this, loop, random, settings);
    this.deliveries = new LinkDeliveries(this, loop, random, settings);
    this.status = new RelayStatus(relay, State.BACKOFF, loop.now(), "not started", counts);
  }

  RelayUrl relay() {
    return relay;
  }

  /** May be called from any thread. */
  RelayStatus status() {
    return status;
  }

  LinkSubscriptions subscriptions() {
    return subscriptions;
  }

  LinkDeliveries deliveries() {
    return deliveries;
  }

  /** Looks under way, by the names this relay knows them by. */
  Map<String, LinkLook> looks() {
    return looks;
  }

  boolean isOpen() {
    return status.state() == State.OPEN;
  }

  /** Connects now unless it is connecting, open or closed. */
  void connect() {
    if (status.state() != State.BACKOFF && status.state() != State.REFUSED) {
      return;
    }
    timer.cancel();
    become(State.CONNECTING, "");
    socket = connector.connect(relay, inbox.nextConnection());
  }

  /** False if the connection cannot take it now. */
  boolean send(String text) {
    RelaySocket open = socket;
    return open != null && isOpen() && open.send(text);
  }

  /** Gives this connection up for {@code reason} and makes another one later. */
  void drop(String reason) {
    inbox.hangUp();
    if (socket != null) {
      socket.abort();
    }
    retreat(State.BACKOFF, reason, backoff.next());
  }

  void close() {
    inbox.hangUp();
    timer.cancel();
    if (socket != null) {
      socket.close();
    }
    become(State.CLOSED, "closed by us");
    subscriptions.disconnected();
    deliveries.disconnected("closed");
  }

  void count(Counts changed) {
    counts = changed;
    status = new RelayStatus(relay, status.state(), status.since(), status.reason(), counts);
  }

  Counts counts() {
    return counts;
  }

  private void take(LinkInbox.Item item) {
    switch (item) {
      case LinkInbox.Item.Opened opened -> opened();
      case LinkInbox.Item.Frame frame -> heard(frame.frame());
      case LinkInbox.Item.Malformed malformed -> count(counts.plusMalformed());
      case LinkInbox.Item.Overflow overflow -> drop("sent more than we can look at");
      case LinkInbox.Item.Ended ended -> ended(ended.end());
    }
  }

  private void opened() {
    become(State.OPEN, "");
    timer = loop.after(settings.patience().stable(), backoff::reset);
    subscriptions.connected();
    deliveries.connected();
  }

  private void heard(RelayFrame frame) {
    switch (frame) {
      case RelayFrame.Event event -> {
        if (ReadBack.isCalled(event.subscription())) {
          deliveries.readBack().heard(event);
        } else if (LinkLook.isCalled(event.subscription())) {
          LinkLook look = looks.get(event.subscription());
          if (look != null) {
            look.heard(event.event());
          }
        } else {
          subscriptions.heard(event);
        }
      }
      case RelayFrame.EndOfStored end -> {
        if (ReadBack.isCalled(end.subscription())) {
          deliveries.readBack().heard(end);
        } else if (LinkLook.isCalled(end.subscription())) {
          LinkLook look = looks.get(end.subscription());
          if (look != null) {
            look.endOfStored(end);
          }
        } else {
          subscriptions.heard(end);
        }
      }
      case RelayFrame.Closed closed -> {
        if (ReadBack.isCalled(closed.subscription())) {
          deliveries.readBack().heard(closed);
        } else if (LinkLook.isCalled(closed.subscription())) {
          // It gives no complete answer; the look's time runs out without it.
          looks.remove(closed.subscription());
        } else {
          subscriptions.heard(closed);
        }
      }
      case RelayFrame.Ok ok -> deliveries.heard(ok);
      case RelayFrame.Notice notice -> {
        count(counts.plusNotice());
        become(State.OPEN, "notice: " + RelayWords.printable(notice.message()));
      }
      case RelayFrame.Auth auth -> {}
      case RelayFrame.Other other -> {}
    }
  }

  private void ended(SocketEnd end) {
    String reason = RelayWords.printable(end.reason());
    switch (end.cause()) {
      case CLOSED, BROKEN, OVERSIZED -> retreat(State.BACKOFF, reason, backoff.next());
      case REFUSED -> retreat(State.REFUSED, reason, settings.patience().refused());
    }
  }

  private void retreat(State state, String reason, Duration delay) {
    inbox.hangUp();
    socket = null;
    timer.cancel();
    become(state, reason);
    timer = loop.after(delay, this::connect);
    subscriptions.disconnected();
    deliveries.disconnected(reason);
  }

  private void become(State state, String reason) {
    Instant since = status.state() == state ? status.since() : loop.now();
    status = new RelayStatus(relay, state, since, reason, counts);
  }
}
