package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.beaconcohort.cohort.check.Evidence;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.Scheduler;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.Performer;

/**
 * One machine in the simulation: its driver, journal, deadline and everything it refused. Its
 * process may die in an append of the journal or while it sends; another goes on from the journal's
 * records.
 *
 * @param <S> states of the machine
 * @param <F> facts of the machine
 */
public final class SimParty<S, F> implements Performer.Listener {
  /**
   * What one process is made of: an instance id of its own, an empty vault.
   *
   * @param listen begins to receive
   * @param first inputs of its owner
   * @param stop ends receiving
   */
  public record Parts<S, F>(
      Machine<S, F> machine,
      Performer performer,
      Runnable listen,
      List<Input> first,
      Runnable stop) {
    /** Copies the list. */
    public Parts {
      first = List.copyOf(first);
    }
  }

  /** Makes the parts of a process. */
  @FunctionalInterface
  public interface Maker<S, F> {
    /** New parts; the performer's answers go to {@code answers}, what leaves it by {@code door}. */
    Parts<S, F> make(Consumer<Input> answers, Performer.Listener listener, Door door);
  }

  /** Where everything goes that a process does to the world; it may die there. */
  public interface Door {
    /** Sends, or dies before or after it. */
    <T> T leave(Supplier<T> sending);

    /** The clock; a process that dies in a task of its own is dead, nobody else is. */
    Scheduler scheduler();
  }

  private final class Incarnation implements Door {
    private final Parts<S, F> parts = maker.make(this::deliver, SimParty.this, this);
    private final CohortDriver<S, F> driver =
        new CohortDriver<>(
            parts.machine(),
            journal,
            parts.performer(),
            (input, verdict, before, after) -> {
              if (verdict instanceof Verdict.Refused<F> no) {
                refused.add(no.violation());
              }
            });
    private boolean dead;

    void begin() {
      setAlarm();
      parts.listen().run();
      parts.first().forEach(this::accept);
    }

    /** Each is decided on its own, a moment later. */
    void deliver(Input input) {
      time.after(Duration.ofMillis(1), () -> accept(input));
    }

    void accept(Input input) {
      if (dead) {
        return;
      }
      Instant before = driver.deadline();
      if (survives(() -> driver.accept(input, time.now())) && !driver.deadline().equals(before)) {
        setAlarm();
      }
    }

    /** Whether the process still runs after this. */
    boolean survives(Runnable work) {
      try {
        work.run();
        return true;
      } catch (SimJournal.Crash crash) {
        die();
        journal.died();
        time.after(
            downtime,
            () -> {
              // It may have been started in another way meanwhile, or be stopped for ever.
              if (process == this && !stopped) {
                restart();
              }
            });
        return false;
      }
    }

    @Override
    public <T> T leave(Supplier<T> sending) {
      SimJournal.Moment moment = sendingCrashes.at(++sent);
      if (moment == SimJournal.Moment.BEFORE) {
        throw new SimJournal.Crash();
      }
      T answer = sending.get();
      if (moment == SimJournal.Moment.AFTER) {
        throw new SimJournal.Crash();
      }
      return answer;
    }

    @Override
    public Scheduler scheduler() {
      return new Scheduler() {
        @Override
        public Instant now() {
          return time.now();
        }

        @Override
        public void after(Duration delay, Runnable task) {
          time.after(
              delay,
              () -> {
                boolean unused = dead || survives(task);
              });
        }
      };
    }

    void setAlarm() {
      Instant deadline = driver.deadline();
      if (deadline.isBefore(Instant.MAX)) {
        Duration left = Duration.between(time.now(), deadline);
        time.after(left.isNegative() ? Duration.ZERO : left, () -> alarm(deadline));
      }
    }

    private void alarm(Instant deadline) {
      if (!dead && driver.deadline().equals(deadline)) {
        accept(new Input.DeadlinePassed());
      }
    }

    void die() {
      diedAt = dead ? diedAt : time.now();
      dead = true;
      parts.performer().stop();
      parts.stop().run();
    }
  }

  private final VirtualTime time;
  private final SimJournal<F> journal;
  private final Maker<S, F> maker;
  private final List<Violation> refused = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<S> restarts = new ArrayList<>();
  private final Instant begunAt;
  private Duration downtime = Duration.ofSeconds(1);
  private Instant diedAt = Instant.MAX;
  private Duration away = Duration.ZERO;
  private Optional<Evidence.Life> ended = Optional.empty();
  private SimJournal.Crashes sendingCrashes = sending -> SimJournal.Moment.NEVER;
  private int sent;
  private boolean stopped;
  private Incarnation process;

  /** A party whose journal keeps what {@code codec} makes of its facts. */
  public SimParty(VirtualTime time, RecordCodec<F> codec, Maker<S, F> maker) {
    this.time = time;
    this.begunAt = time.now();
    this.journal = new SimJournal<>(codec);
    this.maker = maker;
    this.process = new Incarnation();
  }

  /** Begins to receive, and decides the first inputs. */
  public void begin() {
    process.begin();
  }

  /** From now on some appends end the process; it starts again after {@code down}. */
  public void crashAndRestart(SimJournal.Crashes crashes, Duration down) {
    journal.crash(crashes);
    downtime = down;
  }

  /** From now on some sendings end the process, counted from 1; it starts again as above. */
  public void crashSending(SimJournal.Crashes crashes, Duration down) {
    sendingCrashes = crashes;
    downtime = down;
  }

  /** How long it is down after the next crash. */
  public void downFor(Duration down) {
    downtime = down;
  }

  /** Its next crash is its last one. */
  public void stopAtNextCrash() {
    stopped = true;
  }

  /** Whether a process of it runs. */
  public boolean isRunning() {
    return !process.dead;
  }

  /** Statements and transactions it sent so far, those that ended the process too. */
  public int sent() {
    return sent;
  }

  /** A process that ended goes on in another. */
  public void comeBack() {
    restart();
  }

  /** A process with the journal as it was after {@code count} facts takes this one's place. */
  public void restore(int count) {
    process.die();
    journal.putBack(count);
    restart();
  }

  /** A process begins on a copy of another party's journal. */
  public void beginWith(List<F> copied) {
    process.die();
    journal.copy(copied);
    restart();
  }

  /** As above, and what came later had never been durable, though it was said. */
  void loseAllBut(int count) {
    process.die();
    journal.neverKept(count);
    restart();
  }

  private void restart() {
    away = away.plus(Duration.between(diedAt, time.now()));
    Incarnation next = new Incarnation();
    process = next;
    restarts.add(next.driver.state());
    if (next.survives(() -> next.driver.resume(time.now()))) {
      next.setAlarm();
      next.begin();
    }
  }

  /** How long it lived, for the checker. */
  Evidence.Life life() {
    return ended
        .map(
            first -> new Evidence.Life(first.lived(), first.away(), !process.dead, outcomes.size()))
        .orElseGet(() ->
            new Evidence.Life(
                Duration.between(begunAt, time.now()), away, !process.dead, outcomes.size()));
  }

  /** Decides {@code input} now and sets the alarm for the new state's deadline. */
  public void accept(Input input) {
    process.accept(input);
  }

  /** From now on nothing reaches this party. */
  public void crash() {
    process.die();
  }

  /** The states it was in when it started again, in order. */
  public List<S> restarts() {
    return List.copyOf(restarts);
  }

  /** The state now. */
  public S state() {
    return process.driver.state();
  }

  /** Facts so far. */
  public List<F> facts() {
    return journal.replay();
  }

  /** The journal. */
  public SimJournal<F> journal() {
    return journal;
  }

  /** The state that the journal's records lead to from nothing. */
  public S folded() {
    return CohortDriver.fold(process.parts.machine(), journal.replay());
  }

  /** Every violation refused. */
  public List<Violation> refused() {
    return refused;
  }

  /** What failed for a while. */
  public List<String> troubles() {
    return troubles;
  }

  /** What was reported at the end; once more after each restart. */
  public List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public void ended(Outcome outcome) {
    if (ended.isEmpty()) {
      ended = Optional.of(new Evidence.Life(Duration.between(begunAt, time.now()), away, true, 1));
    }
    outcomes.add(outcome);
  }

  @Override
  public void failed(String what, PortFailure failure) {
    if (!failure.temporary()) {
      throw new AssertionError(what, failure);
    }
    troubles.add(what + ": " + failure.getMessage());
  }
}
