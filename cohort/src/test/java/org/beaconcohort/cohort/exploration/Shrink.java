package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing plan smaller, as long as it still fails. */
final class Shrink {
  private Shrink() {}

  /**
   * A plan that still fails, and does not without any one of its faults, its second round, its
   * sealing, its last member, or what its terms have besides.
   */
  static Plan shrink(Plan failing, Predicate<Plan> fails) {
    Plan least = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Plan next : smaller(least)) {
        if (fails.test(next)) {
          least = next;
          smaller = true;
          break;
        }
      }
    }
    return least;
  }

  private static List<Plan> smaller(Plan plan) {
    List<Plan> plans = new ArrayList<>();
    for (int i = plan.faults().size() - 1; i >= 0; i--) {
      List<Fault> fewer = new ArrayList<>(plan.faults());
      fewer.remove(i);
      plans.add(plan.with(fewer));
    }
    if (plan.members() > 2) {
      int left = (1 << plan.members()) - 1;
      int updates = plan.updates() & left;
      plans.add(
          without(
              new Plan(
                  plan.seed(),
                  plan.members() - 1,
                  updates == 0 ? 2 : updates,
                  plan.sealed(),
                  plan.rounds(),
                  plan.terms().forFewer(plan.members(), plan.members() - 1),
                  plan.faults())));
    }
    if (plan.rounds() > 1) {
      plans.add(
          new Plan(
              plan.seed(),
              plan.members(),
              plan.updates(),
              plan.sealed(),
              1,
              plan.terms(),
              plan.faults()));
    }
    if (plan.sealed()) {
      plans.add(
          new Plan(
              plan.seed(),
              plan.members(),
              plan.updates(),
              false,
              plan.rounds(),
              plan.terms(),
              plan.faults()));
    }
    plan.terms().smaller().forEach(less -> plans.add(without(plan.with(less))));
    return plans;
  }

  /** Without the faults of parties that it does not have. */
  private static Plan without(Plan plan) {
    return plan.with(
        plan.faults().stream().filter(fault -> fault.parties().allMatch(plan::has)).toList());
  }
}
