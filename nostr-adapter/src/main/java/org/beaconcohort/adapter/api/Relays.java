package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import org.beaconcohort.adapter.nostr.profile.TransportSettings;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.musig2.curve.SecretKey;

/** Opens one party's own connections. */
@FunctionalInterface
public interface Relays {
  /**
   * Connections that read what is directed to {@code inboxKey}; whoever opened them closes them.
   *
   * @param inboxKey stays the caller's to destroy, after the connections are closed
   * @param events hears what goes wrong
   */
  RelayConnection open(SecretKey inboxKey, SecureRandom random, RelayConnection.Events events);

  /**
   * Nostr relays, all used at once; each {@link #open} connects anew.
   *
   * @param urls {@code ws://} or {@code wss://}
   * @throws org.beaconcohort.adapter.nostr.socket.InvalidRelayUrlException if one is no such URL
   * @throws IllegalArgumentException if there is none
   */
  static Relays of(Collection<String> urls) {
    List<RelayUrl> relays = urls.stream().map(RelayUrl::new).toList();
    if (relays.isEmpty()) {
      throw new IllegalArgumentException("relays must be at least 1, got none");
    }
    return (inboxKey, random, events) ->
        NostrConnection.open(relays, inboxKey, random, TransportSettings.defaults(), events);
  }
}
