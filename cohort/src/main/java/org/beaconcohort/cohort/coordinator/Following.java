package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The return of a coordinator whose lease has passed: a member has opened the round meanwhile, and
 * the coordinator goes along instead of opening another (signing-safety 2.7).
 */
final class Following {
  private Following() {}

  /** The round that members are in without this coordinator; nothing if there is none. */
  static Optional<Verdict.Accepted<CoordinatorFact>> round(InCohort state, Instant now) {
    return switch (state) {
      case AwaitingListing listing -> round(listing.formed(), listing.number(), now);
      case Collecting collecting
          when !answered(collecting.formed(), collecting.round(), Bytes.EMPTY) ->
          round(collecting.formed(), collecting.round().opportunity().number(), now);
      default -> Optional.empty();
    };
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> round(
      Formed formed, int number, Instant now) {
    SuccessorOrder order =
        SuccessorOrder.of(formed.announcement().author(), formed.cohort(), number);
    for (SignedStatement said : formed.said().of(StatementKind.OPPORTUNITY)) {
      OptionalInt epoch = order.epochOf(said.author());
      if (epoch.isEmpty()
          || epoch.getAsInt() == formed.epoch()
          || !(said.body() instanceof Opportunity opportunity)
          || opportunity.number() != number) {
        continue;
      }
      Round round = Successors.round(formed.cohort(), formed.said(), opportunity);
      if (round.check().isEmpty()
          && said.header().roundId().equals(round.id())
          && answered(formed, round, said.author())) {
        return Optional.of(
            new Verdict.Accepted<>(
                List.of(
                    new CoordinatorFact.RoundFollowed(
                        said.id(),
                        now.plus(formed.cohort().terms().deadlines().response())
                            .plus(formed.lease()))),
                List.of()));
      }
    }
    return Optional.empty();
  }

  /** Whether anyone but {@code opener}, if one is named, responded: one member moves nobody. */
  private static boolean answered(Formed formed, Round round, Bytes opener) {
    return formed.said().of(StatementKind.RESPONSE).stream()
        .filter(said -> said.header().roundId().equals(round.id()))
        .anyMatch(said -> !said.author().equals(opener));
  }

  /** The state after it goes along. */
  static Collecting followed(Formed formed, CoordinatorFact.RoundFollowed fact) {
    SignedStatement said = formed.said().find(fact.opportunityId()).orElseThrow();
    return said.body() instanceof Opportunity opportunity
        ? new Collecting(
            formed, Successors.round(formed.cohort(), formed.said(), opportunity), fact.until())
        : fail(said);
  }

  private static Collecting fail(SignedStatement said) {
    throw new IllegalStateException("opportunity expected, statement " + said.id() + " is none");
  }
}
