package org.beaconcohort.adapter.nostr.relay;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.publish.Delivery;
import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;

/**
 * An event on its way to all relays. The result comes when the quorum is reached, when it no longer
 * can be, or when patience ends; relays that are still missing then get the event until patience
 * ends.
 */
public final class Publication {
  private final NostrEvent event;
  private final PublishTerms terms;
  private final Map<RelayUrl, Delivery> deliveries = new TreeMap<>();
  private final CompletableFuture<PublishResult> result = new CompletableFuture<>();
  private final Consumer<Publication> settled;
  private volatile PublishResult latest;

  /** {@code settled} hears, once or more, that no relay's answer can change any more. */
  Publication(
      NostrEvent event,
      PublishTerms terms,
      Collection<RelayUrl> relays,
      Consumer<Publication> settled) {
    this.event = event;
    this.terms = terms;
    this.settled = settled;
    for (RelayUrl relay : relays) {
      deliveries.put(relay, new Delivery.Waiting("not sent yet"));
    }
    this.latest = new PublishResult(event.id(), terms, deliveries);
  }

  public NostrEvent event() {
    return event;
  }

  /** Completes once, on the pool's thread, and never exceptionally. */
  public CompletionStage<PublishResult> result() {
    return result.minimalCompletionStage();
  }

  /** How it stands now. */
  public PublishResult progress() {
    return latest;
  }

  PublishTerms terms() {
    return terms;
  }

  void set(RelayUrl relay, Delivery delivery) {
    deliveries.put(relay, delivery);
    latest = new PublishResult(event.id(), terms, deliveries);
    long open = deliveries.values().stream().filter(this::isOpen).count();
    if (latest.reachedQuorum() || latest.accepted().size() + open < terms.quorum()) {
      finish();
    }
    if (open == 0) {
      settled.accept(this);
    }
  }

  boolean isFinished() {
    return result.isDone();
  }

  void finish() {
    result.complete(latest);
  }

  private boolean isOpen(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Waiting waiting -> true;
      case Delivery.Sent sent -> true;
      case Delivery.Unknown unknown -> true;
      case Delivery.Accepted accepted -> terms.readBack() && !accepted.readBack();
      case Delivery.Refused refused -> false;
    };
  }
}
