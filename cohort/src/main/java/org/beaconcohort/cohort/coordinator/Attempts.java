package org.beaconcohort.cohort.coordinator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** Which nonces the leader proposes to sign with, from what the members have said. */
final class Attempts {
  private Attempts() {}

  /** The round's first attempt, once every slot has answered and holds a nonce. */
  static Optional<Attempt> first(Collecting state) {
    StatementSet said = state.formed().said();
    return Responses.inKeyOrder(state.round(), said)
        .flatMap(responses ->
            carriers(state.round(), said, Set.of())
                .map(carriers -> Attempt.first(state.round(), responses, carriers)));
  }

  /**
   * The attempt after one that a lost nonce has ended (N4): when everyone else has signed, since a
   * partial signature carries its author's next nonce.
   */
  static Optional<Attempt> next(AwaitingPartials state) {
    StatementSet said = state.formed().said();
    PartialsView partials = state.partials();
    Attempt attempt = partials.attempt();
    Set<Bytes> dead = LostNonces.dead(attempt.round(), said);
    for (int slot : partials.missing()) {
      if (!dead.contains(attempt.nonceCarriers().get(slot).id())) {
        return Optional.empty();
      }
    }
    if (partials.missing().isEmpty()) {
      return Optional.empty();
    }
    Set<Bytes> named = new HashSet<>();
    attempt.nonceCarriers().forEach(carrier -> named.add(carrier.id()));
    return carriers(attempt.round(), said, named).map(attempt::next);
  }

  private static Optional<List<SignedStatement>> carriers(
      Round round, StatementSet said, Set<Bytes> named) {
    List<SignedStatement> carriers = new ArrayList<>();
    for (int slot = 0; slot < round.cohort().size(); slot++) {
      Optional<SignedStatement> open = LostNonces.open(round, said, slot, named);
      if (open.isEmpty()) {
        return Optional.empty();
      }
      carriers.add(open.get());
    }
    return Optional.of(carriers);
  }
}
