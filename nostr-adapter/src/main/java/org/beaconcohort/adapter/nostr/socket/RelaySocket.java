package org.beaconcohort.adapter.nostr.socket;

/** A WebSocket that is opening, open or over. Every method may be called from any thread. */
public interface RelaySocket {
  /** Queues a text message; false if the socket is not open or too much is queued already. */
  boolean send(String text);

  /** Says goodbye; the listener still hears {@link SocketListener#ended} once. */
  void close();

  /** Drops the connection without a word; the listener still hears {@code ended} once. */
  void abort();
}
