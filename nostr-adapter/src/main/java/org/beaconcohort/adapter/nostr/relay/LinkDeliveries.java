package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.frame.ClientFrames;
import org.beaconcohort.adapter.nostr.frame.Refusal;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.frame.RelayWords;
import org.beaconcohort.adapter.nostr.loop.Backoff;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.publish.Delivery;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * All events on their way to one relay. The same bytes are sent again after a reconnection, after
 * an answer that did not come, and after refusals that pass; a relay that complains of our rate
 * gets events more slowly.
 */
final class LinkDeliveries {
  private static final Duration FIRST_SPACING = Duration.ofMillis(500);
  private static final Duration MAX_SPACING = Duration.ofSeconds(8);
  private static final Duration FULL_QUEUE = Duration.ofSeconds(1);

  private final RelayLink link;
  private final EventLoop loop;
  private final RandomGenerator random;
  private final PoolSettings settings;
  private final Set<Parcel> parcels = new LinkedHashSet<>();
  private final Deque<Parcel> toSend = new ArrayDeque<>();
  private final ReadBack readBack;
  private EventLoop.Timer sending = () -> {};
  private Duration spacing = Duration.ZERO;
  private boolean paused;

  LinkDeliveries(RelayLink link, EventLoop loop, RandomGenerator random, PoolSettings settings) {
    this.link = link;
    this.loop = loop;
    this.random = random;
    this.settings = settings;
    this.readBack = new ReadBack(link, loop, random, settings, this::givenOut);
  }

  void add(Publication publication) {
    Parcel parcel = new Parcel(publication);
    parcels.add(parcel);
    if (link.isOpen()) {
      enqueue(parcel);
    } else {
      parcel.set(new Delivery.Waiting("relay is not connected"));
    }
  }

  void remove(Publication publication) {
    for (Parcel parcel : List.copyOf(parcels)) {
      if (parcel.publication == publication) {
        parcel.timer.cancel();
        parcels.remove(parcel);
        toSend.remove(parcel);
      }
    }
    if (parcels.stream().noneMatch(parcel -> parcel.id().equals(publication.event().id()))) {
      readBack.forget(publication.event());
    }
  }

  void connected() {
    paused = false;
    for (Parcel parcel : List.copyOf(parcels)) {
      parcel.resume();
    }
  }

  void disconnected(String reason) {
    sending.cancel();
    toSend.clear();
    readBack.disconnected();
    for (Parcel parcel : List.copyOf(parcels)) {
      parcel.timer.cancel();
      if (parcel.delivery instanceof Delivery.Sent) {
        parcel.set(new Delivery.Unknown());
      } else if (parcel.delivery instanceof Delivery.Waiting) {
        parcel.set(new Delivery.Waiting(reason));
      }
    }
  }

  void heard(RelayFrame.Ok ok) {
    for (Parcel parcel : List.copyOf(parcels)) {
      if (parcel.id().equals(ok.eventId())) {
        parcel.answered(ok);
      }
    }
  }

  ReadBack readBack() {
    return readBack;
  }

  private void givenOut(NostrEvent event) {
    for (Parcel parcel : List.copyOf(parcels)) {
      if (parcel.publication.event().equals(event)) {
        parcel.set(new Delivery.Accepted(true));
      }
    }
  }

  private void enqueue(Parcel parcel) {
    parcel.set(new Delivery.Waiting("about to be sent"));
    toSend.add(parcel);
    pump();
  }

  private void pump() {
    while (!paused && !toSend.isEmpty()) {
      Parcel parcel = toSend.remove();
      if (!link.send(ClientFrames.event(parcel.publication.event()))) {
        toSend.addFirst(parcel);
        pause(FULL_QUEUE);
        return;
      }
      parcel.sent();
      if (!spacing.isZero()) {
        pause(spacing);
      }
    }
  }

  private void pause(Duration length) {
    paused = true;
    sending.cancel();
    sending =
        loop.after(
            length,
            () -> {
              paused = false;
              pump();
            });
  }

  private void slowDown() {
    Duration doubled = spacing.isZero() ? FIRST_SPACING : spacing.multipliedBy(2);
    spacing = doubled.compareTo(MAX_SPACING) > 0 ? MAX_SPACING : doubled;
  }

  /** Half the pause after each event that was taken, until there is none. */
  private void speedUp() {
    Duration halved = spacing.dividedBy(2);
    spacing = halved.compareTo(FIRST_SPACING.dividedBy(8)) < 0 ? Duration.ZERO : halved;
  }

  /** One event at this relay. */
  private final class Parcel {
    private final Publication publication;
    private final Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    private Delivery delivery = new Delivery.Waiting("not sent yet");
    private EventLoop.Timer timer = () -> {};

    Parcel(Publication publication) {
      this.publication = publication;
    }

    Bytes id() {
      return publication.event().id();
    }

    void set(Delivery now) {
      delivery = now;
      publication.set(link.relay(), now);
    }

    void sent() {
      set(new Delivery.Sent());
      timer.cancel();
      timer =
          loop.after(
              settings.patience().ok(),
              () -> {
                set(new Delivery.Unknown());
                timer = loop.after(backoff.next(), () -> enqueue(this));
              });
    }

    void answered(RelayFrame.Ok ok) {
      if (isOver()) {
        return;
      }
      Refusal refusal = Refusal.of(ok.message());
      Refusal.Then then = ok.accepted() ? Refusal.Then.DONE : refusal.then();
      timer.cancel();
      toSend.remove(this);
      switch (then) {
        case DONE -> {
          speedUp();
          set(new Delivery.Accepted(false));
          if (publication.terms().readBack()) {
            readBack.ask(publication.event());
          }
        }
        case RETRY -> {
          if (refusal == Refusal.RATE_LIMITED) {
            slowDown();
          }
          set(new Delivery.Waiting(RelayWords.printable(ok.message())));
          timer = loop.after(backoff.next(), () -> enqueue(this));
        }
        case FINAL -> set(new Delivery.Refused(refusal, RelayWords.printable(ok.message())));
      }
    }

    /** Goes on where the last connection ended. */
    void resume() {
      switch (delivery) {
        case Delivery.Waiting waiting -> enqueue(this);
        case Delivery.Sent sent -> enqueue(this);
        case Delivery.Unknown unknown -> enqueue(this);
        case Delivery.Accepted accepted -> {
          if (publication.terms().readBack() && !accepted.readBack()) {
            readBack.ask(publication.event());
          }
        }
        case Delivery.Refused refused -> {}
      }
    }

    private boolean isOver() {
      return delivery instanceof Delivery.Accepted || delivery instanceof Delivery.Refused;
    }
  }
}
