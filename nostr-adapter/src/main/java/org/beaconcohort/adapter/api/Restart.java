package org.beaconcohort.adapter.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.participant.ParticipantFact;

/** What is looked at before a party goes on from its journal. */
final class Restart {
  /** A clock that is set right by a time server goes back by seconds. */
  private static final Duration TOLERATED = Duration.ofMinutes(10);

  private Restart() {}

  static Optional<Instant> newestOfMember(List<ParticipantFact> facts) {
    return newest(
        facts.stream()
            .map(fact -> fact instanceof ParticipantFact.Made made ? made.statement() : null)
            .filter(Objects::nonNull)
            .toList());
  }

  static Optional<Instant> newestOfCoordinator(List<CoordinatorFact> facts) {
    return newest(
        facts.stream()
            .map(fact -> fact instanceof CoordinatorFact.Made made ? made.statement() : null)
            .filter(Objects::nonNull)
            .toList());
  }

  /** By the own clock of the process that made them; nobody else's counts (R13). */
  private static Optional<Instant> newest(List<SignedStatement> own) {
    return own.stream().map(SignedStatement::createdAt).max(Instant::compareTo);
  }

  /**
   * Deadlines are points in time: under a clock that is behind they would last longer than the
   * terms allow. One that is ahead ends them early, which is safe.
   *
   * @throws ClockBehindException if {@code now} is long before {@code newest}
   */
  static void requireClockNotBehind(Optional<Instant> newest, Instant now) {
    if (newest.isPresent() && now.plus(TOLERATED).isBefore(newest.get())) {
      throw new ClockBehindException(newest.get(), now);
    }
  }
}
