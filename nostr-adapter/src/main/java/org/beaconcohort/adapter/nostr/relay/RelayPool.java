package org.beaconcohort.adapter.nostr.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.socket.SocketConnector;

/**
 * Speaks with several relays at once and trusts none: what one of them sends is checked before it
 * counts, and what one of them fails to do changes nothing at the others.
 *
 * <p>Methods may be called from any thread; everything is done, and every listener called, on the
 * event loop. Whoever made the loop and the connector closes them.
 */
public final class RelayPool implements AutoCloseable {
  private static final int MAX_SUBSCRIPTIONS = 4;

  private final EventLoop loop;
  private final PoolSettings settings;
  private final List<RelayLink> links = new ArrayList<>();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Set<Publication> publications = new LinkedHashSet<>();
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();

  /** A pool that starts to connect at once; a relay named twice counts once. */
  public RelayPool(
      Collection<RelayUrl> relays,
      SocketConnector connector,
      EventLoop loop,
      RandomGenerator random,
      PoolSettings settings) {
    if (relays.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one relay, got none");
    }
    this.loop = loop;
    this.settings = settings;
    for (RelayUrl relay : new TreeSet<>(relays)) {
      links.add(new RelayLink(relay, connector, loop, random, settings));
    }
    loop.execute(() -> links.forEach(RelayLink::connect));
  }

  /**
   * Asks all relays for events that fulfil any of {@code filters}, now and from now on.
   *
   * @throws IllegalStateException at the fifth subscription: relays drop those beyond their limit
   *     without a word, so several questions belong into the filters of one
   */
  public Subscription subscribe(
      List<Filter> filters, Subscription.Proof proof, Subscription.Listener listener) {
    if (asking.incrementAndGet() > MAX_SUBSCRIPTIONS) {
      asking.decrementAndGet();
      throw new IllegalStateException(
          "subscriptions must be at most " + MAX_SUBSCRIPTIONS + "; use more filters in one");
    }
    String name = "s" + names.incrementAndGet();
    Subscription subscription =
        new Subscription(this, name, filters, proof, listener, settings.seenEvents());
    onLoop(() -> {
      subscriptions.add(subscription);
      changed(subscription);
    });
    return subscription;
  }

  /**
   * Sends {@code event} to all relays.
   *
   * @throws OutboxFullException if too many events wait for their quorum
   */
  public Publication publish(NostrEvent event, PublishTerms terms) {
    if (underWay.incrementAndGet() > settings.publications()) {
      underWay.decrementAndGet();
      throw new OutboxFullException(
          "events under way must be at most " + settings.publications() + "; wait for some");
    }
    Publication publication =
        new Publication(event, terms, relays(), done -> onLoop(() -> giveUp(done)));
    publication.result().thenRun(underWay::decrementAndGet);
    onLoop(() -> {
      publications.add(publication);
      makeRoom();
      links.forEach(link -> link.deliveries().add(publication));
      loop.after(terms.patience(), () -> giveUp(publication));
    });
    return publication;
  }

  /**
   * Asks every relay that is connected for all it stores of {@code filters}, once.
   *
   * @param enough answers after which only a moment is waited for the others
   */
  public void look(List<Filter> filters, int enough, LookListener listener) {
    String name = "." + names.incrementAndGet();
    onLoop(() ->
        new Look(loop, enough, listener)
            .begin(name, List.copyOf(filters), links, settings.patience().ok()));
  }

  /** The relays, each once, in order. */
  public List<RelayUrl> relays() {
    return links.stream().map(RelayLink::relay).toList();
  }

  /** One row per relay, in order. */
  public List<RelayStatus> status() {
    return links.stream().map(RelayLink::status).toList();
  }

  /** Tries all relays that are not connected, as when the network has come back. */
  public void reconnectNow() {
    onLoop(() -> links.forEach(RelayLink::connect));
  }

  @Override
  public void close() {
    onLoop(() -> {
      links.forEach(RelayLink::close);
      List.copyOf(publications).forEach(this::giveUp);
    });
  }

  void onLoop(Runnable task) {
    loop.execute(task);
  }

  void changed(Subscription subscription) {
    if (subscriptions.contains(subscription)) {
      links.forEach(link -> link.subscriptions().ask(subscription));
    }
  }

  void closed(Subscription subscription) {
    if (subscriptions.remove(subscription)) {
      asking.decrementAndGet();
      links.forEach(link -> link.subscriptions().end(subscription));
    }
  }

  /** Publications that have their quorum only wait for relays that are missing; the oldest goes. */
  private void makeRoom() {
    if (publications.size() > settings.publications()) {
      publications.stream().filter(Publication::isFinished).findFirst().ifPresent(this::giveUp);
    }
  }

  private void giveUp(Publication publication) {
    if (publications.remove(publication)) {
      links.forEach(link -> link.deliveries().remove(publication));
      publication.finish();
    }
  }
}
