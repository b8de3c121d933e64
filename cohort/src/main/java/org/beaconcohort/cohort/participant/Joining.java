package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.ReadinessStatement.Alive;
import org.beaconcohort.cohort.message.ReadinessStatement.Probe;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.ParticipantState.Discovered;
import org.beaconcohort.cohort.participant.ParticipantState.OptedIn;
import org.beaconcohort.cohort.participant.ParticipantState.Searching;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.musig2.bytes.Bytes;

/** F1 to F3 as a candidate sees them, up to the acknowledgement of a key set it recomputed. */
final class Joining {
  private Joining() {}

  static Verdict<ParticipantFact> decide(Searching state, Input input, Instant now) {
    if (!(input instanceof Input.Heard heard)
        || !(heard.statement().body() instanceof Announcement announced)) {
      return Verdict.ignore("an announcement is awaited");
    }
    Optional<Violation> unwanted =
        state.plan().policy().check(heard.statement(), state.plan().dids(), now);
    if (unwanted.isPresent()) {
      return new Verdict.Refused<>(unwanted.get());
    }
    CohortTerms.NonceCustody custody = state.plan().nonces().custody();
    if (custody.compareTo(announced.terms().custody()) > 0) {
      return Verdict.refuse(
          Code.TERMS_NOT_ACCEPTED,
          "nonce custody must allow " + custody + ", got " + announced.terms().custody());
    }
    var deadlines = announced.terms().deadlines();
    Instant until =
        now.plus(deadlines.recruiting())
            .plus(deadlines.readiness())
            .plus(deadlines.keying())
            .plus(SuccessorOrder.patience(announced.terms()));
    return Verdict.accept(
        new ParticipantFact.AnnouncementChosen(heard.statement(), until),
        prepare(state.plan(), heard.statement()));
  }

  static Effect prepare(ParticipantPlan plan, SignedStatement announcement) {
    JoinPolicy policy = plan.policy();
    return new Effect.PrepareOptIn(
        announcement,
        policy.fallback() == JoinPolicy.Fallback.SINGLETON,
        policy.consent(terms(announcement)));
  }

  static Verdict<ParticipantFact> decide(Discovered state, Input input) {
    return switch (input) {
      case Input.OptInPrepared prepared
          when prepared.announcementId().equals(state.announcement().id())
              && !matches(state.plan(), prepared.optIn()) ->
          ended(
              Code.OPT_IN_INVALID,
              "signer and transport must hold the keys of the plan, "
                  + state.plan().cohortKey()
                  + " and "
                  + state.plan().inboxKey());
      case Input.OptInPrepared prepared
          when prepared.announcementId().equals(state.announcement().id())
              && !StatementCodec.fits(prepared.optIn()) ->
          ended(
              Code.TOO_LARGE,
              "opt-in must be at most "
                  + StatementCodec.MAX_SIZE
                  + " bytes, with all DIDs and their genesis documents; register fewer");
      case Input.OptInPrepared prepared
          when prepared.announcementId().equals(state.announcement().id()) ->
          new Verdict.Accepted<>(
              List.of(), List.of(sayOptIn(state.announcement(), prepared.optIn())));
      case Input.Said said when said.statement().body() instanceof OptIn ->
          Verdict.accept(
              new ParticipantFact.Made(said.statement(), said.recipient()),
              new Effect.Send(said.statement(), said.recipient()));
      case Input.CannotGoOn cannot -> ended(cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed ->
          ended(Code.DEADLINE_PASSED, "the opt-in was not ready in time");
      default -> Verdict.ignore("the opt-in is being prepared");
    };
  }

  private static boolean matches(ParticipantPlan plan, OptIn optIn) {
    return optIn.cohortKey().equals(plan.cohortKey())
        && optIn.inboxKey().equals(plan.inboxKey())
        && optIn.registrations().stream().map(Registration::did).toList().equals(plan.dids());
  }

  static Verdict<ParticipantFact> decide(OptedIn state, Input input, Instant now) {
    return switch (input) {
      case Input.Heard heard when heard.statement().body() instanceof Welcome welcome -> {
        Optional<Violation> wrong = fromLeader(state.announcement(), heard.statement());
        yield wrong.isPresent()
            ? new Verdict.Refused<>(wrong.get())
            : Verdict.accept(
                new ParticipantFact.Welcomed(
                    heard.statement(), keysetBy(state.announcement(), now)),
                new Effect.Listen(welcome.channelKey(), 0),
                new Effect.Listen(welcome.channelKey(), 1));
      }
      case Input.Heard heard when heard.statement().body() instanceof Probe ->
          probed(state, heard.statement());
      case Input.Said said when said.statement().body() instanceof Alive ->
          Verdict.accept(
              new ParticipantFact.Made(said.statement(), said.recipient()),
              new Effect.Send(said.statement(), said.recipient()));
      case Input.Heard heard when heard.statement().body() instanceof OptInRefused refused -> {
        Optional<Violation> wrong = fromCoordinator(state.announcement(), heard.statement());
        yield wrong.isPresent() || !refused.optInId().equals(state.optIn().statement().id())
            ? Verdict.ignore("a refusal of another opt-in")
            : ended(refused.code(), refused.detail());
      }
      case Input.CannotGoOn cannot -> ended(cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed ->
          ended(
              Code.NO_SUCCESSOR,
              "no welcome came in time, neither by the coordinator nor by a successor that the terms"
                  + " name; anchor the update by your singleton beacon or join another cohort");
      default -> Verdict.ignore("the welcome is awaited");
    };
  }

  /** Each probe is answered once, and few at all. */
  private static Verdict<ParticipantFact> probed(OptedIn state, SignedStatement said) {
    Optional<Violation> wrong = fromLeader(state.announcement(), said);
    if (wrong.isPresent()) {
      return new Verdict.Refused<>(wrong.get());
    }
    Alive answer = new Alive(said.id());
    if (state.answers().stream().anyMatch(made -> made.statement().body().equals(answer))) {
      return Verdict.ignore("probe " + said.id() + " has its answer");
    }
    Recipient asker = new Recipient.Inboxes(List.of(said.author()));
    long answered = state.answers().stream().filter(made -> made.recipient().equals(asker)).count();
    if (answered >= StatementKind.ALIVE.quota()) {
      return Verdict.refuse(Code.RATE_LIMITED, "answers to probes are used up");
    }
    return new Verdict.Accepted<>(
        List.of(),
        List.of(new Effect.Say(state.announcement().id(), Bytes.EMPTY, 0, answer, asker)));
  }

  static List<Effect> resume(OptedIn state) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Send(state.optIn().statement(), state.optIn().recipient()));
    state
        .answers()
        .forEach(made -> effects.add(new Effect.Send(made.statement(), made.recipient())));
    return effects;
  }

  /** By when a key set must be here after its welcome; a successor's may come in its place. */
  static Instant keysetBy(SignedStatement announcement, Instant now) {
    CohortTerms terms = terms(announcement);
    return now.plus(terms.deadlines().keying()).plus(SuccessorOrder.patience(terms));
  }

  static CohortTerms terms(SignedStatement announcement) {
    if (announcement.body() instanceof Announcement announced) {
      return announced.terms();
    }
    throw new IllegalStateException("announcement expected, got " + announcement.body().kind());
  }

  private static Optional<Violation> fromCoordinator(
      SignedStatement announcement, SignedStatement said) {
    return said.author().equals(announcement.author())
        ? fromLeader(announcement, said)
        : Optional.of(
            Violation.refusal(
                Code.AUTHOR_MISMATCH,
                said.body().kind() + " must be by the coordinator, got " + said.author()));
  }

  /** By the coordinator or a successor that the terms name, for this announcement. */
  static Optional<Violation> fromLeader(SignedStatement announcement, SignedStatement said) {
    if (!mayForm(announcement, said.author())) {
      return Optional.of(
          Violation.refusal(
              Code.AUTHOR_MISMATCH,
              said.body().kind()
                  + " must be by "
                  + announcement.author()
                  + " or a successor that it names, got "
                  + said.author()));
    }
    return said.header().cohortId().equals(announcement.id())
        ? Optional.empty()
        : Optional.of(
            Violation.refusal(
                Code.TERMS_MISMATCH,
                said.body().kind()
                    + " must be for announcement "
                    + announcement.id()
                    + ", got "
                    + said.header().cohortId()));
  }

  /** Whether a key is the coordinator's or a named successor's. */
  static boolean mayForm(SignedStatement announcement, Bytes key) {
    return SuccessorOrder.forming(announcement.author(), terms(announcement))
        .epochOf(key)
        .isPresent();
  }

  private static Effect.Say sayOptIn(SignedStatement announcement, OptIn optIn) {
    List<Bytes> inboxes = new ArrayList<>();
    inboxes.add(announcement.author());
    inboxes.addAll(terms(announcement).successors());
    return new Effect.Say(announcement.id(), Bytes.EMPTY, 0, optIn, new Recipient.Inboxes(inboxes));
  }

  static Verdict<ParticipantFact> ended(Code code, String detail) {
    Outcome outcome = new Outcome.Failed(code, detail);
    return Verdict.accept(new ParticipantFact.Ended(outcome), new Effect.Report(outcome));
  }
}
