package org.beaconcohort.adapter.nostr.socket;

/** Opens sockets. */
public interface SocketConnector {
  /** Starts to connect and returns at once; what comes of it, the listener hears. */
  RelaySocket connect(RelayUrl relay, SocketListener listener);
}
