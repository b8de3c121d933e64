package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;

/**
 * One look at what every relay stores now, relay by relay: nothing that one of them says counts for
 * another. It ends when all have answered, a moment after enough of them have, or when time is up.
 * On the loop only.
 */
final class Look {
  /** How long those that are slower are waited for once enough have answered. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final int enough;
  private final LookListener listener;
  private final List<LinkLook> parts = new ArrayList<>();
  private final Set<RelayUrl> answered = new LinkedHashSet<>();
  private EventLoop.Timer patience = () -> {};
  private EventLoop.Timer moment = () -> {};
  private boolean ended;

  Look(EventLoop loop, int enough, LookListener listener) {
    this.loop = loop;
    this.enough = enough;
    this.listener = listener;
  }

  /** Asks; a relay that is not connected now has no part in it. */
  void begin(String name, List<Filter> filters, List<RelayLink> links, Duration most) {
    patience = loop.after(most, this::end);
    for (RelayLink link : links) {
      if (link.isOpen()) {
        parts.add(new LinkLook(link, name, filters, this));
      }
    }
    List.copyOf(parts).forEach(LinkLook::begin);
    endIfAll();
  }

  void event(NostrEvent event, RelayUrl relay) {
    if (!ended) {
      listener.event(event, relay);
    }
  }

  void answered(RelayUrl relay) {
    if (!ended && answered.add(relay) && answered.size() == enough) {
      moment = loop.after(A_MOMENT, this::end);
    }
    endIfAll();
  }

  private void endIfAll() {
    if (answered.size() == parts.size()) {
      end();
    }
  }

  void end() {
    if (!ended) {
      ended = true;
      patience.cancel();
      moment.cancel();
      parts.forEach(LinkLook::end);
      listener.ended(Set.copyOf(answered));
    }
  }
}
