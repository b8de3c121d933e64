package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.beaconcohort.cohort.leaf.LeafView;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Leaf A as a member asks for it that leads: half a lease after it took over, so that those who
 * have missed the leader before can still answer it on the key path, and so that all hear it before
 * they follow the next.
 */
final class LeafLeading {
  private LeafLeading() {}

  /**
   * What is asked.
   *
   * @param context T_A, 32 bytes
   * @param attempt whose transaction it is
   * @param ask proposal or request
   * @param atOnce whether the key path has nothing to wait for
   */
  private record Step(Bytes context, Attempt attempt, Statement ask, boolean atOnce) {}

  /** When this member has to ask; {@link Instant#MAX} if it has nothing to ask, or has. */
  static Instant due(InCohort state) {
    return step(state)
        .filter(step -> !state.joined().term().proposed().contains(step.context()))
        .map(step ->
            step.atOnce()
                ? Instant.MIN
                : state.until().minus(TakingOver.lease(state.joined()).dividedBy(2)))
        .orElse(Instant.MAX);
  }

  /** Asks once its time has come. */
  static Optional<Verdict.Accepted<ParticipantFact>> ask(InCohort state, Instant now) {
    if (now.isBefore(due(state))) {
      return Optional.empty();
    }
    return step(state)
        .map(step ->
            new Verdict.Accepted<>(
                List.of(new ParticipantFact.AttemptLed(step.context())), unsaid(state, step)));
  }

  /** What was decided to be asked and is not said yet. */
  static List<Effect> unsaid(InCohort state) {
    return step(state)
        .filter(step -> state.joined().term().proposed().contains(step.context()))
        .map(step -> unsaid(state, step))
        .orElse(List.of());
  }

  /** The data for the absent comes first (R19); of one leader each once. */
  private static List<Effect> unsaid(InCohort state, Step step) {
    List<Effect> effects = new ArrayList<>();
    for (Statement body : List.of(LeafView.bundle(step.attempt()), step.ask())) {
      boolean made =
          state.joined().made().stream()
              .map(ParticipantFact.Made::statement)
              .anyMatch(said -> isSame(state, said, body));
      if (!made) {
        effects.add(TakingOver.say(state, step.attempt().round(), body));
      }
    }
    return effects;
  }

  private static boolean isSame(InCohort state, SignedStatement said, Statement body) {
    if (body.kind() == StatementKind.BUNDLE) {
      return said.body().equals(body);
    }
    return said.header().epoch() == state.joined().term().epoch()
        && ((body instanceof LeafRequest wanted && said.body() instanceof LeafRequest made)
            ? made.transcript().equals(wanted.transcript())
            : said.body().equals(body));
  }

  private static Optional<Step> step(InCohort state) {
    if (LeafAsks.threshold(state) == 0 || !TakingOver.leads(state)) {
      return Optional.empty();
    }
    return switch (state) {
      case Responded responded -> step(responded);
      case Signed signed -> insteadOf(signed.partials());
      default -> Optional.empty();
    };
  }

  private static Optional<Step> step(Responded state) {
    Optional<Attempt> newest = Signing.newestAttempt(state);
    if (newest.isPresent()) {
      return insteadOf(PartialsView.of(newest.get(), state.joined().said()));
    }
    Optional<Attempt> known = Signing.proposedByLeaf(state);
    if (known.isPresent()) {
      return known.map(attempt -> proposed(attempt, true));
    }
    boolean noNonces = state.joined().cohort().terms().order() == ResponseOrder.NO_NONCES;
    return Attempts.byLeaf(state.round(), state.joined().said())
        .filter(attempt -> noNonces || !attempt.missing().isEmpty())
        .map(attempt -> proposed(attempt, attempt.missing().isEmpty()));
  }

  private static Step proposed(Attempt attempt, boolean atOnce) {
    return new Step(attempt.leafContext(), attempt, attempt.proposal(), atOnce);
  }

  /**
   * In place of partial signatures that do not come, or are wrong, as long as k members are here.
   */
  private static Optional<Step> insteadOf(PartialsView partials) {
    Attempt attempt = partials.attempt();
    int members = attempt.round().cohort().size();
    TreeSet<Integer> slots = new TreeSet<>(partials.missing());
    slots.addAll(partials.faulty());
    int k = attempt.round().cohort().terms().threshold(members);
    if (slots.isEmpty() || members - slots.size() < k) {
      return Optional.empty();
    }
    Bytes context = attempt.leafContext();
    LeafRequest request = new LeafRequest(partials.transcript(), List.copyOf(slots), context);
    return Optional.of(new Step(context, attempt, request, partials.missing().isEmpty()));
  }
}
