package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;

/** One place where statements lie for everybody they are for; delivers on a thread of its own. */
final class MemoryRelays implements Relays, AutoCloseable {
  private record Stored(Recipient recipient, SignedStatement statement) {}

  private record Listener(Predicate<Stored> wanted, Consumer<SignedStatement> receiver) {}

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("memory-relays").unstarted(task));
  private final List<Stored> stored = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  @Override
  public RelayConnection open(
      SecretKey inboxKey, SecureRandom random, RelayConnection.Events events) {
    Transport transport = transport(inboxKey.xOnlyPublicKey());
    return new RelayConnection() {
      @Override
      public Transport transport() {
        return transport;
      }

      @Override
      public List<String> outage() {
        return List.of();
      }

      @Override
      public void flush(Duration patience) {}

      @Override
      public void close() {
        transport.close();
      }
    };
  }

  private Transport transport(Bytes inbox) {
    return new Transport() {
      @Override
      public void publish(SignedStatement statement, Recipient recipient) {
        thread.execute(() -> store(new Stored(recipient, statement)));
      }

      @Override
      public void listenToChannel(ChannelKey key, int round, Consumer<SignedStatement> receiver) {
        Recipient channel = new Recipient.Channel(key, round);
        listen(each -> each.recipient().equals(channel), receiver);
      }

      @Override
      public void listenToInbox(Consumer<SignedStatement> receiver) {
        listen(
            each ->
                each.recipient() instanceof Recipient.Inboxes inboxes
                    && inboxes.keys().contains(inbox),
            receiver);
      }

      @Override
      public void listenToAnnouncements(
          Bytes author, String identifier, Consumer<SignedStatement> receiver) {
        listen(
            each ->
                each.statement().body().kind() == StatementKind.ANNOUNCEMENT
                    && (author.size() == 0 || author.equals(each.statement().author())),
            receiver);
      }

      @Override
      public void readBack(
          ChannelKey key, List<Integer> rounds, Bytes author, Consumer<StoredStatements> receiver) {
        thread.execute(() -> {
          List<SignedStatement> own =
              stored.stream()
                  .filter(each ->
                      each.recipient() instanceof Recipient.Channel channel
                          && channel.key().equals(key)
                          && rounds.contains(channel.round())
                          && each.statement().author().equals(author))
                  .map(Stored::statement)
                  .distinct()
                  .toList();
          receiver.accept(
              new StoredStatements(
                  true, own, own.stream().map(SignedStatement::id).collect(Collectors.toSet())));
        });
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** The event of every statement that was published. */
  List<String> events() {
    return List.copyOf(events);
  }

  private void store(Stored more) {
    events.add(more.statement().event());
    stored.add(more);
    for (Listener listener : List.copyOf(listeners)) {
      hand(listener, more);
    }
  }

  private void listen(Predicate<Stored> wanted, Consumer<SignedStatement> receiver) {
    thread.execute(() -> {
      Listener listener = new Listener(wanted, receiver);
      listeners.add(listener);
      for (Stored each : List.copyOf(stored)) {
        hand(listener, each);
      }
    });
  }

  private static void hand(Listener listener, Stored each) {
    if (listener.wanted().test(each)) {
      listener.receiver().accept(each.statement());
    }
  }
}
