package org.beaconcohort.cohort.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.Observer;

/**
 * The only place where anything happens: decide, append the facts, evolve, perform the effects, in
 * this order. If the append fails nothing else happens. It starts no thread; its owner calls it
 * from one thread of control.
 *
 * @param <S> states of the machine
 * @param <F> facts of the machine
 */
public final class CohortDriver<S, F> {
  /** How long a state whose deadline passed while no process ran still waits for answers. */
  public static final Duration GRACE = Duration.ofSeconds(30);

  private final Machine<S, F> machine;
  private final Journal<F> journal;
  private final Consumer<Effect> performer;
  private final Observer<S, F> observer;
  private S state;

  /**
   * Deadlines before {@code resumedAt} passed while no process ran; they count at {@code grace}.
   */
  private Instant resumedAt = Instant.MIN;

  private Instant grace = Instant.MIN;

  /** A driver in the state that the journal's facts lead to. */
  public CohortDriver(
      Machine<S, F> machine,
      Journal<F> journal,
      Consumer<Effect> performer,
      Observer<S, F> observer) {
    this(machine, journal, journal.replay(), performer, observer);
  }

  /**
   * The same for somebody who has replayed the journal already.
   *
   * @param facts all that the journal holds
   */
  public CohortDriver(
      Machine<S, F> machine,
      Journal<F> journal,
      List<F> facts,
      Consumer<Effect> performer,
      Observer<S, F> observer) {
    this.machine = machine;
    this.journal = journal;
    this.performer = performer;
    this.observer = observer;
    this.state = fold(machine, facts);
  }

  /** The state after {@code facts}, from nothing. */
  public static <S, F> S fold(Machine<S, F> machine, List<F> facts) {
    S state = machine.initial();
    for (F fact : facts) {
      state = machine.evolve(state, fact);
    }
    return state;
  }

  /**
   * Decides one input and does what follows from it.
   *
   * @throws org.beaconcohort.cohort.port.PortFailure if the facts cannot be made durable; the state
   *     is then unchanged and no effect was performed
   */
  public Verdict<F> accept(Input input, Instant now) {
    S before = state;
    Verdict<F> verdict = judge(before, input, now);
    if (verdict instanceof Verdict.Accepted<F> accepted) {
      if (!accepted.facts().isEmpty()) {
        journal.append(accepted.facts());
      }
      S after = before;
      for (F fact : accepted.facts()) {
        after = machine.evolve(after, fact);
      }
      state = after;
      observer.stepped(input, verdict, before, after);
      accepted.effects().forEach(performer);
    } else {
      observer.stepped(input, verdict, before, before);
    }
    return verdict;
  }

  /** Nobody's statement stops a driver, not even one that finds a fault in the machine (R23). */
  private Verdict<F> judge(S before, Input input, Instant now) {
    try {
      return machine.decide(before, input, now);
    } catch (RuntimeException fault) {
      if (input instanceof Input.Heard heard) {
        return Verdict.refuse(
            Code.UNJUDGED,
            "statement " + heard.statement().id() + " could not be judged: " + fault);
      }
      throw fault;
    }
  }

  /** Feeds {@link Input.DeadlinePassed} if the state's deadline has passed. */
  public void tick(Instant now) {
    if (!now.isBefore(deadline())) {
      accept(new Input.DeadlinePassed(), now);
    }
  }

  /**
   * Asks again for everything the state waits for; after a restart, before the first input. A
   * deadline that passed meanwhile counts {@link #GRACE} later in a state that hears answers first.
   */
  public void resume(Instant now) {
    resumedAt = now;
    grace = now.plus(GRACE);
    machine.resume(state).forEach(performer);
  }

  /** The state now. */
  public S state() {
    return state;
  }

  /** When the state gives up; {@link Instant#MAX} if never. */
  public Instant deadline() {
    return isOverdue() ? grace : machine.deadline(state);
  }

  /** Whether the state's deadline passed while no process ran; it is still given {@link #GRACE}. */
  public boolean isOverdue() {
    return machine.deadline(state).isBefore(resumedAt) && machine.hearsAnswersFirst(state);
  }
}
