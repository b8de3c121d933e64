package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.CloseReason;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Closed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Drafted;
import org.beaconcohort.cohort.coordinator.CoordinatorState.DrawingChannel;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Recruiting;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.OptInProof;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** F1 and F2: the announcement, opt-ins, and the three conditions that close enrolment (BT-3). */
final class Enrolment {
  private static final Bytes NO_COHORT = Bytes.of(new byte[32]);

  private Enrolment() {}

  static Verdict<CoordinatorFact> decide(Drafted drafted, Input input, Instant now) {
    return switch (input) {
      case Input.Begin begin ->
          new Verdict.Accepted<>(List.of(), List.of(sayAnnouncement(drafted.plan())));
      case Input.Said said when said.statement().body() instanceof Announcement ->
          new Verdict.Accepted<>(
              List.of(
                  new CoordinatorFact.Made(said.statement(), said.recipient()),
                  new CoordinatorFact.EnrolmentOpened(
                      now.plus(drafted.plan().terms().deadlines().recruiting()))),
              List.of(send(said.statement())));
      default -> Verdict.ignore("nothing is announced yet");
    };
  }

  static Verdict<CoordinatorFact> decide(Recruiting state, Input input, Instant now) {
    return switch (input) {
      case Input.Heard heard when heard.statement().body() instanceof OptIn optIn ->
          candidate(state, heard.statement(), optIn, now);
      case Input.DeadlinePassed passed -> atDeadline(state, now);
      case Input.Said said -> madeAndSent(said);
      default -> Verdict.ignore("enrolment waits for opt-ins");
    };
  }

  static Verdict<CoordinatorFact> decide(DrawingChannel state, Input input, Instant now) {
    return switch (input) {
      case Input.ChannelKeyDrawn drawn -> {
        Formed formed = form(state, drawn.key());
        yield new Verdict.Accepted<>(
            List.of(new CoordinatorFact.ChannelDrawn(drawn.key())),
            List.of(
                new Effect.Listen(drawn.key(), 0),
                new Effect.Listen(drawn.key(), 1),
                sayKeyset(formed)));
      }
      case Input.Heard heard when heard.statement().body() instanceof OptIn optIn ->
          state.optIns().stream().anyMatch(known -> known.id().equals(heard.statement().id()))
              ? Verdict.ignore("opt-in " + heard.statement().id() + " has a seat")
              : late(state.announcement(), heard.statement(), optIn);
      case Input.Said said -> madeAndSent(said);
      case Input.DeadlinePassed passed ->
          ended(new Outcome.Failed(Code.DEADLINE_PASSED, "no channel key was drawn in time"));
      default -> Verdict.ignore("the channel key is being drawn");
    };
  }

  /** After the end only those who come too late get an answer. */
  static Verdict<CoordinatorFact> afterwards(Closed closed, Input input) {
    return input instanceof Input.Said said
        ? madeAndSent(said)
        : Verdict.ignore("this cohort has ended: " + closed.outcome().name());
  }

  private static Verdict<CoordinatorFact> candidate(
      Recruiting state, SignedStatement said, OptIn optIn, Instant now) {
    if (Stream.of(state.optIns(), state.parked())
            .flatMap(List::stream)
            .anyMatch(known -> known.id().equals(said.id()))
        || state.turnedAway().contains(said.id())) {
      return Verdict.ignore("opt-in " + said.id() + " has its answer");
    }
    Optional<Violation> wrong = OptInProof.check(state.announcement(), said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    CohortTerms terms = state.plan().terms();
    Optional<Violation> noSeat = Parking.noSeat(state, said, optIn);
    if (noSeat.isPresent()) {
      if (state.turnedAway().size() >= 4 * terms.maxMembers()) {
        return new Verdict.Refused<>(
            Violation.refusal(Code.RATE_LIMITED, "answers to surplus opt-ins are used up"));
      }
      return new Verdict.Accepted<>(
          List.of(new CoordinatorFact.TurnedAway(said.id())),
          List.of(
              refuse(
                  state.announcement(),
                  said.id(),
                  optIn,
                  noSeat.get().code(),
                  noSeat.get().detail())));
    }
    if (state.plan().admission().parks(optIn)) {
      return Parking.park(state, said);
    }
    List<SignedStatement> optIns = and(state.optIns(), said);
    List<CoordinatorFact> facts = new ArrayList<>();
    facts.add(new CoordinatorFact.Noted(said));
    Optional<CloseReason> reason = closes(terms, optIns);
    if (reason.isEmpty()) {
      return new Verdict.Accepted<>(facts, List.of());
    }
    facts.add(closed(terms, reason.get(), now));
    List<Effect> effects = new ArrayList<>();
    effects.add(Readiness.begin(state.announcement(), terms, optIns));
    Parking.turnAway(state, state.parked(), facts, effects);
    return new Verdict.Accepted<>(facts, effects);
  }

  static Optional<CloseReason> closes(CohortTerms terms, List<SignedStatement> optIns) {
    if (optIns.size() == terms.maxMembers()) {
      return Optional.of(CloseReason.FULL);
    }
    int pending = 0;
    for (SignedStatement said : optIns) {
      pending += said.body() instanceof OptIn optIn ? optIn.pendingUpdates() : 0;
    }
    boolean triggered = terms.pendingUpdateTrigger() > 0 && pending >= terms.pendingUpdateTrigger();
    return triggered && optIns.size() >= terms.minMembers()
        ? Optional.of(CloseReason.PENDING_UPDATES)
        : Optional.empty();
  }

  static CoordinatorFact closed(CohortTerms terms, CloseReason reason, Instant now) {
    return new CoordinatorFact.EnrolmentClosed(
        reason,
        now.plus(
            terms.deadlines().probes()
                ? terms.deadlines().readiness()
                : terms.deadlines().keying()));
  }

  private static Verdict<CoordinatorFact> atDeadline(Recruiting state, Instant now) {
    CohortTerms terms = state.plan().terms();
    List<SignedStatement> seated = Parking.seats(state);
    if (state.optIns().size() + seated.size() >= terms.minMembers()) {
      List<SignedStatement> all = new ArrayList<>(state.optIns());
      all.addAll(seated);
      List<Effect> effects = new ArrayList<>();
      effects.add(Readiness.begin(state.announcement(), terms, all));
      List<CoordinatorFact> facts = new ArrayList<>();
      seated.forEach(said -> facts.add(new CoordinatorFact.Noted(said)));
      List<SignedStatement> others = new ArrayList<>(state.parked());
      others.removeAll(seated);
      Parking.turnAway(state, others, facts, effects);
      facts.add(closed(terms, CloseReason.DEADLINE, now));
      return new Verdict.Accepted<>(facts, effects);
    }
    String detail =
        "candidates must be at least "
            + terms.minMembers()
            + ", got "
            + (state.optIns().size() + seated.size())
            + "; anchor the update by your singleton beacon or wait for another announcement";
    Outcome.Failed outcome = new Outcome.Failed(Code.NOT_ENOUGH, detail);
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.Ended(outcome)),
        told(state.announcement(), candidates(state), outcome));
  }

  private static List<SignedStatement> candidates(Recruiting state) {
    return Stream.of(state.optIns(), state.parked()).flatMap(List::stream).toList();
  }

  /** The end, to every candidate: there is no cohort. */
  static List<Effect> told(
      SignedStatement announcement, List<SignedStatement> optIns, Outcome.Failed outcome) {
    List<Effect> effects = new ArrayList<>();
    for (SignedStatement said : optIns) {
      if (said.body() instanceof OptIn optIn) {
        effects.add(refuse(announcement, said.id(), optIn, outcome.code(), outcome.detail()));
      }
    }
    effects.add(new Effect.Report(outcome));
    return effects;
  }

  /** Candidates of a cohort that did not form may not have been told before the process ended. */
  static List<Effect> resume(Closed closed) {
    if (closed.outcome() instanceof Outcome.Failed failed && failed.code() == Code.NOT_ENOUGH) {
      if (closed.last() instanceof Recruiting recruiting) {
        return told(recruiting.announcement(), candidates(recruiting), failed);
      }
      if (closed.last() instanceof Keying keying) {
        return told(keying.formed().announcement(), keying.formed().optIns(), failed);
      }
    }
    return List.of(new Effect.Report(closed.outcome()));
  }

  /** The answer to a valid opt-in after enrolment closed. */
  static Verdict<CoordinatorFact> late(
      SignedStatement announcement, SignedStatement said, OptIn optIn) {
    Optional<Violation> wrong = OptInProof.check(announcement, said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    return new Verdict.Accepted<>(
        List.of(new CoordinatorFact.TurnedAway(said.id())),
        List.of(
            refuse(
                announcement,
                said.id(),
                optIn,
                Code.ENROLMENT_CLOSED,
                "enrolment is closed; wait for another announcement or use your singleton")));
  }

  static Formed form(DrawingChannel drawing, ChannelKey channel) {
    Cohort cohort = KeysetView.cohort(drawing.plan().terms(), drawing.optIns());
    StatementSet said = StatementSet.EMPTY;
    for (SignedStatement optIn : drawing.optIns()) {
      said = said.with(optIn);
    }
    List<SignedStatement> inKeyOrder = new ArrayList<>();
    for (var member : cohort.members()) {
      inKeyOrder.add(said.find(member.optInId()).orElseThrow());
    }
    return new Formed(
        drawing.plan(),
        drawing.announcement(),
        inKeyOrder,
        cohort,
        channel,
        said,
        List.of(),
        List.of());
  }

  static Effect.Say sayKeyset(Formed formed) {
    Cohort cohort = formed.cohort();
    KeysetProposal proposal =
        new KeysetProposal(
            formed.announcement().event(),
            cohort.keys(),
            formed.optIns().stream().map(SignedStatement::id).toList(),
            cohort.terms().threshold(cohort.size()),
            cohort.address(),
            formed.channel().hash(),
            formed.parentProposalId());
    return new Effect.Say(
        formed.announcement().id(),
        Bytes.EMPTY,
        0,
        proposal,
        new Recipient.Channel(formed.channel(), 0));
  }

  static Effect.Say sayAnnouncement(CoordinatorPlan plan) {
    return new Effect.Say(
        NO_COHORT,
        Bytes.EMPTY,
        0,
        new Announcement(plan.identifier(), plan.terms(), plan.succeeds()),
        new Recipient.Everyone());
  }

  static Effect.Send send(SignedStatement announcement) {
    return new Effect.Send(announcement, new Recipient.Everyone());
  }

  static Verdict<CoordinatorFact> madeAndSent(Input.Said said) {
    return Verdict.accept(
        new CoordinatorFact.Made(said.statement(), said.recipient()),
        new Effect.Send(said.statement(), said.recipient()));
  }

  static Verdict<CoordinatorFact> ended(Outcome outcome) {
    return Verdict.accept(new CoordinatorFact.Ended(outcome), new Effect.Report(outcome));
  }

  static Effect.Say refuse(
      SignedStatement announcement, Bytes optInId, OptIn optIn, Code code, String detail) {
    return new Effect.Say(
        announcement.id(),
        Bytes.EMPTY,
        0,
        new OptInRefused(optInId, code, detail),
        new Recipient.Inboxes(List.of(optIn.inboxKey())));
  }

  static List<SignedStatement> without(List<SignedStatement> statements, Bytes id) {
    return statements.stream().filter(each -> !each.id().equals(id)).toList();
  }

  static <T> List<T> and(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
