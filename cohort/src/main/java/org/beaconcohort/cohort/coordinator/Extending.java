package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.message.TimeStatement.Extend;
import org.beaconcohort.cohort.message.TimeStatement.ExtendedPhase;
import org.beaconcohort.cohort.policy.Situation.ExtensionsUsed;
import org.beaconcohort.cohort.view.Round;

/** A leader waits longer for answers, as far as the terms allow (N20). */
final class Extending {
  private Extending() {}

  /** What the terms allow in this round, and what this coordinator has used of it. */
  static ExtensionsUsed extensions(InCohort state, Round round) {
    long made =
        state.formed().said().of(StatementKind.EXTEND, state.formed().plan().identity()).stream()
            .filter(said -> said.header().roundId().equals(round.id()))
            .count();
    return new ExtensionsUsed(state.formed().cohort().terms().extensions(), (int) made);
  }

  /** The fact first, then the statement. */
  static Verdict<CoordinatorFact> extend(InCohort state, Instant until) {
    Extend extend = new Extend(phase(state), extensions(state, round(state)).made() + 1);
    return Verdict.accept(new CoordinatorFact.DeadlineExtended(extend, until), say(state, extend));
  }

  private static Effect say(InCohort state, Extend extend) {
    return LeaderSaying.sayInRound(state.formed(), round(state), extend);
  }

  /** Says it after a restart, unless it is said. */
  static List<Effect> resume(Extended state) {
    boolean said = extensions(state, round(state.waiting())).made() >= state.extend().number();
    return said ? List.of() : List.of(say(state.waiting(), state.extend()));
  }

  /** The state with the later deadline; nothing where none can be extended. */
  static Optional<CoordinatorState> extended(
      CoordinatorState state, CoordinatorFact.DeadlineExtended fact) {
    return switch (state) {
      case Collecting collecting ->
          Optional.of(
              new Extended(
                  new Collecting(collecting.formed(), collecting.round(), fact.until()),
                  fact.extend()));
      case AwaitingPartials awaiting ->
          Optional.of(
              new Extended(
                  new AwaitingPartials(awaiting.formed(), awaiting.partials(), fact.until()),
                  fact.extend()));
      default -> Optional.empty();
    };
  }

  private static ExtendedPhase phase(InCohort state) {
    return state instanceof Collecting ? ExtendedPhase.RESPONSE : ExtendedPhase.PARTIAL;
  }

  private static Round round(InCohort state) {
    return switch (state) {
      case Collecting collecting -> collecting.round();
      case AwaitingPartials awaiting -> awaiting.attempt().round();
      default ->
          throw new IllegalStateException(
              "deadline of " + state.getClass().getSimpleName() + " is not extended");
    };
  }
}
