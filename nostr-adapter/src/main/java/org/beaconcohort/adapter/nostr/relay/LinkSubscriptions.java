package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.frame.ClientFrames;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.frame.Refusal;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.frame.RelayWords;
import org.beaconcohort.adapter.nostr.loop.Backoff;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions at one relay: asks again after every reconnection and every few minutes (an end
 * of stored events is no proof that the question stays open), and asks for older pages when a relay
 * seems to have cut its answer off.
 */
final class LinkSubscriptions {
  /** Relays cut answers off at 100 events or more; fewer than these are all there are. */
  private static final int FULL_PAGE = 100;

  private static final int MAX_PAGES = 100;
  private static final String PAGE = "-older";

  private final RelayLink link;
  private final EventLoop loop;
  private final RandomGenerator random;
  private final PoolSettings settings;
  private final Map<Subscription, Asked> asked = new LinkedHashMap<>();

  LinkSubscriptions(RelayLink link, EventLoop loop, RandomGenerator random, PoolSettings settings) {
    this.link = link;
    this.loop = loop;
    this.random = random;
    this.settings = settings;
  }

  /** Asks, or asks anew with the filters the subscription has now. */
  void ask(Subscription subscription) {
    asked.computeIfAbsent(subscription, Asked::new).begin();
  }

  void end(Subscription subscription) {
    Asked question = asked.remove(subscription);
    if (question != null) {
      question.stop();
    }
  }

  void connected() {
    List.copyOf(asked.values()).forEach(Asked::begin);
  }

  void disconnected() {
    asked.values().forEach(Asked::forgetConnection);
  }

  void heard(RelayFrame.Event frame) {
    Asked question = find(frame.subscription());
    if (question == null) {
      link.count(link.counts().plusUnasked());
      return;
    }
    switch (question.subscription.judge(frame.event())) {
      case NEW -> {
        question.met(frame.event().createdAt());
        link.count(link.counts().plusDelivered());
        question.subscription.listener().event(frame.event(), link.relay());
      }
      case DUPLICATE -> {
        question.met(frame.event().createdAt());
        link.count(link.counts().plusDuplicate());
      }
      case FORGED -> link.count(link.counts().plusForged());
      case UNASKED -> link.count(link.counts().plusUnasked());
    }
  }

  void heard(RelayFrame.EndOfStored frame) {
    Asked question = find(frame.subscription());
    if (question != null) {
      question.endOfStored(frame.subscription());
    }
  }

  void heard(RelayFrame.Closed frame) {
    Asked question = find(frame.subscription());
    if (question != null) {
      question.closedByRelay(frame);
    }
  }

  private @Nullable Asked find(String name) {
    for (Asked question : asked.values()) {
      if (question.subscription.isCalled(name)) {
        return question;
      }
    }
    return null;
  }

  /** One subscription at this relay. */
  private final class Asked {
    private final Subscription subscription;
    private final Backoff backoff =
        new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(60), random);
    private EventLoop.Timer timer = () -> {};

    /** The name under which the relay has the question; empty if it has none. */
    private String open = "";

    private boolean awaitingEnd;
    private int pages;
    private int pageEvents;
    private long oldest;
    private long pageUntil;

    Asked(Subscription subscription) {
      this.subscription = subscription;
    }

    /** Sends the question as it is now, if there is one and the relay is connected. */
    void begin() {
      timer.cancel();
      awaitingEnd = false;
      pages = 0;
      pageUntil = Filter.NO_END;
      if (!link.isOpen()) {
        return;
      }
      if (!open.equals(subscription.name())) {
        hangUp();
      }
      if (!subscription.filters().isEmpty()) {
        open = subscription.name();
        request(open, subscription.filters());
      }
    }

    void stop() {
      timer.cancel();
      hangUp();
    }

    void forgetConnection() {
      timer.cancel();
      awaitingEnd = false;
      open = "";
    }

    private void hangUp() {
      if (!open.isEmpty()) {
        link.send(ClientFrames.close(open));
        open = "";
      }
    }

    void met(long createdAt) {
      if (awaitingEnd) {
        pageEvents++;
        oldest = Math.min(oldest, createdAt);
      }
    }

    void endOfStored(String name) {
      if (!awaitingEnd || !currentName().equals(name)) {
        return;
      }
      awaitingEnd = false;
      timer.cancel();
      if (pages > 0) {
        link.send(ClientFrames.close(name));
      }
      boolean more = pageEvents >= FULL_PAGE && oldest < pageUntil && pages < MAX_PAGES;
      List<Filter> older = more ? olderThan(oldest) : List.of();
      if (older.isEmpty()) {
        live();
      } else {
        pages++;
        pageUntil = oldest;
        request(currentName(), older);
      }
    }

    void closedByRelay(RelayFrame.Closed frame) {
      if (!frame.subscription().equals(currentName())) {
        return;
      }
      timer.cancel();
      awaitingEnd = false;
      if (pages > 0) {
        live();
        return;
      }
      open = "";
      String words = RelayWords.printable(frame.message());
      switch (Refusal.of(frame.message()).then()) {
        case FINAL -> subscription.listener().refused(link.relay(), words);
        case RETRY, DONE -> timer = loop.after(backoff.next(), this::begin);
      }
    }

    private void live() {
      backoff.reset();
      timer = loop.after(settings.patience().probe(), this::begin);
      subscription.listener().caughtUp(link.relay());
    }

    private void request(String name, List<Filter> filters) {
      awaitingEnd = true;
      pageEvents = 0;
      oldest = Filter.NO_END;
      timer =
          loop.after(
              settings.patience().endOfStored(),
              () -> link.drop("no end of stored events in " + settings.patience().endOfStored()));
      if (!link.send(ClientFrames.request(name, filters))) {
        timer.cancel();
        timer = loop.after(backoff.next(), this::begin);
      }
    }

    private String currentName() {
      return pages == 0 ? open : open + PAGE;
    }

    /** The filters that have an older part; a filter with its own limit asked for no more. */
    private List<Filter> olderThan(long until) {
      return subscription.filters().stream()
          .filter(filter -> filter.limit() == Filter.NO_LIMIT)
          .filter(filter -> filter.since() <= until && filter.ids().isEmpty())
          .map(filter -> filter.withUntil(Math.min(filter.until(), until)))
          .toList();
    }
  }
}
