package org.beaconcohort.cohort.port;

import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;

/**
 * Sees every step of a driver, for logs, progress and counters; it cannot change anything.
 *
 * @param <S> states of the machine
 * @param <F> facts of the machine
 */
@FunctionalInterface
public interface Observer<S, F> {
  /** One input was decided; {@code after} is the state once its facts are folded in. */
  void stepped(Input input, Verdict<F> verdict, S before, S after);
}
