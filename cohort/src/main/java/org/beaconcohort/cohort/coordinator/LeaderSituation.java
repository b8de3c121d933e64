package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Shrinking;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Phase;
import org.beaconcohort.cohort.policy.Situation;
import org.beaconcohort.cohort.policy.Situation.Bundle;
import org.beaconcohort.cohort.policy.Situation.Leading;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.policy.Situation.Signers;
import org.beaconcohort.cohort.policy.Situation.Tries;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.Responses;

/**
 * What the policy is asked from a coordinator's state. It always leads, and hands over to nobody:
 * members follow the next in order by their own clocks.
 */
final class LeaderSituation {
  private LeaderSituation() {}

  static Situation of(InCohort state, Instant now, Relays relays) {
    return of(state, now).with(relays);
  }

  private static Situation of(InCohort state, Instant now) {
    return switch (state) {
      case Keying keying ->
          phase(keying, Phase.KEYING, now).with(signers(keying, missingAcks(keying)));
      case AwaitingFunding funding -> phase(funding, Phase.FUNDING, now);
      case AwaitingListing listing ->
          phase(listing, Phase.LISTING, now).with(signers(listing, missingRequests(listing)));
      case Extended extended -> of(extended.waiting(), now);
      case Suspended suspended -> of(suspended.on(), now);
      case Collecting collecting ->
          phase(collecting, Phase.RESPONSE, now)
              .with(Extending.extensions(collecting, collecting.round()))
              .with(
                  signers(
                      collecting,
                      Responses.missing(collecting.round(), collecting.formed().said())))
              .with(new Bundle(true, 0));
      case ProposedWithout without ->
          phase(without, Phase.LEAF, now).with(new Tries(0, Budget.MOST_ATTEMPTS, false, false));
      case FallingBack falling ->
          phase(falling, Phase.LEAF, now).with(new Tries(0, Budget.MOST_ATTEMPTS, false, false));
      case AwaitingPartials awaiting -> signing(awaiting, now);
      case Publishing publishing -> phase(publishing, Phase.CONFIRMATION, now);
      case ProposingKeyset other -> phase(other, Phase.KEYING, now);
      case Welcoming other -> phase(other, Phase.KEYING, now);
      case Shrinking other -> phase(other, Phase.KEYING, now);
      case Watching other -> phase(other, Phase.KEYING, now);
      case Opening other -> phase(other, Phase.OPENING, now);
      case Proposing other -> phase(other, Phase.PROPOSAL, now);
    };
  }

  private static Situation signing(AwaitingPartials state, Instant now) {
    Formed formed = state.formed();
    Situation situation =
        phase(state, Phase.PARTIAL, now)
            .with(signers(state, shortfall(state)))
            .with(Extending.extensions(state, state.attempt().round()))
            .with(new Bundle(true, 0))
            .with(
                new Tries(
                    state.attempt().counter() + 1,
                    0,
                    LostNonces.isDead(state.partials(), formed.said()),
                    Attempts.next(state.partials(), formed.said()).isPresent()));
    boolean over = !now.isBefore(state.until()) || state.partials().missing().isEmpty();
    return over && !state.partials().faulty().isEmpty()
        ? situation.withFault(Code.BAD_PARTIAL_SIGNATURE)
        : situation;
  }

  private static Situation phase(InCohort state, Phase phase, Instant now) {
    Formed formed = state.formed();
    return Situation.of(
            phase, formed.cohort().terms().deadlines(), formed.cohort().size(), now, state.until())
        .with(new Leading(true, 0));
  }

  /** Whoever is silent, and whoever signed badly. */
  private static List<Integer> shortfall(AwaitingPartials state) {
    Set<Integer> slots = new TreeSet<>(state.partials().missing());
    slots.addAll(state.partials().faulty());
    return List.copyOf(slots);
  }

  private static Signers signers(InCohort state, List<Integer> missing) {
    Cohort cohort = state.formed().cohort();
    int k = cohort.terms().threshold(cohort.size());
    return new Signers(cohort.size(), missing, k, k < cohort.size());
  }

  private static List<Integer> missingAcks(Keying keying) {
    return without(
        keying,
        KeysetView.acknowledged(
            keying.formed().cohort(), keying.formed().said(), keying.proposalId()));
  }

  private static List<Integer> missingRequests(AwaitingListing listing) {
    return without(
        listing,
        Responses.requested(listing.formed().cohort(), listing.formed().said(), listing.number()));
  }

  private static List<Integer> without(InCohort state, Set<Integer> there) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < state.formed().cohort().size(); slot++) {
      if (!there.contains(slot)) {
        slots.add(slot);
      }
    }
    return slots;
  }
}
