package org.beaconcohort.adapter.progress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.port.Observer;
import org.beaconcohort.cohort.reliability.ReliabilityEvent;
import org.beaconcohort.cohort.reliability.RollCall;

/** Sees who answers a coordinator, and how long that takes by this process's clock. */
public final class RollCallNews implements Observer<CoordinatorState, CoordinatorFact> {
  private final CoordinatorMachine machine;
  private final Supplier<Instant> clock;
  private CoordinatorState state;
  private volatile RollCall seen = RollCall.EMPTY;

  /** Before any fact. */
  public RollCallNews(CoordinatorMachine machine, Supplier<Instant> clock) {
    this.machine = machine;
    this.clock = clock;
    this.state = machine.initial();
  }

  /** Facts of an earlier process, whose times nobody knows any more. */
  public void recall(List<CoordinatorFact> facts) {
    facts.forEach(fact -> see(fact, Optional.empty()));
  }

  @Override
  public void stepped(
      Input input,
      Verdict<CoordinatorFact> verdict,
      CoordinatorState before,
      CoordinatorState after) {
    if (verdict instanceof Verdict.Accepted<CoordinatorFact> accepted) {
      accepted.facts().forEach(fact -> see(fact, Optional.of(clock.get())));
    }
  }

  private void see(CoordinatorFact fact, Optional<Instant> at) {
    CoordinatorState before = state;
    state = machine.evolve(before, fact);
    seen = seen.seen(fact, before, state, at);
  }

  /** What is to be remembered so far. */
  public List<ReliabilityEvent> events() {
    return seen.events();
  }
}
