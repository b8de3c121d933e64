package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.view.StatementSet;

/**
 * A named successor before there is a key set: it keeps the opt-ins that came to it as well, and
 * forms the cohort itself if nobody before it in the order does (2.2 P0).
 */
public sealed interface StandbyState extends CoordinatorState.Standby {
  /**
   * Looks for the announcement that names it.
   *
   * @param early opt-ins and welcomes that came before it, which relays may give out first
   */
  record Seeking(StandbyPlan standby, StatementSet early) implements StandbyState {
    @Override
    public Instant until() {
      return Instant.MAX;
    }
  }

  /**
   * Holds opt-ins, and watches for a welcome of whoever forms the cohort.
   *
   * @param optIns valid and without clashes, in order of arrival
   * @param welcome to the key set that it looks for on its channel, if there is one
   * @param said what was heard there
   * @param full whether no more candidates can come
   */
  record StandingBy(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      Optional<SignedStatement> welcome,
      StatementSet said,
      boolean full,
      Instant until)
      implements StandbyState {
    /** Copies the list. */
    public StandingBy {
      optIns = List.copyOf(optIns);
    }

    StandingBy noting(SignedStatement statement, List<SignedStatement> known) {
      return new StandingBy(plan, announcement, known, welcome, said.with(statement), full, until);
    }
  }
}
