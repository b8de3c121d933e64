package org.beaconcohort.cohort.machine;

import java.util.List;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Violation;

/**
 * The three fates of an input.
 *
 * @param <F> facts of the machine
 */
public sealed interface Verdict<F> {
  /**
   * The facts are appended to the journal FIRST and durably, then the effects are performed:
   * nothing others can see happens before the fact that led to it is durable.
   */
  record Accepted<F>(List<F> facts, List<Effect> effects) implements Verdict<F> {
    /** Copies both lists. */
    public Accepted {
      facts = List.copyOf(facts);
      effects = List.copyOf(effects);
    }
  }

  /** Ordinary lateness or repetition; nothing happens. */
  record Ignored<F>(String why) implements Verdict<F> {}

  /** A fault of whoever made the input; nothing happens, the violation is counted and shown. */
  record Refused<F>(Violation violation) implements Verdict<F> {}

  /** Accepted with one fact and any effects. */
  static <F> Verdict<F> accept(F fact, Effect... effects) {
    return new Accepted<>(List.of(fact), List.of(effects));
  }

  /** Ignored because of {@code why}. */
  static <F> Verdict<F> ignore(String why) {
    return new Ignored<>(why);
  }

  /** Refused with a code and the thing, the expected and the found value. */
  static <F> Verdict<F> refuse(Code code, String detail) {
    return new Refused<>(Violation.refusal(code, detail));
  }
}
