package org.beaconcohort.adapter.nostr.relay;

import java.util.List;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.musig2.bytes.Bytes;

/** A standing question to all relays; it survives their disconnections and can be changed. */
public final class Subscription {
  /** What must be right before an event is believed and remembered. */
  public enum Proof {
    /** Id and signature. */
    SIGNATURE,
    /** The id alone: what the event holds proves itself, as on a channel (rule N13). */
    ID
  }

  /** Hears a subscription, on the pool's loop. */
  public interface Listener {
    /** A genuine event within the filters, once however many relays have it. */
    void event(NostrEvent event, RelayUrl relay);

    /** The relay has sent everything it stores; said again after each new look. */
    void caughtUp(RelayUrl relay);

    /** The relay refuses the question for as long as this connection lasts. */
    void refused(RelayUrl relay, String reason);
  }

  enum Verdict {
    NEW,
    DUPLICATE,
    FORGED,
    UNASKED
  }

  private final RelayPool pool;
  private final String name;
  private final Proof proof;
  private final Listener listener;
  private final SeenIds seen;
  private List<Filter> filters;
  private int revision;

  Subscription(
      RelayPool pool,
      String name,
      List<Filter> filters,
      Proof proof,
      Listener listener,
      int seenEvents) {
    this.pool = pool;
    this.name = name;
    this.filters = List.copyOf(filters);
    this.proof = proof;
    this.listener = listener;
    this.seen = new SeenIds(seenEvents);
  }

  /** Asks for {@code others} from now on; with none, nothing is asked. */
  public void replace(List<Filter> others) {
    List<Filter> copy = List.copyOf(others);
    pool.onLoop(() -> {
      if (!copy.equals(filters)) {
        filters = copy;
        revision++;
        pool.changed(this);
      }
    });
  }

  /** Lets the event with this id be handed over again when a relay sends it again. */
  public void forget(Bytes eventId) {
    pool.onLoop(() -> seen.forget(eventId));
  }

  /** Ends it; nothing is heard after the tasks already on the loop. */
  public void close() {
    pool.onLoop(() -> pool.closed(this));
  }

  /** The name relays know it by, another for other filters. */
  String name() {
    return name + "." + revision;
  }

  /** Whether {@code wireName} is or was a name of it. */
  boolean isCalled(String wireName) {
    return wireName.startsWith(name + ".");
  }

  List<Filter> filters() {
    return filters;
  }

  Listener listener() {
    return listener;
  }

  /** Judges what a relay sent; remembers it only if it is genuine and was asked for. */
  Verdict judge(NostrEvent event) {
    if (seen.has(event.id())) {
      return Verdict.DUPLICATE;
    }
    boolean genuine =
        switch (proof) {
          case SIGNATURE -> event.verify();
          case ID -> event.hasRightId();
        };
    if (!genuine) {
      return Verdict.FORGED;
    }
    if (filters.stream().noneMatch(filter -> filter.matches(event))) {
      return Verdict.UNASKED;
    }
    seen.add(event.id());
    return Verdict.NEW;
  }
}
