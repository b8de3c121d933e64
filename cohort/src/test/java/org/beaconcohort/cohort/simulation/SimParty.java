package org.beaconcohort.cohort.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.runtime.CohortDriver;
import org.beaconcohort.cohort.runtime.Performer;

/**
 * One machine in the simulation: its driver, journal, deadline and everything it refused.
 *
 * @param <S> states of the machine
 * @param <F> facts of the machine
 */
public final class SimParty<S, F> implements Performer.Listener {
  private final Machine<S, F> machine;
  private final VirtualTime time;
  private final SimJournal<F> journal = new SimJournal<>();
  private final CohortDriver<S, F> driver;
  private final Performer performer;
  private final List<Violation> refused = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private boolean crashed;

  /** A party; {@code performer} builds its effects' performer from the sink of inputs. */
  public SimParty(
      Machine<S, F> machine, VirtualTime time, Function<SimParty<S, F>, Performer> performer) {
    this.machine = machine;
    this.time = time;
    this.performer = performer.apply(this);
    this.driver =
        new CohortDriver<>(
            machine,
            journal,
            effect -> this.performer.accept(effect),
            (input, verdict, before, after) -> {
              if (verdict instanceof Verdict.Refused<F> no) {
                refused.add(no.violation());
              }
            });
  }

  /** Where ports put their answers: each is decided on its own, a moment later. */
  public Consumer<Input> mailbox() {
    return input -> time.after(Duration.ofMillis(1), () -> accept(input));
  }

  /** Decides {@code input} now and sets the alarm for the new state's deadline. */
  public void accept(Input input) {
    if (crashed) {
      return;
    }
    Instant before = driver.deadline();
    driver.accept(input, time.now());
    Instant after = driver.deadline();
    if (!after.equals(before) && after.isBefore(Instant.MAX)) {
      time.after(Duration.between(time.now(), after), () -> alarm(after));
    }
  }

  private void alarm(Instant deadline) {
    if (!crashed && driver.deadline().equals(deadline)) {
      accept(new Input.DeadlinePassed());
    }
  }

  /** From now on nothing reaches this party. */
  public void crash() {
    crashed = true;
    performer.stop();
  }

  /** Whether {@link #crash} was called. */
  public boolean crashed() {
    return crashed;
  }

  /** The performer, to begin listening. */
  public Performer performer() {
    return performer;
  }

  /** The state now. */
  public S state() {
    return driver.state();
  }

  /** Facts so far. */
  public List<F> facts() {
    return journal.replay();
  }

  /** The state that the journal leads to from nothing. */
  public S folded() {
    return CohortDriver.fold(machine, journal.replay());
  }

  /** Every violation refused. */
  public List<Violation> refused() {
    return refused;
  }

  /** What was reported at the end. */
  public List<Outcome> outcomes() {
    return outcomes;
  }

  @Override
  public void ended(Outcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void failed(String what, PortFailure failure) {
    throw new AssertionError(what, failure);
  }
}
