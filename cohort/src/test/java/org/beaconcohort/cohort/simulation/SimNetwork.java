package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.port.Transport.StoredStatements;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The in-memory transport: keeps everything, delivers each statement at least once to each
 * receiver, after a random delay, in any order, sometimes twice. {@link #tamper} sees every
 * statement on its way.
 */
public final class SimNetwork {
  private record Posted(String from, SignedStatement statement, Recipient recipient) {}

  private record Receiver(
      String name, Predicate<Posted> wants, Consumer<SignedStatement> consumer) {}

  private final VirtualTime time;
  private final RandomGenerator random;
  private final List<Posted> posted = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();
  private final Set<String> carried = new LinkedHashSet<>();
  private BiFunction<String, SignedStatement, List<SignedStatement>> tamper =
      (receiver, statement) -> List.of(statement);

  private BiFunction<String, SignedStatement, Duration> delays =
      (receiver, statement) -> Duration.ZERO;

  private BiFunction<String, StoredStatements, StoredStatements> memory = (name, found) -> found;

  private BiPredicate<String, String> reaches = (from, to) -> true;
  private Predicate<String> connected = name -> true;
  private final List<Runnable> held = new ArrayList<>();

  /** A network on virtual time. */
  public SimNetwork(VirtualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /**
   * What reaches a receiver (by name) instead of a statement: nothing, itself, something else,
   * several.
   */
  public void tamper(BiFunction<String, SignedStatement, List<SignedStatement>> hook) {
    this.tamper = hook;
  }

  /** How much longer than usual a statement takes to a receiver (by name). */
  public void delays(BiFunction<String, SignedStatement, Duration> hook) {
    this.delays = hook;
  }

  /**
   * From now on these parties (by name) reach no relay; what concerns them is held until healed.
   */
  public void cut(Predicate<String> names) {
    connected = names.negate();
    reaches = (from, to) -> !names.test(from) && !names.test(to);
  }

  /**
   * From now on there are relays for these parties (by name) and others for the rest, which do not
   * know of one another until healed.
   */
  public void split(Predicate<String> names) {
    reaches = (from, to) -> names.test(from) == names.test(to);
  }

  /** Relays hold and carry everything again, also what was held. */
  public void heal() {
    connected = name -> true;
    reaches = (from, to) -> true;
    List<Runnable> all = List.copyOf(held);
    held.clear();
    all.forEach(Runnable::run);
  }

  /** All statements ever published. */
  public List<SignedStatement> statements() {
    return posted.stream().map(Posted::statement).toList();
  }

  /** Every event ever published here or handed to anybody, what tampering made among them. */
  public Set<String> carried() {
    return Collections.unmodifiableSet(carried);
  }

  /** Everything ever published is published again, {@code times} over, in any order. */
  public void replay(int times) {
    List<Posted> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(posted);
    }
    Collections.shuffle(all, new Random(random.nextLong()));
    all.forEach(this::post);
  }

  /** Everything that another network carried, as relays that both asked have it. */
  void take(SimNetwork other) {
    List.copyOf(other.posted).forEach(this::post);
  }

  /** Hands a statement to everyone who listens there, as any stranger could. */
  public void inject(SignedStatement statement, Recipient recipient) {
    post(new Posted("", statement, recipient));
  }

  /** How relays answer those who read their own statements back: this party, by name. */
  public void readBack(BiFunction<String, StoredStatements, StoredStatements> hook) {
    this.memory = hook;
  }

  private void readBack(
      String name,
      ChannelKey key,
      List<Integer> rounds,
      Bytes author,
      Consumer<StoredStatements> receiver) {
    List<SignedStatement> stored =
        posted.stream()
            .filter(post ->
                post.recipient() instanceof Recipient.Channel channel
                    && channel.key().equals(key)
                    && rounds.contains(channel.round()))
            .map(Posted::statement)
            .filter(said -> author.size() == 0 || said.author().equals(author))
            .distinct()
            .toList();
    StoredStatements found =
        new StoredStatements(
            true,
            stored,
            stored.stream().map(SignedStatement::id).collect(Collectors.toUnmodifiableSet()));
    StoredStatements answer =
        connected.test(name)
            ? memory.apply(name, found)
            : new StoredStatements(false, List.of(), Set.of());
    time.soon(Duration.ofMillis(400), () -> receiver.accept(answer));
  }

  /** The transport of one party. */
  public Transport party(String name, Bytes inboxKey) {
    return new Transport() {
      @Override
      public void publish(SignedStatement statement, Recipient recipient) {
        Posted post = new Posted(name, statement, recipient);
        if (connected.test(name)) {
          post(post);
        } else {
          held.add(() -> post(post));
        }
      }

      @Override
      public void listenToChannel(ChannelKey key, int round, Consumer<SignedStatement> receiver) {
        listen(
            new Receiver(
                name,
                post ->
                    post.recipient() instanceof Recipient.Channel channel
                        && channel.key().equals(key)
                        && channel.round() == round,
                receiver));
      }

      @Override
      public void listenToInbox(Consumer<SignedStatement> receiver) {
        listen(
            new Receiver(
                name,
                post ->
                    post.recipient() instanceof Recipient.Inboxes inboxes
                        && inboxes.keys().contains(inboxKey),
                receiver));
      }

      @Override
      public void listenToAnnouncements(
          Bytes author, String identifier, Consumer<SignedStatement> receiver) {
        listen(
            new Receiver(
                name,
                post ->
                    post.recipient() instanceof Recipient.Everyone
                        && post.statement().body() instanceof Announcement announced
                        && (author.size() == 0 || author.equals(post.statement().author()))
                        && (identifier.isEmpty() || identifier.equals(announced.identifier())),
                receiver));
      }

      @Override
      public void readBack(
          ChannelKey key, List<Integer> rounds, Bytes author, Consumer<StoredStatements> receiver) {
        SimNetwork.this.readBack(name, key, rounds, author, receiver);
      }

      @Override
      public void close() {
        receivers.removeIf(receiver -> receiver.name().equals(name));
      }
    };
  }

  private void post(Posted post) {
    posted.add(post);
    carried.add(post.statement().event());
    for (Receiver receiver : List.copyOf(receivers)) {
      deliver(receiver, post);
    }
  }

  private void listen(Receiver receiver) {
    receivers.add(receiver);
    for (Posted post : List.copyOf(posted)) {
      deliver(receiver, post);
    }
  }

  private void arrive(Receiver receiver, Posted post, SignedStatement arriving) {
    if (reaches.test(post.from(), receiver.name())) {
      receiver.consumer().accept(arriving);
    } else {
      held.add(() -> arrive(receiver, post, arriving));
    }
  }

  private void deliver(Receiver receiver, Posted post) {
    if (!receiver.wants().test(post)) {
      return;
    }
    int copies = random.nextInt(4) == 0 ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      for (SignedStatement arriving : tamper.apply(receiver.name(), post.statement())) {
        carried.add(arriving.event());
        time.after(
            delays.apply(receiver.name(), arriving),
            () -> time.soon(Duration.ofMillis(400), () -> arrive(receiver, post, arriving)));
      }
    }
  }
}
