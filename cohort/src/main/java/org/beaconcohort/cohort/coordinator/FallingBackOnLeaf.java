package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.leaf.LeafView;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Spend;

/**
 * Leaf A as the leader goes through it: the data for the absent first (R19), then the request. The
 * key path stays open beside it, with the same txid.
 */
final class FallingBackOnLeaf {
  private FallingBackOnLeaf() {}

  /** N8: without those who did not answer, or N7: where nobody has nonces, with all of them. */
  static Optional<Verdict.Accepted<CoordinatorFact>> withoutNonces(
      Collecting state, Instant until) {
    return Attempts.byLeaf(state.round(), state.formed().said())
        .map(attempt ->
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.LeafProposed(until)),
                unsaid(new ProposedWithout(state.formed(), attempt, until))));
  }

  /** N7: all have answered, and none of them has a nonce. */
  static Optional<Verdict.Accepted<CoordinatorFact>> complete(Collecting state, Instant now) {
    var cohort = state.formed().cohort();
    var deadlines = cohort.terms().deadlines();
    return cohort.terms().order() == ResponseOrder.NO_NONCES
        ? withoutNonces(state, now.plus(deadlines.proposal()).plus(deadlines.partial()))
        : Optional.empty();
  }

  /** L3: in place of partial signatures that do not come, or are wrong. */
  static Verdict.Accepted<CoordinatorFact> insteadOf(AwaitingPartials state, Instant until) {
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.FellBack(until)),
        unsaid(new FallingBack(state.formed(), state.partials(), until)));
  }

  /** What this state says, as far as it is not said yet; the data comes first. */
  static List<Effect> unsaid(InCohort state) {
    return switch (state) {
      case ProposedWithout without ->
          unsaid(without.formed(), without.attempt(), without.attempt().proposal());
      case FallingBack falling ->
          unsaid(falling.formed(), falling.partials().attempt(), request(falling.partials()));
      default -> List.of();
    };
  }

  private static List<Effect> unsaid(Formed formed, Attempt attempt, Statement ask) {
    List<Effect> effects = new ArrayList<>();
    for (Statement body : List.of(LeafView.bundle(attempt), ask)) {
      boolean made =
          formed.made().stream().map(Made::statement).anyMatch(said -> isSame(said, body));
      if (!made) {
        effects.add(LeaderSaying.sayInRound(formed, attempt.round(), body));
      }
    }
    return effects;
  }

  /** A request names whom it lacks now, which changes; it is made once over a transcript. */
  private static boolean isSame(SignedStatement said, Statement body) {
    return (body instanceof LeafRequest wanted && said.body() instanceof LeafRequest made)
        ? made.transcript().equals(wanted.transcript())
        : said.body().equals(body);
  }

  private static LeafRequest request(PartialsView partials) {
    TreeSet<Integer> slots = new TreeSet<>(partials.missing());
    slots.addAll(partials.faulty());
    return new LeafRequest(
        partials.transcript(), List.copyOf(slots), partials.attempt().leafContext());
  }

  /** Whatever the state: k signatures over its transaction are the end of the round. */
  static Optional<Verdict.Accepted<CoordinatorFact>> completed(InCohort state, Instant now) {
    return attempt(state)
        .filter(attempt -> attempt.round().cohort().output().leafA().isPresent())
        .flatMap(attempt ->
            LeafView.of(attempt, state.formed().said())
                .complete()
                .map(spend -> publish(state, attempt, spend, now)));
  }

  /** The attempt whose transaction may be completed now. */
  static Optional<Attempt> attempt(InCohort state) {
    return switch (state) {
      case ProposedWithout without -> Optional.of(without.attempt());
      case Proposing proposing -> Optional.of(proposing.attempt());
      case AwaitingPartials awaiting -> Optional.of(awaiting.attempt());
      case FallingBack falling -> Optional.of(falling.partials().attempt());
      default -> Optional.empty();
    };
  }

  static Verdict.Accepted<CoordinatorFact> publish(
      InCohort state, Attempt attempt, Spend.LeafA spend, Instant now) {
    Instant until = now.plus(state.formed().cohort().terms().deadlines().confirmation());
    Publishing publishing = new Publishing(state.formed(), attempt, spend, until);
    List<Effect> effects = new ArrayList<>(LeaderSaying.publish(publishing));
    effects.addAll(repost(publishing));
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.CompletedByLeaf(spend, until)), effects);
  }

  /** The state after k signatures. */
  static Optional<CoordinatorState> published(
      InCohort state, CoordinatorFact.CompletedByLeaf fact) {
    return attempt(state)
        .map(attempt -> new Publishing(state.formed(), attempt, fact.spend(), fact.until()));
  }

  /** N8: a late answer counts as a decline and brings a nonce: the key path is open again. */
  static Optional<Attempt> reopened(ProposedWithout state) {
    return Attempts.reopened(state.attempt(), state.formed().said());
  }

  /** R19: the data is sent again to those who have not said that they keep it. */
  static List<Effect> repost(Publishing state) {
    if (!(state.spend() instanceof Spend.LeafA)
        || LeafView.of(state.attempt(), state.formed().said()).withoutBundle().isEmpty()) {
      return List.of();
    }
    return state.formed().made().stream()
        .filter(made -> made.statement().body().equals(LeafView.bundle(state.attempt())))
        .<Effect>map(made -> new Effect.Send(made.statement(), made.recipient()))
        .toList();
  }
}
