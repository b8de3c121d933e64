package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.ClientFrames;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.loop.Backoff;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Asks one relay for events it says it has (rule N21): at once, or together with others when the
 * last question is answered; those it does not give out, again and ever more rarely.
 */
final class ReadBack {
  private static final String NAME = "read-back";
  private static final int AT_ONCE = 50;

  private final RelayLink link;
  private final EventLoop loop;
  private final Duration patience;
  private final Backoff delay;
  private final Consumer<NostrEvent> givenOut;
  private final Map<NostrEvent, Integer> timesAsked = new LinkedHashMap<>();
  private EventLoop.Timer timer = () -> {};
  private boolean awaitingAnswer;

  ReadBack(
      RelayLink link,
      EventLoop loop,
      RandomGenerator random,
      PoolSettings settings,
      Consumer<NostrEvent> givenOut) {
    this.link = link;
    this.loop = loop;
    this.patience = settings.patience().ok();
    this.delay = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    this.givenOut = givenOut;
  }

  static boolean isCalled(String subscription) {
    return subscription.equals(NAME);
  }

  void ask(NostrEvent event) {
    timesAsked.putIfAbsent(event, 0);
    if (!awaitingAnswer) {
      ask();
    }
  }

  void forget(NostrEvent event) {
    timesAsked.remove(event);
  }

  void disconnected() {
    timer.cancel();
    timesAsked.clear();
    awaitingAnswer = false;
  }

  void heard(RelayFrame.Event frame) {
    if (timesAsked.remove(frame.event()) != null) {
      givenOut.accept(frame.event());
    }
  }

  void heard(RelayFrame.EndOfStored frame) {
    if (awaitingAnswer) {
      link.send(ClientFrames.close(NAME));
      answered();
    }
  }

  void heard(RelayFrame.Closed frame) {
    if (awaitingAnswer) {
      answered();
    }
  }

  /** Those asked for least often come first. */
  private void ask() {
    timer.cancel();
    List<NostrEvent> some =
        timesAsked.entrySet().stream()
            .sorted(Comparator.comparingInt(Map.Entry::getValue))
            .limit(AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    awaitingAnswer = !some.isEmpty();
    if (awaitingAnswer) {
      List<Bytes> ids = new ArrayList<>();
      for (NostrEvent event : some) {
        timesAsked.merge(event, 1, Integer::sum);
        ids.add(event.id());
      }
      link.send(ClientFrames.request(NAME, List.of(Filter.ofIds(ids))));
      timer = loop.after(patience, this::ask);
    }
  }

  private void answered() {
    awaitingAnswer = false;
    timer.cancel();
    if (timesAsked.containsValue(0)) {
      delay.reset();
      ask();
    } else if (!timesAsked.isEmpty()) {
      timer = loop.after(delay.next(), this::ask);
    }
  }
}
