package org.beaconcohort.adapter.nostr.relay;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.event.EventLimits;
import org.beaconcohort.adapter.nostr.frame.MalformedFrameException;
import org.beaconcohort.adapter.nostr.frame.RelayFrame;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.socket.SocketEnd;
import org.beaconcohort.adapter.nostr.socket.SocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Carries what sockets say over to the loop, in order and bounded. A few messages a turn, so that
 * one relay cannot keep the loop from the others.
 */
final class LinkInbox {
  private static final int A_TURN = 16;

  /** Something a socket said. */
  sealed interface Item {
    record Opened() implements Item {}

    record Frame(RelayFrame frame) implements Item {}

    record Malformed() implements Item {}

    /** More came than may wait. */
    record Overflow() implements Item {}

    record Ended(SocketEnd end) implements Item {}
  }

  private record Waiting(int generation, Item item, int characters) {}

  private final EventLoop loop;
  private final PoolSettings settings;
  private final Consumer<Item> taker;
  private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicLong characters = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** The connection whose messages still count; touched on the loop only. */
  private int generation;

  LinkInbox(EventLoop loop, PoolSettings settings, Consumer<Item> taker) {
    this.loop = loop;
    this.settings = settings;
    this.taker = taker;
  }

  /** An ear for the next connection; what earlier ones still say is dropped. */
  SocketListener nextConnection() {
    generation++;
    return new Ear(generation);
  }

  /** Nothing the present connection says counts any more. */
  void hangUp() {
    generation++;
  }

  private void put(int from, Item item, int size) {
    frames.incrementAndGet();
    characters.addAndGet(size);
    queue.add(new Waiting(from, item, size));
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::turn);
    }
  }

  private void turn() {
    scheduled.set(false);
    try {
      for (int i = 0; i < A_TURN; i++) {
        @Nullable Waiting next = queue.poll();
        if (next == null) {
          return;
        }
        frames.decrementAndGet();
        characters.addAndGet(-next.characters());
        if (next.generation() == generation) {
          taker.accept(next.item());
        }
      }
    } finally {
      if (!queue.isEmpty()) {
        schedule();
      }
    }
  }

  private final class Ear implements SocketListener {
    private final int mine;
    private boolean overflown;

    Ear(int mine) {
      this.mine = mine;
    }

    @Override
    public void opened() {
      put(mine, new Item.Opened(), 0);
    }

    @Override
    public void received(String text) {
      if (overflown) {
        return;
      }
      if (frames.get() >= settings.queuedFrames()
          || characters.get() + text.length() > settings.queuedCharacters()) {
        overflown = true;
        put(mine, new Item.Overflow(), 0);
        return;
      }
      put(mine, parsed(text), text.length());
    }

    @Override
    public void receivedBinary(int bytes) {
      if (!overflown && frames.get() < settings.queuedFrames()) {
        put(mine, new Item.Malformed(), 0);
      }
    }

    @Override
    public void ended(SocketEnd end) {
      put(mine, new Item.Ended(end), 0);
    }

    private Item parsed(String text) {
      EventLimits limits = settings.events();
      try {
        return new Item.Frame(RelayFrame.ofJson(text, settings.maxFrame(), limits));
      } catch (MalformedFrameException e) {
        return new Item.Malformed();
      }
    }
  }
}
