package org.beaconcohort.adapter.nostr.relay;

import java.util.Set;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;

/** Hears what relays store, on the pool's loop. */
public interface LookListener {
  /**
   * An event within the filters, from each relay that has it, perhaps twice; nothing else is
   * checked.
   */
  void event(NostrEvent event, RelayUrl relay);

  /** The look is over; these relays have given out everything they store. */
  void ended(Set<RelayUrl> answered);
}
