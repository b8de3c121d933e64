package org.beaconcohort.cohort.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing plan smaller, as long as it still fails. */
final class Shrink {
  private Shrink() {}

  /**
   * A plan that still fails, and does not without any one of its faults, its second round, its
   * sealing, or its last member.
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
          new Plan(
              plan.seed(),
              plan.members() - 1,
              updates == 0 ? 2 : updates,
              plan.sealed(),
              plan.rounds(),
              plan.leaf() && plan.members() > 3,
              plan.faults().stream().filter(fault -> fits(fault, plan.members() - 1)).toList()));
    }
    if (plan.rounds() > 1) {
      plans.add(
          new Plan(
              plan.seed(),
              plan.members(),
              plan.updates(),
              plan.sealed(),
              1,
              plan.leaf(),
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
              plan.leaf(),
              plan.faults()));
    }
    if (plan.leaf()) {
      plans.add(
          new Plan(
              plan.seed(),
              plan.members(),
              plan.updates(),
              plan.sealed(),
              plan.rounds(),
              false,
              plan.faults()));
    }
    return plans;
  }

  private static boolean fits(Fault fault, int members) {
    int party =
        switch (fault) {
          case Fault.Lost it -> it.party();
          case Fault.Repeated it -> it.party();
          case Fault.Delayed it -> it.party();
          case Fault.Reversed it -> it.party();
          case Fault.Forgotten it -> it.party();
          case Fault.Crash it -> it.party();
          case Fault.Stop it -> it.party();
          case Fault.Jump it -> it.party();
          case Fault.Lying it -> it.party();
          case Fault.Equivocating it -> it.party();
          case Fault.Silent it -> it.party();
          case Fault.Flooding it -> it.party();
          case Fault.Twin it -> it.party();
          case Fault.PutBack it -> it.party();
          default -> 0;
        };
    return party <= members;
  }
}
