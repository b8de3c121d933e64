package org.beaconcohort.adapter.nostr.socket;

/**
 * Hears one socket, in order and never two calls at once: {@code opened} at most once, then
 * messages, and in the end exactly one {@code ended}, after which nothing comes. Must return soon:
 * the caller is the socket's own reader.
 */
public interface SocketListener {
  void opened();

  void received(String text);

  /** A message that is no text was dropped. */
  void receivedBinary(int bytes);

  void ended(SocketEnd end);
}
