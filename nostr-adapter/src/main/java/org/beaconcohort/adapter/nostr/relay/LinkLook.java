package org.beaconcohort.adapter.nostr.relay;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.ClientFrames;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;

/** One relay's part in a {@link Look}: asks for older pages while an answer seems cut off. */
final class LinkLook {
  private static final String PREFIX = "look";

  /** As {@link LinkSubscriptions} has it. */
  private static final int FULL_PAGE = 100;

  private static final int MAX_PAGES = 100;

  private final RelayLink link;
  private final String name;
  private final List<Filter> filters;
  private final Look look;
  private int pages;
  private int pageEvents;
  private long oldest = Filter.NO_END;
  private long pageUntil = Filter.NO_END;

  LinkLook(RelayLink link, String name, List<Filter> filters, Look look) {
    this.link = link;
    this.name = PREFIX + name;
    this.filters = filters;
    this.look = look;
  }

  static boolean isCalled(String subscription) {
    return subscription.startsWith(PREFIX);
  }

  void begin() {
    link.looks().put(wireName(), this);
    link.send(ClientFrames.request(wireName(), filters));
  }

  void end() {
    if (link.looks().remove(wireName()) != null) {
      link.send(ClientFrames.close(wireName()));
    }
  }

  void heard(NostrEvent event) {
    if (filters.stream().anyMatch(filter -> filter.matches(event))) {
      pageEvents++;
      oldest = Math.min(oldest, event.createdAt());
      look.event(event, link.relay());
    } else {
      link.count(link.counts().plusUnasked());
    }
  }

  void endOfStored(RelayFrame.EndOfStored frame) {
    end();
    if (pageEvents >= FULL_PAGE && oldest < pageUntil && pages < MAX_PAGES) {
      pages++;
      pageEvents = 0;
      pageUntil = oldest;
      link.looks().put(wireName(), this);
      link.send(
          ClientFrames.request(
              wireName(), filters.stream().map(filter -> filter.withUntil(pageUntil)).toList()));
    } else if (pageEvents < FULL_PAGE || oldest >= pageUntil) {
      look.answered(link.relay());
    }
    // Else it has more than it is asked for, and does not count as one that has answered.
  }

  private String wireName() {
    return name + "." + pages;
  }
}
