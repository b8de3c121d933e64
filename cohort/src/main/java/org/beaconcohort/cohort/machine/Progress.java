package org.beaconcohort.cohort.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Adds to a verdict what its facts make possible at once: a statement that came early is kept, and
 * counts when its time comes.
 */
public final class Progress {
  private Progress() {}

  /**
   * The verdict with all that follows from it.
   *
   * @param evolve of the machine
   * @param next what can happen in a state now, empty when it waits; must end
   */
  public static <S, F> Verdict<F> carryOn(
      S state,
      Verdict<F> verdict,
      BiFunction<S, F, S> evolve,
      Function<S, Optional<Verdict.Accepted<F>>> next) {
    if (!(verdict instanceof Verdict.Accepted<F> accepted)) {
      return verdict;
    }
    List<F> facts = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    S after = state;
    Optional<Verdict.Accepted<F>> more = Optional.of(accepted);
    while (more.isPresent()) {
      for (F fact : more.get().facts()) {
        after = evolve.apply(after, fact);
      }
      facts.addAll(more.get().facts());
      effects.addAll(more.get().effects());
      more = next.apply(after);
    }
    return new Verdict.Accepted<>(facts, effects);
  }
}
