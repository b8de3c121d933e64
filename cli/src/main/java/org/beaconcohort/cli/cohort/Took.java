package org.beaconcohort.cli.cohort;

import org.beaconcohort.adapter.progress.CompletedRound;
import org.beaconcohort.cohort.model.Outcome;

/** How a member's run of the command ended, when it did not fail. */
sealed interface Took {
  /** A visit is over, the cohort is not. */
  record ComeAgain() implements Took {}

  /** The cohort anchored its last round. */
  record WithCohort(CompletedRound round) implements Took {}

  /** The member's singletons did. */
  record Alone(Outcome.AnchoredAlone outcome) implements Took {}
}
