package org.beaconcohort.adapter.nostr.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.event.SeenIds;
import org.beaconcohort.adapter.nostr.frame.Filter;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.relay.RelayPool;
import org.beaconcohort.adapter.nostr.relay.Subscription;
import org.beaconcohort.adapter.nostr.relay.Subscription.Proof;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.wrap.ChannelRound;
import org.beaconcohort.adapter.nostr.wrap.Opened;
import org.beaconcohort.adapter.nostr.wrap.OuterEvents;
import org.beaconcohort.adapter.nostr.wrap.OuterReader;
import org.beaconcohort.cohort.message.MalformedStatementException;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/**
 * The receiving half of a transport: two questions to the relays, one for announcements and one for
 * all tags, and the way of an answer to its receivers. Used on the loop only.
 */
final class Reception {
  private static final int ANNOUNCEMENT = StatementKind.ANNOUNCEMENT.eventKind();

  /** Inner ids remembered per tag, more than the quotas of a round let through. */
  private static final int SEEN = 16_384;

  /** What is heard under one tag. */
  private record Heard(OuterReader reader, Topic topic) {}

  private final EventLoop loop;
  private final TransportListener listener;
  private final Subscription tagged;
  private final Subscription announced;
  private final Map<String, Heard> tags = new LinkedHashMap<>();
  private final List<ChannelRound> rounds = new ArrayList<>();
  private final List<Filter> announcementFilters = new ArrayList<>();
  private final Topic announcements = new Topic();
  private Consumer<Bytes> repeats = id -> {};
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  Reception(RelayPool pool, EventLoop loop, TransportListener listener) {
    this.loop = loop;
    this.listener = listener;
    this.tagged = pool.subscribe(List.of(), Proof.ID, new Ear(this::open));
    this.announced = pool.subscribe(List.of(), Proof.SIGNATURE, new Ear(this::readAnnouncement));
  }

  void addRepeats(Consumer<Bytes> receiver) {
    repeats = repeats.andThen(receiver);
  }

  long received() {
    return received.get();
  }

  long dropped() {
    return dropped.get();
  }

  /** Takes {@code round} over if nobody listened to its tag before, else destroys it. */
  void addChannel(ChannelRound round, Consumer<SignedStatement> receiver) {
    Heard heard = tags.get(round.tag().hex());
    if (heard == null) {
      rounds.add(round);
      listen(OuterReader.ofChannel(round, new SeenIds(SEEN)), receiver);
    } else {
      round.destroy();
      heard.topic().add(receiver);
    }
  }

  void addInbox(SecretKey inbox, Consumer<SignedStatement> receiver) {
    Heard heard = tags.get(inbox.xOnlyPublicKey().hex());
    if (heard == null) {
      listen(OuterReader.ofInbox(inbox, new SeenIds(SEEN)), receiver);
    } else {
      heard.topic().add(receiver);
    }
  }

  void addAnnouncements(Bytes author, String identifier, Consumer<SignedStatement> receiver) {
    Filter filter = Filter.ofKinds(ANNOUNCEMENT);
    if (author.size() > 0) {
      filter = filter.withAuthors(List.of(author));
    }
    if (!identifier.isEmpty()) {
      filter = filter.withTag("d", List.of(identifier));
    }
    announcements.add(statement -> {
      if (concerns(statement, author, identifier)) {
        receiver.accept(statement);
      }
    });
    if (!announcementFilters.contains(filter)) {
      announcementFilters.add(filter);
      announced.replace(announcementFilters);
    }
  }

  void close() {
    tagged.close();
    announced.close();
    tags.values().forEach(heard -> heard.topic().clear());
    announcements.clear();
    tags.clear();
    rounds.forEach(ChannelRound::destroy);
  }

  private void listen(OuterReader reader, Consumer<SignedStatement> receiver) {
    Heard heard = new Heard(reader, new Topic());
    heard.topic().add(receiver);
    tags.put(reader.tag().hex(), heard);
    tagged.replace(
        List.of(Filter.ofKinds(OuterEvents.KIND).withTag("p", List.copyOf(tags.keySet()))));
  }

  private void open(NostrEvent outer) {
    Heard heard = outer.tagValue("p").map(tags::get).orElse(null);
    if (heard == null) {
      drop("outer event for a tag nobody listens to");
      return;
    }
    switch (heard.reader().open(outer)) {
      case Opened.Inner inner -> {
        Optional<SignedStatement> statement = read(inner.event());
        if (statement.isPresent() && statement.get().body() instanceof Announcement) {
          drop("an announcement, which is public, came encrypted");
        } else {
          statement.ifPresent(said -> deliver(heard.topic(), said));
        }
      }
      case Opened.Refused refused -> drop(refused.fault() + ": " + refused.why());
      case Opened.PartKept part -> {}
      case Opened.Duplicate duplicate -> repeats.accept(duplicate.id());
    }
  }

  private void readAnnouncement(NostrEvent event) {
    long now = loop.now().getEpochSecond();
    boolean expired =
        event
            .tagValue("expiration")
            .filter(time -> time.matches("[0-9]{1,12}"))
            .map(time -> Long.parseLong(time) <= now)
            .orElse(false);
    if (expired) {
      drop("announcement " + event.id() + " has expired");
    } else {
      read(event).ifPresent(said -> deliver(announcements, said));
    }
  }

  private Optional<SignedStatement> read(NostrEvent event) {
    try {
      return Optional.of(StatementEvents.read(event));
    } catch (MalformedEventException | MalformedStatementException e) {
      drop(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean concerns(SignedStatement said, Bytes author, String identifier) {
    return said.body() instanceof Announcement announcement
        && (author.size() == 0 || author.equals(said.author()))
        && (identifier.isEmpty() || identifier.equals(announcement.identifier()));
  }

  private void deliver(Topic topic, SignedStatement statement) {
    received.incrementAndGet();
    topic.deliver(statement);
  }

  private void drop(String why) {
    dropped.incrementAndGet();
    listener.dropped(why);
  }

  /** Relays come and go; only events are of interest here. */
  private record Ear(Consumer<NostrEvent> events) implements Subscription.Listener {
    @Override
    public void event(NostrEvent event, RelayUrl relay) {
      events.accept(event);
    }

    @Override
    public void caughtUp(RelayUrl relay) {}

    @Override
    public void refused(RelayUrl relay, String reason) {}
  }
}
