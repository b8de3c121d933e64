package org.beaconcohort.cohort.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.StandbyState.Seeking;
import org.beaconcohort.cohort.coordinator.StandbyState.StandingBy;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A named successor (2.2 P0 and P1, F3a): each waits a step longer than the one before it in the
 * terms, and what a leader before it has begun counts: it is watched, and followed by a proposal
 * that names it as its parent.
 */
final class Standby {
  /** Most statements kept of a channel before its key set is known. */
  private static final int MOST_BEFORE_KEYSET = 4 * CohortTerms.MAX_MEMBERS;

  private Standby() {}

  static Verdict<CoordinatorFact> decide(Seeking state, Input input, Instant now) {
    if (!(input instanceof Input.Heard heard)) {
      return Verdict.ignore("an announcement is awaited");
    }
    SignedStatement said = heard.statement();
    if (!(said.body() instanceof Announcement announced)) {
      return early(state, said);
    }
    StandbyPlan plan = state.standby();
    if (!said.author().equals(plan.coordinator())
        || !announced.identifier().equals(plan.identifier())) {
      return Verdict.ignore("another announcement");
    }
    if (!announced.terms().successors().contains(plan.identity())) {
      return Verdict.refuse(
          Code.TERMS_NOT_ACCEPTED, "successors must have " + plan.identity() + ", they do not");
    }
    if (announced.terms().network() != plan.network()) {
      return Verdict.refuse(
          Code.TERMS_NOT_ACCEPTED,
          "network must be " + plan.network() + ", got " + announced.terms().network());
    }
    Instant until =
        now.plus(announced.terms().deadlines().recruiting()).plus(patience(said, plan.identity()));
    return Verdict.accept(new CoordinatorFact.AnnouncementFound(said, until));
  }

  private static Verdict<CoordinatorFact> early(Seeking state, SignedStatement said) {
    boolean counts = said.body() instanceof OptIn || said.body() instanceof Welcome;
    if (!counts || state.early().contains(said.id())) {
      return Verdict.ignore("an announcement is awaited");
    }
    return kept(state.early(), said);
  }

  /** How much longer than the coordinator this one waits. */
  private static Duration patience(SignedStatement announcement, Bytes identity) {
    return announcement.body() instanceof Announcement announced
        ? SuccessorOrder.step(announced.terms())
            .multipliedBy(
                SuccessorOrder.forming(announcement.author(), announced.terms())
                    .epochOf(identity)
                    .orElseThrow())
        : Duration.ZERO;
  }

  static StandingBy found(Seeking state, CoordinatorFact.AnnouncementFound fact) {
    if (!(fact.announcement().body() instanceof Announcement announced)) {
      throw new IllegalStateException(
          "announcement expected, got " + fact.announcement().body().kind());
    }
    StandbyPlan plan = state.standby();
    StandingBy after =
        new StandingBy(
            new CoordinatorPlan(
                plan.identity(), plan.identifier(), announced.terms(), plan.feeRate()),
            fact.announcement(),
            List.of(),
            Optional.empty(),
            StatementSet.EMPTY,
            false,
            fact.until());
    for (SignedStatement said : state.early().all()) {
      boolean valid =
          said.header().cohortId().equals(fact.announcement().id())
              && (said.body() instanceof Welcome
                  || OptInProof.check(fact.announcement(), said).isEmpty());
      after = valid ? noted(after, said) : after;
    }
    return after;
  }

  /** What is due besides the deadline. */
  static Optional<Verdict.Accepted<CoordinatorFact>> progress(StandingBy state, Instant now) {
    Instant due = now.plus(patience(state.announcement(), state.plan().identity()));
    if (!state.full()
        && Enrolment.closes(state.plan().terms(), state.optIns()).isPresent()
        && due.isBefore(state.until())) {
      return Optional.of(
          new Verdict.Accepted<>(List.of(new CoordinatorFact.SeatsTaken(due)), List.of()));
    }
    return state.welcome().isEmpty() ? earlyWelcome(state, now) : watched(state);
  }

  private static Optional<Verdict.Accepted<CoordinatorFact>> earlyWelcome(
      StandingBy state, Instant now) {
    for (SignedStatement said : state.said().of(StatementKind.WELCOME)) {
      if (said.body() instanceof Welcome welcome
          && welcomed(state.announcement(), state.plan(), said, welcome, Optional.empty(), now)
              instanceof Verdict.Accepted<CoordinatorFact> seen) {
        return Optional.of(seen);
      }
    }
    return Optional.empty();
  }

  static Verdict<CoordinatorFact> decide(StandingBy state, Input input, Instant now) {
    return switch (input) {
      case Input.Heard heard -> heard(state, heard.statement(), now);
      case Input.DeadlinePassed passed -> takeOver(state, now);
      default -> Verdict.ignore("it stands by");
    };
  }

  private static Verdict<CoordinatorFact> heard(
      StandingBy state, SignedStatement said, Instant now) {
    if (state.said().contains(said.id())) {
      return Verdict.ignore("statement " + said.id() + " is known");
    }
    return switch (said.body()) {
      case OptIn optIn -> candidate(state, said);
      case Welcome welcome ->
          welcomed(state.announcement(), state.plan(), said, welcome, state.welcome(), now);
      case KeysetProposal proposal when isNamed(state, said) -> kept(state.said(), said);
      case KeysetAck ack when state.welcome().isPresent() -> kept(state.said(), said);
      default -> Verdict.ignore(said.body().kind() + " is nothing to one that stands by");
    };
  }

  private static boolean isNamed(StandingBy state, SignedStatement said) {
    return state
        .welcome()
        .filter(each ->
            each.body() instanceof Welcome welcome
                && welcome.keysetProposalId().equals(said.id())
                && each.author().equals(said.author()))
        .isPresent();
  }

  private static Verdict<CoordinatorFact> kept(StatementSet heard, SignedStatement said) {
    return heard.all().size() >= MOST_BEFORE_KEYSET || heard.exhausted(said, 1)
        ? Verdict.refuse(Code.RATE_LIMITED, "statements before the key set must be few per author")
        : Verdict.accept(new CoordinatorFact.Noted(said));
  }

  /** The coordinator answers those who get no seat; a successor only does not count them. */
  private static Verdict<CoordinatorFact> candidate(StandingBy state, SignedStatement said) {
    Optional<Violation> wrong = OptInProof.check(state.announcement(), said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    if (state.welcome().isPresent()) {
      return kept(state.said(), said);
    }
    Optional<Violation> clash = KeysetView.clash(state.optIns(), said);
    if (clash.isPresent() || state.optIns().size() >= state.plan().terms().maxMembers()) {
      return Verdict.ignore("opt-in " + said.id() + " gets no seat here");
    }
    return Verdict.accept(new CoordinatorFact.Noted(said));
  }

  static StandingBy noted(StandingBy state, SignedStatement said) {
    boolean seat =
        said.body().kind() == StatementKind.OPT_IN
            && state.optIns().size() < state.plan().terms().maxMembers()
            && KeysetView.clash(state.optIns(), said).isEmpty();
    return state.noting(said, seat ? Enrolment.and(state.optIns(), said) : state.optIns());
  }

  static StandingBy seatsTaken(StandingBy state, CoordinatorFact.SeatsTaken fact) {
    return new StandingBy(
        state.plan(),
        state.announcement(),
        state.optIns(),
        state.welcome(),
        state.said(),
        true,
        fact.until());
  }

  /** A leader before this one in the order has proposed a key set, the first or a later one. */
  static Verdict<CoordinatorFact> welcomed(
      SignedStatement announcement,
      CoordinatorPlan plan,
      SignedStatement said,
      Welcome welcome,
      Optional<SignedStatement> before,
      Instant now) {
    SuccessorOrder order = SuccessorOrder.forming(announcement.author(), plan.terms());
    var rank = order.epochOf(said.author());
    if (rank.isEmpty() || !said.header().cohortId().equals(announcement.id())) {
      return new Verdict.Refused<>(new Violation.Stranger(said.author()));
    }
    if (rank.getAsInt() >= order.epochOf(plan.identity()).orElseThrow()) {
      return Verdict.ignore("a leader after this one in the order");
    }
    boolean follows =
        before.isEmpty()
            || (before.get().body() instanceof Welcome known
                && (welcome.parentProposalId().equals(known.keysetProposalId())
                    || (welcome.parentProposalId().equals(known.parentProposalId())
                        && rank.getAsInt() < order.epochOf(before.get().author()).orElse(0))));
    if (!follows) {
      return Verdict.ignore("it does not follow what is known");
    }
    Instant until =
        now.plus(SuccessorOrder.step(plan.terms())).plus(patience(announcement, plan.identity()));
    return Verdict.accept(
        new CoordinatorFact.WelcomeSeen(said, until),
        new Effect.Listen(welcome.channelKey(), 0),
        new Effect.Listen(welcome.channelKey(), 1));
  }

  static StandingBy welcomed(StandingBy state, CoordinatorFact.WelcomeSeen fact) {
    return new StandingBy(
        state.plan(),
        state.announcement(),
        state.optIns(),
        Optional.of(fact.welcome()),
        state.said().with(fact.welcome()),
        true,
        fact.until());
  }

  static StandingBy welcomed(Formed formed, CoordinatorFact.WelcomeSeen fact) {
    return new StandingBy(
        formed.plan(),
        formed.announcement(),
        formed.optIns(),
        Optional.of(fact.welcome()),
        formed.said().with(fact.welcome()),
        true,
        fact.until());
  }

  /** The proposal of the welcome, once it is here and recomputes. */
  static Optional<Verdict.Accepted<CoordinatorFact>> watched(StandingBy state) {
    return proposed(state)
        .map(formed ->
            new Verdict.Accepted<>(
                List.of(new CoordinatorFact.KeysetWatched(state.until())), List.of()));
  }

  static Watching watching(StandingBy state, CoordinatorFact.KeysetWatched fact) {
    Formed formed = proposed(state).orElseThrow();
    return new Watching(formed, formed.proposalId(), fact.until());
  }

  private static Optional<Formed> proposed(StandingBy state) {
    if (state.welcome().isEmpty() || !(state.welcome().get().body() instanceof Welcome welcome)) {
      return Optional.empty();
    }
    Optional<SignedStatement> said = state.said().find(welcome.keysetProposalId());
    if (said.isEmpty() || !(said.get().body() instanceof KeysetProposal proposal)) {
      return Optional.empty();
    }
    ChannelKey channel = welcome.channelKey();
    List<SignedStatement> optIns =
        proposal.optIns().stream().flatMap(id -> state.said().find(id).stream()).toList();
    if (optIns.size() < proposal.optIns().size()
        || !proposal.channelKeyHash().equals(channel.hash())
        || KeysetView.check(state.announcement(), proposal, optIns).isPresent()) {
      return Optional.empty();
    }
    Cohort cohort = KeysetView.cohort(state.plan().terms(), optIns);
    List<SignedStatement> inKeyOrder =
        cohort.members().stream()
            .map(Member::optInId)
            .map(id -> state.said().find(id).orElseThrow())
            .toList();
    return Optional.of(
        new Formed(
            state.plan(),
            state.announcement(),
            inKeyOrder,
            cohort,
            channel,
            state.said(),
            List.of(),
            List.of()));
  }

  /** Nobody before this one formed the cohort in time. */
  private static Verdict<CoordinatorFact> takeOver(StandingBy state, Instant now) {
    CohortTerms terms = state.plan().terms();
    if (state.optIns().size() < terms.minMembers()) {
      return Enrolment.ended(
          new Outcome.Failed(
              Code.NOT_ENOUGH,
              "candidates must be at least "
                  + terms.minMembers()
                  + ", this successor has "
                  + state.optIns().size()));
    }
    return new Verdict.Accepted<>(
        List.of(Enrolment.closed(terms, CloseReason.DEADLINE, now)),
        List.of(Readiness.begin(state.announcement(), terms, state.optIns())));
  }

  static List<Effect> resume(StandingBy state) {
    return state
        .welcome()
        .<List<Effect>>map(said ->
            said.body() instanceof Welcome welcome
                ? List.of(
                    new Effect.Listen(welcome.channelKey(), 0),
                    new Effect.Listen(welcome.channelKey(), 1))
                : List.of())
        .orElseGet(List::of);
  }
}
