package org.beaconcohort.adapter.nostr.socket;

/** How a socket ended, and in whose words. */
public record SocketEnd(Cause cause, String reason) {
  /** What kind of end it was. */
  public enum Cause {
    /** One of the two sides said goodbye. */
    CLOSED,
    /** No connection, or a connection that broke or stopped answering. */
    BROKEN,
    /** The server answered the handshake with a status that will not change by itself. */
    REFUSED,
    /** The server sent more than a message may hold. */
    OVERSIZED
  }
}
