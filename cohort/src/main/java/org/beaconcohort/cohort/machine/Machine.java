package org.beaconcohort.cohort.machine;

import java.time.Instant;
import java.util.List;

/**
 * A protocol role as pure functions. The journal holds what was settled; replay needs no clock, no
 * keys and no peers. States are records; timeout, shrink, rotation and fallback are states with
 * names, never flags.
 *
 * @param <S> sealed states
 * @param <F> sealed facts
 */
public interface Machine<S, F> {
  /** The state before any fact. */
  S initial();

  /** What {@code input} means in {@code state}; changes nothing. */
  Verdict<F> decide(S state, Input input, Instant now);

  /** The state after {@code fact}; total over every journal ever written. */
  S evolve(S state, F fact);

  /** What to ask for again after a restart into {@code state}. */
  List<Effect> resume(S state);

  /** When {@code state} gives up; {@link Instant#MAX} if never. */
  Instant deadline(S state);

  /**
   * Whether {@code state}, should its deadline have passed while no process ran, first waits a
   * little for what {@link #resume} asks: the answer may be that all ended well meanwhile. Such a
   * state must not go round in circles by the answers it gets.
   */
  default boolean hearsAnswersFirst(S state) {
    return false;
  }
}
