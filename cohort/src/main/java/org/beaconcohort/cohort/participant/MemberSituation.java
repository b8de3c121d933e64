package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Layer;
import org.beaconcohort.cohort.policy.Phase;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation;
import org.beaconcohort.cohort.policy.Situation.Bundle;
import org.beaconcohort.cohort.policy.Situation.Leading;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.policy.Situation.Signers;
import org.beaconcohort.cohort.policy.Situation.Tries;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;

/**
 * What the policy is asked from a member's state, where it waits for others' words; elsewhere a
 * member waits for itself or for the chain, and its deadline leaves no choice.
 */
final class MemberSituation {
  private MemberSituation() {}

  /** Nothing where nobody's word is waited for. */
  static Optional<Situation> of(InCohort state, Instant now, Relays relays) {
    return of(state, now).map(situation -> situation.with(relays));
  }

  private static Optional<Situation> of(InCohort state, Instant now) {
    return switch (state) {
      case Ready ready -> Optional.of(phase(ready, Phase.OPENING, now));
      case Responded responded -> Optional.of(responded(responded, now));
      case Signed signed -> Optional.of(signed(signed, now));
      default -> Optional.empty();
    };
  }

  private static Situation responded(Responded state, Instant now) {
    List<Integer> missing = Responses.missing(state.round(), state.joined().said());
    Phase phase = missing.isEmpty() ? Phase.PROPOSAL : Phase.RESPONSE;
    return phase(state, phase, now)
        .with(signers(state, missing))
        .with(Signing.newestAttempt(state).map(each -> tries(state, each)).orElse(Tries.NONE));
  }

  private static Tries tries(Responded state, Attempt newest) {
    PartialsView partials = PartialsView.of(newest, state.joined().said());
    return new Tries(
        newest.counter() + 1,
        0,
        LostNonces.isDead(partials, state.joined().said()),
        Attempts.next(partials, state.joined().said()).isPresent());
  }

  private static Situation signed(Signed state, Instant now) {
    // It stands by what it signed; a loss that ends that makes it Responded.
    Situation situation =
        phase(state, Phase.PARTIAL, now)
            .with(signers(state, state.partials().missing()))
            .with(new Tries(state.claim().attempt().counter() + 1, 0, false, false))
            .with(new Bundle(true, 0));
    boolean over = !now.isBefore(state.until());
    return over && !state.partials().faulty().isEmpty()
        ? situation.withFault(Code.BAD_PARTIAL_SIGNATURE)
        : situation;
  }

  private static Situation phase(InCohort state, Phase phase, Instant now) {
    Joined joined = state.joined();
    Cohort cohort = joined.cohort();
    int successors = TakingOver.order(state).leaders().size() - 1 - joined.term().epoch();
    Situation situation =
        Situation.of(phase, cohort.terms().deadlines(), cohort.size(), now, state.until())
            .with(new Leading(TakingOver.leads(state), successors))
            .with(Extending.extensions(state));
    return AnchoringAlone.isOpen(state)
        ? situation.withBound(bound(state)).withSingleton()
        : situation;
  }

  /** The own update deadline less a confirmation, unless the own updates are out already. */
  static Instant bound(InCohort state) {
    return AnchoringAlone.isOpen(state)
        ? state.joined().plan().policy().fallbackAt(state.joined().cohort().terms())
        : Instant.MAX;
  }

  private static Signers signers(InCohort state, List<Integer> missing) {
    Cohort cohort = state.joined().cohort();
    // Whoever leads has asked for leaf A before its own lease ends (LeafLeading).
    int k = TakingOver.leads(state) ? 0 : LeafAsks.threshold(state);
    return new Signers(cohort.size(), missing, k, k < cohort.size());
  }

  /**
   * Why another attempt is not due, if it is not (R22). The own update deadline is no reason: the
   * others may need this member's signature after its update went out alone (R21).
   *
   * @param counter of the attempt that a leader proposes
   * @param lost whether a lost nonce has ended the one before it
   */
  static Optional<Violation> nextAttempt(
      Cohort cohort, int counter, boolean lost, Instant now, Instant until) {
    var deadlines = cohort.terms().deadlines();
    Situation situation =
        Situation.of(Phase.PROPOSAL, deadlines, cohort.size(), now, until)
            .with(new Tries(counter, 0, lost, lost));
    return Policy.check(situation, Layer.NEXT_ATTEMPT, Budget.tolerance(deadlines));
  }
}
