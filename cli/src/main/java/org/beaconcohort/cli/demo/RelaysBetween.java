package org.beaconcohort.cli.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.adapter.api.RelayConnection;
import org.beaconcohort.adapter.api.Relays;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** Relays as they are, with somebody between them and the party. */
public abstract class RelaysBetween implements Relays {
  private final Relays honest;

  /** Stands between {@code honest} and whoever opens it. */
  protected RelaysBetween(Relays honest) {
    this.honest = honest;
  }

  /** What the party gets in place of {@code inside}. */
  protected abstract Through between(Transport inside);

  @Override
  public final RelayConnection open(
      SecretKey inboxKey, SecureRandom random, RelayConnection.Events events) {
    RelayConnection connection = honest.open(inboxKey, random, events);
    return new Connection(connection, between(connection.transport()));
  }

  private record Connection(RelayConnection inside, Transport transport)
      implements RelayConnection {
    @Override
    public List<String> outage() {
      return inside.outage();
    }

    @Override
    public void flush(Duration patience) throws InterruptedException {
      inside.flush(patience);
    }

    @Override
    public void close() {
      inside.close();
    }
  }

  /** Passes everything on but for what a subclass changes. */
  protected static class Through implements Transport {
    private final Transport inside;

    /** Passes on to {@code inside}. */
    protected Through(Transport inside) {
      this.inside = inside;
    }

    @Override
    public void publish(SignedStatement said, Recipient to) {
      inside.publish(said, to);
    }

    @Override
    public void listenToChannel(ChannelKey channel, int round, Consumer<SignedStatement> receiver) {
      inside.listenToChannel(channel, round, receiver);
    }

    @Override
    public void listenToInbox(Consumer<SignedStatement> receiver) {
      inside.listenToInbox(receiver);
    }

    @Override
    public void listenToAnnouncements(
        Bytes author, String identifier, Consumer<SignedStatement> receiver) {
      inside.listenToAnnouncements(author, identifier, receiver);
    }

    @Override
    public void readBack(
        ChannelKey channel,
        List<Integer> rounds,
        Bytes author,
        Consumer<StoredStatements> receiver) {
      inside.readBack(channel, rounds, author, receiver);
    }

    @Override
    public void listenToRepeats(Consumer<Bytes> receiver) {
      inside.listenToRepeats(receiver);
    }

    @Override
    public void close() {
      inside.close();
    }
  }
}
