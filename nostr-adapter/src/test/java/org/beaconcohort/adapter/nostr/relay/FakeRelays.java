package org.beaconcohort.adapter.nostr.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.socket.RelaySocket;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.socket.SocketConnector;
import org.beaconcohort.adapter.nostr.socket.SocketEnd;
import org.beaconcohort.adapter.nostr.socket.SocketListener;

/** Relays that say what the test says, on the test's own thread. */
final class FakeRelays implements SocketConnector {
  private final Map<RelayUrl, List<Connection>> connections = new HashMap<>();

  @Override
  public RelaySocket connect(RelayUrl relay, SocketListener listener) {
    Connection connection = new Connection(listener);
    connections.computeIfAbsent(relay, url -> new ArrayList<>()).add(connection);
    return connection;
  }

  /** How often the client has connected to {@code relay}. */
  int attempts(RelayUrl relay) {
    return connections.getOrDefault(relay, List.of()).size();
  }

  /** The latest connection to {@code relay}. */
  Connection at(RelayUrl relay) {
    return connections.getOrDefault(relay, List.of()).getLast();
  }

  /** One connection, from the relay's side. */
  static final class Connection implements RelaySocket {
    private final SocketListener listener;
    private final List<String> received = new ArrayList<>();
    private boolean full;
    private boolean aborted;
    private boolean closed;

    Connection(SocketListener listener) {
      this.listener = listener;
    }

    void open() {
      listener.opened();
    }

    void say(String frame) {
      listener.received(frame);
    }

    void event(String subscription, NostrEvent event) {
      say("[\"EVENT\",\"" + subscription + "\"," + event.toJson() + "]");
    }

    void endOfStored(String subscription) {
      say("[\"EOSE\",\"" + subscription + "\"]");
    }

    void ok(NostrEvent event, boolean accepted, String message) {
      say("[\"OK\",\"" + event.id() + "\"," + accepted + ",\"" + message + "\"]");
    }

    void end(SocketEnd.Cause cause, String reason) {
      listener.ended(new SocketEnd(cause, reason));
    }

    void becomeFull(boolean now) {
      full = now;
    }

    /** What the client sent since last asked. */
    List<String> taken() {
      List<String> all = List.copyOf(received);
      received.clear();
      return all;
    }

    boolean wasAborted() {
      return aborted;
    }

    boolean wasClosed() {
      return closed;
    }

    @Override
    public boolean send(String text) {
      if (!full) {
        received.add(text);
      }
      return !full;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void abort() {
      aborted = true;
    }
  }
}
