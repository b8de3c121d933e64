package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorState.DrawingChannel;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Probing;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.ReadinessStatement.Alive;
import org.beaconcohort.cohort.message.ReadinessStatement.Probe;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The readiness gate (BC-8): who does not answer a probe is not in the first key set, so that a
 * candidate that is gone costs a few seconds instead of a keying deadline.
 */
final class Readiness {
  private static final String GONE =
      "the probe before the key set was not answered in time; anchor the update by your singleton"
          + " beacon or join another cohort";

  private Readiness() {}

  /** What follows the close of enrolment: the probe, if the terms have one. */
  static Effect begin(
      SignedStatement announcement, CohortTerms terms, List<SignedStatement> optIns) {
    return terms.deadlines().probes() ? say(announcement, optIns) : new Effect.DrawChannelKey();
  }

  private static Effect say(SignedStatement announcement, List<SignedStatement> optIns) {
    List<Bytes> inboxes = new ArrayList<>();
    for (SignedStatement said : optIns) {
      if (said.body() instanceof OptIn optIn) {
        inboxes.add(optIn.inboxKey());
      }
    }
    return new Effect.Say(
        announcement.id(),
        Bytes.EMPTY,
        0,
        new Probe(optIns.size()),
        new Recipient.Inboxes(inboxes));
  }

  static CoordinatorState closed(
      CoordinatorPlan plan,
      SignedStatement announcement,
      List<SignedStatement> optIns,
      Instant until) {
    return plan.terms().deadlines().probes()
        ? new Probing(plan, announcement, optIns, Optional.empty(), List.of(), until)
        : new DrawingChannel(plan, announcement, optIns, until);
  }

  static Verdict<CoordinatorFact> decide(Probing state, Input input, Instant now) {
    return switch (input) {
      case Input.Said said -> Enrolment.madeAndSent(said);
      case Input.Heard heard when heard.statement().body() instanceof OptIn optIn ->
          state.optIns().stream().anyMatch(known -> known.id().equals(heard.statement().id()))
              ? Verdict.ignore("opt-in " + heard.statement().id() + " is among those asked")
              : Enrolment.late(state.announcement(), heard.statement(), optIn);
      case Input.Heard heard when heard.statement().body() instanceof Alive alive ->
          heard(state, heard.statement(), alive);
      case Input.DeadlinePassed passed -> seen(state, now);
      default -> Verdict.ignore("the answers to the probe are awaited");
    };
  }

  private static Verdict<CoordinatorFact> heard(Probing state, SignedStatement said, Alive alive) {
    Optional<SignedStatement> optIn =
        state.optIns().stream().filter(each -> each.author().equals(said.author())).findFirst();
    if (optIn.isEmpty()) {
      return new Verdict.Refused<>(new Violation.Stranger(said.author()));
    }
    boolean asked =
        state.probe().filter(own -> own.statement().id().equals(alive.probeId())).isPresent();
    return asked && !state.alive().contains(optIn.get().id())
        ? Verdict.accept(new CoordinatorFact.Noted(said))
        : Verdict.ignore("answers nothing that is open");
  }

  static Probing probed(Probing state, Made probe) {
    return new Probing(
        state.plan(),
        state.announcement(),
        state.optIns(),
        Optional.of(probe),
        state.alive(),
        state.until());
  }

  static Probing alive(Probing state, SignedStatement said) {
    List<Bytes> alive = new ArrayList<>(state.alive());
    state.optIns().stream()
        .filter(each -> each.author().equals(said.author()))
        .forEach(each -> alive.add(each.id()));
    return new Probing(
        state.plan(), state.announcement(), state.optIns(), state.probe(), alive, state.until());
  }

  /** Goes on at once when everybody answered. */
  static Optional<Verdict.Accepted<CoordinatorFact>> answered(Probing state, Instant now) {
    return state.alive().size() == state.optIns().size()
        ? Optional.of(seen(state, now))
        : Optional.empty();
  }

  /** Too few answers are no reason to give up: the others may have lost the probe alone. */
  private static Verdict.Accepted<CoordinatorFact> seen(Probing state, Instant now) {
    CohortTerms terms = state.plan().terms();
    boolean enough = state.alive().size() >= terms.minMembers();
    List<SignedStatement> silent =
        state.optIns().stream()
            .filter(said -> enough && !state.alive().contains(said.id()))
            .toList();
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement said : silent) {
      if (said.body() instanceof OptIn optIn) {
        effects.add(
            Enrolment.refuse(state.announcement(), said.id(), optIn, Code.SILENT_MEMBER, GONE));
      }
    }
    effects.add(new Effect.DrawChannelKey());
    return new Verdict.Accepted<>(
        List.of(
            new CoordinatorFact.ReadinessSeen(
                silent.stream().map(SignedStatement::id).toList(),
                now.plus(terms.deadlines().keying()))),
        effects);
  }

  static DrawingChannel seen(Probing state, CoordinatorFact.ReadinessSeen fact) {
    return new DrawingChannel(
        state.plan(),
        state.announcement(),
        state.optIns().stream().filter(said -> !fact.silent().contains(said.id())).toList(),
        fact.until());
  }

  static List<Effect> resume(Probing state) {
    return state
        .probe()
        .<List<Effect>>map(own -> List.of(new Effect.Send(own.statement(), own.recipient())))
        .orElseGet(() -> List.of(say(state.announcement(), state.optIns())));
  }
}
