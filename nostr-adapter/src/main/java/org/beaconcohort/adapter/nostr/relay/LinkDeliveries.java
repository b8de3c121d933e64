package org.beaconcohort.adapter.nostr.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.beaconcohort.adapter.nostr.frame.ClientFrames;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.frame.Refusal;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.frame.RelayWords;
import org.beaconcohort.adapter.nostr.loop.Backoff;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * All events on their way to one relay. The same bytes are sent again after a reconnection, after
 * an answer that did not come, and after refusals that pass; a relay that complains of our rate
 * gets events more slowly.
 */
final class LinkDeliveries {
  private static final String READ_BACK = "read-back";
  private static final int READ_BACK_AT_ONCE = 50;
  private static final Duration FIRST_SPACING = Duration.ofMillis(500);
  private static final Duration MAX_SPACING = Duration.ofSeconds(8);
  private static final Duration FULL_QUEUE = Duration.ofSeconds(1);

  private final RelayLink link;
  private final EventLoop loop;
  private final RandomGenerator random;
  private final PoolSettings settings;
  private final Set<Parcel> parcels = new LinkedHashSet<>();
  private final Deque<Parcel> toSend = new ArrayDeque<>();
  private final Set<Parcel> readingBack = new LinkedHashSet<>();
  private EventLoop.Timer sending = () -> {};
  private EventLoop.Timer reading = () -> {};
  private Duration spacing = Duration.ZERO;
  private boolean paused;

  LinkDeliveries(RelayLink link, EventLoop loop, RandomGenerator random, PoolSettings settings) {
    this.link = link;
    this.loop = loop;
    this.random = random;
    this.settings = settings;
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
        readingBack.remove(parcel);
      }
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
    reading.cancel();
    toSend.clear();
    readingBack.clear();
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

  /** Whether it was for us. */
  boolean heard(RelayFrame.Event frame) {
    if (!frame.subscription().equals(READ_BACK)) {
      return false;
    }
    for (Parcel parcel : List.copyOf(readingBack)) {
      if (parcel.publication.event().equals(frame.event())) {
        readingBack.remove(parcel);
        parcel.set(new Delivery.Accepted(true));
      }
    }
    return true;
  }

  boolean heard(RelayFrame.EndOfStored frame) {
    if (!frame.subscription().equals(READ_BACK)) {
      return false;
    }
    link.send(ClientFrames.close(READ_BACK));
    readBackLater();
    return true;
  }

  boolean heard(RelayFrame.Closed frame) {
    if (!frame.subscription().equals(READ_BACK)) {
      return false;
    }
    readBackLater();
    return true;
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

  private void readBack(Parcel parcel) {
    boolean idle = readingBack.isEmpty();
    readingBack.add(parcel);
    if (idle) {
      askBack();
    }
  }

  private void readBackLater() {
    reading.cancel();
    if (!readingBack.isEmpty()) {
      reading = loop.after(Duration.ofSeconds(1), this::askBack);
    }
  }

  private void askBack() {
    List<Bytes> some =
        readingBack.stream().map(Parcel::id).distinct().limit(READ_BACK_AT_ONCE).toList();
    if (some.isEmpty()) {
      return;
    }
    link.send(ClientFrames.request(READ_BACK, List.of(Filter.ofIds(some))));
    reading.cancel();
    reading = loop.after(settings.patience().ok(), this::askBack);
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
            readBack(this);
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
            readBack(this);
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
