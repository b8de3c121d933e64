package org.beaconcohort.adapter.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.beaconcohort.adapter.host.CohortHost;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.adapter.progress.Progress;
import org.beaconcohort.adapter.progress.ProgressListener;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.Performer;
import org.beaconcohort.musig2.bytes.Bytes;
import org.beaconcohort.musig2.curve.SecretKey;
import org.jspecify.annotations.Nullable;

/** What both roles have: a host, connections, and a listener that is told one thing at a time. */
final class Party implements Performer.Listener, ProgressListener, RelayConnection.Events {
  private static final Duration OUTAGE_CHECK = Duration.ofSeconds(15);
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final CohortHost host;
  private final RelayConnection connection;
  private final ProgressListener listener;
  private final AtomicReference<@Nullable CompletedRound> lastRound = new AtomicReference<>();
  private volatile Runnable finished = () -> {};
  private volatile boolean leaving;
  private volatile boolean over;
  private @Nullable Progress last;

  Party(String name, Outside outside, SecretKey inboxKey, ProgressListener listener) {
    this.host = new CohortHost(name);
    this.listener = listener;
    this.connection = outside.relays().open(inboxKey, outside.random(), this);
  }

  /** A random id for this process, which no other has had (R10). */
  static Bytes instance(Outside outside) {
    byte[] instance = new byte[Header.INSTANCE_SIZE];
    outside.random().nextBytes(instance);
    return Bytes.of(instance);
  }

  CohortHost host() {
    return host;
  }

  Transport transport() {
    return connection.transport();
  }

  CompletableFuture<Outcome> outcome() {
    return host.outcome();
  }

  Optional<CompletedRound> lastRound() {
    return Optional.ofNullable(lastRound.get());
  }

  /** Begins; {@code finished} is told when it is closed after the cohort had its outcome. */
  void start(CohortDriver<?, ?> driver, List<Input> first, Runnable finished) {
    this.finished = finished;
    host.start(driver, first);
    host.after(OUTAGE_CHECK, this::checkOutage);
  }

  @Override
  public void ended(Outcome outcome) {
    // Until an operator decides it stays listed as open, and says so again whenever it is begun.
    over = !(outcome instanceof Outcome.Halted);
    host.ended(outcome);
  }

  /**
   * Only now has whoever asked for the outcome done something with it: a process that was killed
   * before says it again.
   */
  private void finish() {
    try {
      if (over) {
        finished.run();
      }
    } catch (PortFailure unwritten) {
      // The outcome is a fact already; the journal only stays listed as open.
      failed("marking the journal as finished", unwritten);
    }
  }

  @Override
  public void failed(String what, PortFailure failure) {
    happened(new Progress.Trouble(what, String.valueOf(failure.getMessage()), failure.temporary()));
  }

  @Override
  public void notPublished(String detail) {
    happened(new Progress.Trouble("publishing", detail, false));
  }

  @Override
  public void fault(RuntimeException fault) {
    host.stop(fault);
  }

  /** The same trouble over and over is told once. */
  @Override
  public synchronized void happened(Progress progress) {
    if (progress instanceof Progress.Trouble && progress.equals(last)) {
      return;
    }
    last = progress;
    if (progress instanceof Progress.Completed completed) {
      lastRound.set(completed.round());
    }
    listener.happened(progress);
  }

  /**
   * Waits for the outcome, or until nothing has happened for {@code quiet}; not while a nonce is
   * claimed and its signature not made yet, since that would be lost.
   */
  Optional<Outcome> visit(Duration quiet) throws InterruptedException {
    while (true) {
      try {
        return Optional.of(host.outcome().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        CohortHost.Quiet now = host.quiet();
        if (!(now.state() instanceof ParticipantState.Claimed)
            && !now.overdue()
            && !host.now().isBefore(now.since().plus(quiet))) {
          leaving = true;
          return Optional.empty();
        }
      } catch (ExecutionException stopped) {
        throw stopped.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(stopped);
      }
    }
  }

  /** What was said last still goes out if there was an outcome; a broken relay delays it little. */
  void close(Performer performer) {
    performer.stop();
    boolean ended = leaving || host.outcome().isDone();
    host.close();
    finish();
    if (ended) {
      try {
        connection.flush(LAST_WORDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    connection.close();
  }

  /** As soon as {@code next} shows the cohort that follows, the machine is told. */
  void followedBy(Supplier<Optional<Succession>> next) {
    host.after(
        GLANCE,
        () -> {
          Optional<Succession> formed = next.get();
          if (formed.isPresent()) {
            host.deliver(new Input.SuccessorFormed(formed.get()));
          } else if (!host.outcome().isDone()) {
            followedBy(next);
          }
        });
  }

  private void checkOutage() {
    List<String> outage = connection.outage();
    if (!outage.isEmpty()) {
      happened(
          new Progress.Trouble(
              "connecting to relays", "none is connected: " + String.join(", ", outage), true));
    }
    host.after(OUTAGE_CHECK, this::checkOutage);
  }
}
