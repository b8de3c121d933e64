package org.beaconcohort.cli.cohort;

import java.util.List;
import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cohort.model.Outcome;

/** How a member's run of the command ended, when it did not fail. */
sealed interface Took {
  /** A visit is over, the cohort is not. */
  record ComeAgain() implements Took {}

  /**
   * The cohort anchored its last round.
   *
   * @param sweeps last rounds of cohorts that it followed
   */
  record WithCohort(CompletedRound round, List<CompletedRound> sweeps) implements Took {
    public WithCohort {
      sweeps = List.copyOf(sweeps);
    }
  }

  /** The member's singletons did. */
  record Alone(Outcome.AnchoredAlone outcome) implements Took {}
}
