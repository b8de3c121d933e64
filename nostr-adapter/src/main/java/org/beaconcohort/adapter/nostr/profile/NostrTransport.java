package org.beaconcohort.adapter.nostr.profile;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.adapter.nostr.event.MalformedEventException;
import org.beaconcohort.adapter.nostr.event.NostrEvent;
import org.beaconcohort.adapter.nostr.loop.EventLoop;
import org.beaconcohort.adapter.nostr.loop.ThreadLoop;
import org.beaconcohort.adapter.nostr.publish.PublishResult;
import org.beaconcohort.adapter.nostr.publish.PublishTerms;
import org.beaconcohort.adapter.nostr.relay.OutboxFullException;
import org.beaconcohort.adapter.nostr.relay.Publication;
import org.beaconcohort.adapter.nostr.relay.RelayPool;
import org.beaconcohort.adapter.nostr.socket.OkHttpConnector;
import org.beaconcohort.adapter.nostr.socket.RelayUrl;
import org.beaconcohort.adapter.nostr.wrap.ChannelRound;
import org.beaconcohort.adapter.nostr.wrap.OuterEvents;
import org.beaconcohort.adapter.nostr.wrap.OversizedEventException;
import org.beaconcohort.adapter.nostr.wrap.Stamp;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.beaconcohort.musig2.engine.InvalidPointException;

/**
 * One party's way to all others over Nostr relays: announcements as public addressable events,
 * everything else inside outer events of kind 4640 (rule N13), each sent again until a quorum of
 * relays has it (rule N21). Its own statements come back to it too. Receivers are called on its
 * loop and must not block it for long.
 */
public final class NostrTransport implements Transport {
  private final RelayPool pool;
  private final EventLoop loop;
  private final SecretKey inbox;
  private final OuterEvents outerEvents;
  private final PublishTerms terms;
  private final TransportListener listener;
  private final Runnable release;
  private final Reception reception;
  private final Outbox outbox = new Outbox();

  /** Set and read on the loop only. */
  private boolean closed;

  /**
   * A transport over a pool of its own.
   *
   * @param inbox the one-time key to which directed statements are sent; stays the caller's, who
   *     destroys it after the transport is closed
   * @param release runs on the loop when the transport is closed and the pool is closing
   */
  NostrTransport(
      RelayPool pool,
      EventLoop loop,
      SecretKey inbox,
      SecureRandom random,
      TransportSettings settings,
      TransportListener listener,
      Runnable release) {
    this.pool = pool;
    this.loop = loop;
    this.inbox = inbox;
    this.outerEvents = new OuterEvents(random);
    this.terms =
        new PublishTerms(
            PublishTerms.quorumOf(pool.relays().size()), settings.readBack(), settings.patience());
    this.listener = listener;
    this.release = release;
    this.reception = new Reception(pool, loop, listener);
  }

  /**
   * Connects to {@code relays} with sockets and a thread of its own.
   *
   * @param inbox stays the caller's, who destroys it after the transport is closed
   * @param faults hears what receivers and listeners throw
   */
  public static NostrTransport connect(
      Collection<RelayUrl> relays,
      SecretKey inbox,
      SecureRandom random,
      TransportSettings settings,
      TransportListener listener,
      Consumer<RuntimeException> faults) {
    ThreadLoop loop = new ThreadLoop("relays", Clock.systemUTC(), faults);
    OkHttpConnector connector = new OkHttpConnector(settings.pool().maxFrame());
    RelayPool pool = new RelayPool(relays, connector, loop, random, settings.pool());
    Runnable release =
        () -> {
          connector.close();
          loop.close();
        };
    return new NostrTransport(pool, loop, inbox, random, settings, listener, release);
  }

  @Override
  public void publish(SignedStatement statement, Recipient recipient) {
    outbox.begin();
    loop.execute(() -> {
      try {
        send(statement, recipient);
      } finally {
        outbox.end();
      }
    });
  }

  @Override
  public void listenToChannel(ChannelKey key, int round, Consumer<SignedStatement> receiver) {
    loop.execute(() -> reception.addChannel(roundOf(key, round), receiver));
  }

  @Override
  public void listenToInbox(Consumer<SignedStatement> receiver) {
    loop.execute(() -> reception.addInbox(inbox, receiver));
  }

  @Override
  public void listenToAnnouncements(
      Bytes author, String identifier, Consumer<SignedStatement> receiver) {
    loop.execute(() -> reception.addAnnouncements(author, identifier, receiver));
  }

  @Override
  public void listenToRepeats(Consumer<Bytes> receiver) {
    loop.execute(() -> reception.addRepeats(receiver));
  }

  @Override
  public void readBack(
      ChannelKey key, List<Integer> rounds, Bytes author, Consumer<StoredStatements> receiver) {
    loop.execute(() -> {
      if (!closed) {
        List<ChannelRound> opened = rounds.stream().map(round -> roundOf(key, round)).toList();
        Recollection recollection = new Recollection(opened, author, terms.quorum(), receiver);
        pool.look(recollection.filters(), terms.quorum(), recollection);
      }
    });
  }

  /** How it stands; may be called from any thread. */
  public TransportStatus status() {
    return new TransportStatus(
        pool.status(),
        terms.quorum(),
        reception.received(),
        reception.dropped(),
        outbox.underWay());
  }

  /**
   * Waits until everything published has reached its quorum or was given up, but no longer than
   * {@code patience}; whoever ends a process calls it before {@link #close}.
   *
   * @return whether nothing is under way any more
   */
  public boolean flush(Duration patience) throws InterruptedException {
    return outbox.awaitEmpty(patience);
  }

  @Override
  public void close() {
    loop.execute(() -> {
      if (!closed) {
        closed = true;
        reception.close();
        pool.close();
        loop.execute(release);
      }
    });
  }

  private void send(SignedStatement statement, Recipient recipient) {
    if (closed) {
      return;
    }
    try {
      for (NostrEvent event : events(statement, recipient)) {
        Publication publication = pool.publish(event, terms);
        outbox.begin();
        publication.result().thenAccept(result -> ended(statement, result));
      }
    } catch (MalformedEventException
        | OversizedEventException
        | InvalidPointException
        | OutboxFullException e) {
      listener.notSent(statement, e);
    }
  }

  private void ended(SignedStatement statement, PublishResult result) {
    outbox.end();
    listener.published(statement, result);
  }

  private List<NostrEvent> events(SignedStatement statement, Recipient recipient) {
    NostrEvent inner = NostrEvent.ofJson(statement.event(), StatementEvents.LIMITS);
    Stamp stamp = Stamp.lasting(loop.now().getEpochSecond());
    return switch (recipient) {
      case Recipient.Everyone everyone -> List.of(inner);
      case Recipient.Channel channel -> {
        ChannelRound round = roundOf(channel.key(), channel.round());
        try {
          yield outerEvents.toChannel(round, inner, stamp);
        } finally {
          round.destroy();
        }
      }
      case Recipient.Inboxes inboxes ->
          inboxes.keys().stream()
              .flatMap(key -> outerEvents.toInbox(key, inner, stamp).stream())
              .toList();
    };
  }

  private static ChannelRound roundOf(ChannelKey key, int number) {
    return ChannelRound.derive(key.secret().toArray(), number);
  }
}
