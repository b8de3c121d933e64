package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.Responses;

/** What a leader makes of a deadline: the round goes on without requests, or ends with a name. */
final class LeaderDeadline {
  private LeaderDeadline() {}

  static Verdict<CoordinatorFact> passed(InCohort state, Instant now) {
    return switch (state) {
      case AwaitingListing listing -> {
        int requests =
            Responses.requested(
                    listing.formed().cohort(), listing.formed().said(), listing.number())
                .size();
        yield requests > 0
            ? Leading.open(listing, now)
            : failed(
                Code.NOT_LISTED,
                "round requests must be at least 1 at the listing deadline, got 0");
      }
      case Keying keying ->
          failed(Code.SILENT_MEMBER, "acknowledgements are missing: " + missingAcks(keying));
      case AwaitingFunding funding ->
          failed(
              Code.NOT_FUNDED,
              "address "
                  + funding.formed().cohort().address()
                  + " must receive at least "
                  + funding.formed().cohort().terms().minFunding()
                  + " sat in time");
      case Collecting collecting ->
          failed(
              Code.SILENT_MEMBER,
              "responses are missing of slots "
                  + Responses.missing(collecting.round(), collecting.formed().said()));
      case AwaitingPartials awaiting ->
          Enrolment.ended(
              mayStillConfirm(
                  awaiting.attempt(),
                  awaiting.partials().faulty().isEmpty()
                      ? Code.SILENT_MEMBER
                      : Code.BAD_PARTIAL_SIGNATURE,
                  awaiting.partials().shortfall()));
      case Publishing publishing ->
          Enrolment.ended(
              mayStillConfirm(
                  publishing.attempt(),
                  Code.DEADLINE_PASSED,
                  "the transaction is not confirmed yet; it stays valid"));
      case ProposingKeyset other -> stuck(other);
      case Welcoming other -> stuck(other);
      case Opening other -> stuck(other);
      case Proposing other -> stuck(other);
    };
  }

  private static Verdict<CoordinatorFact> stuck(InCohort state) {
    return failed(
        Code.DEADLINE_PASSED,
        "the statement of " + state.getClass().getSimpleName() + " was not signed in time");
  }

  private static Verdict<CoordinatorFact> failed(Code code, String detail) {
    return Enrolment.ended(new Outcome.Failed(code, detail));
  }

  static Outcome mayStillConfirm(Attempt attempt, Code code, String detail) {
    return new Outcome.MayStillConfirm(
        attempt.transaction().displayTxid(), attempt.signalBytes(), code, detail);
  }

  private static List<Integer> missingAcks(Keying keying) {
    Cohort cohort = keying.formed().cohort();
    List<Integer> slots = new ArrayList<>();
    var there = KeysetView.acknowledged(cohort, keying.formed().said(), keying.proposalId());
    for (int slot = 0; slot < cohort.size(); slot++) {
      if (!there.contains(slot)) {
        slots.add(slot);
      }
    }
    return slots;
  }
}
