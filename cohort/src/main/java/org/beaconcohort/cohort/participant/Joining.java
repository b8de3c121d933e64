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
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementCodec;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.participant.ParticipantState.Discovered;
import org.beaconcohort.cohort.participant.ParticipantState.OptedIn;
import org.beaconcohort.cohort.participant.ParticipantState.Searching;
import org.beaconcohort.cohort.participant.ParticipantState.Verifying;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/** F1 to F3 as a candidate sees them, up to the acknowledgement of a key set it recomputed. */
final class Joining {
  /** Most statements kept before the key set is known; a cohort of the largest size needs fewer. */
  private static final int MOST_BEFORE_KEYSET = 4 * CohortTerms.MAX_MEMBERS;

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

  static Verdict<ParticipantFact> decide(Verifying state, Input input, Instant now) {
    return switch (input) {
      case Input.Heard heard -> {
        if (state.said().contains(heard.statement().id())) {
          yield Verdict.ignore("statement " + heard.statement().id() + " is known");
        }
        if (awaited(state, heard.statement())) {
          yield Verdict.accept(new ParticipantFact.Noted(heard.statement()));
        }
        StatementKind kind = heard.statement().body().kind();
        if (heard.statement().body() instanceof Welcome welcome
            && fromLeader(state.announcement(), heard.statement()).isEmpty()
            && takesThePlace(state, heard.statement(), welcome)) {
          yield Verdict.accept(
              new ParticipantFact.Rewelcomed(
                  heard.statement(), keysetBy(state.announcement(), now)),
              new Effect.Listen(welcome.channelKey(), 0),
              new Effect.Listen(welcome.channelKey(), 1));
        }
        // A second key set of one leader proves a fork.
        boolean fork =
            kind == StatementKind.KEYSET_PROPOSAL
                && fromLeader(state.announcement(), heard.statement()).isEmpty();
        if (kind != StatementKind.OPT_IN && kind != StatementKind.KEYSET_ACK && !fork) {
          yield Verdict.ignore(kind + " cannot count before this member's acknowledgement");
        }
        yield state.said().all().size() >= MOST_BEFORE_KEYSET
                || state.said().exhausted(heard.statement(), 1)
            ? Verdict.refuse(
                Code.RATE_LIMITED,
                "statements before the key set must be at most "
                    + MOST_BEFORE_KEYSET
                    + ", and few per author")
            : Verdict.accept(new ParticipantFact.Noted(heard.statement()));
      }
      case Input.CannotGoOn cannot -> ended(cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed -> {
        Optional<Violation> wrong = proposal(state).flatMap(said -> wrong(state, said));
        yield wrong.isPresent()
            ? ended(wrong.get().code(), wrong.get().detail())
            : ended(Code.NO_SUCCESSOR, "key set proposal or opt-ins did not come in time");
      }
      default -> Verdict.ignore("the key set is being collected");
    };
  }

  /** Of a welcome that came while the key set of another is being collected. */
  private static boolean takesThePlace(Verifying state, SignedStatement said, Welcome welcome) {
    return state.welcome().body() instanceof Welcome now
        && (welcome.parentProposalId().equals(now.keysetProposalId())
            || (welcome.parentProposalId().equals(now.parentProposalId())
                && isBefore(state.announcement(), said.author(), state.welcome().author())));
  }

  /** Whether a leader stands before another in the order of those who may form the cohort. */
  static boolean isBefore(SignedStatement announcement, Bytes one, Bytes other) {
    SuccessorOrder order = SuccessorOrder.forming(announcement.author(), terms(announcement));
    return order.epochOf(one).isPresent()
        && order.epochOf(other).isPresent()
        && order.epochOf(one).getAsInt() < order.epochOf(other).getAsInt();
  }

  /** By when a key set must be here after its welcome; a successor's may come in its place. */
  private static Instant keysetBy(SignedStatement announcement, Instant now) {
    CohortTerms terms = terms(announcement);
    return now.plus(terms.deadlines().keying()).plus(SuccessorOrder.patience(terms));
  }

  static Verifying rewelcomed(Verifying state, ParticipantFact.Rewelcomed fact) {
    return new Verifying(
        state.plan(),
        state.announcement(),
        state.optIn(),
        fact.welcome(),
        state.said().with(state.welcome()),
        fact.until());
  }

  /** Acknowledges once proposal and all opt-ins are at hand and everything recomputes. */
  static Optional<Verdict.Accepted<ParticipantFact>> verified(Verifying state, Instant now) {
    Optional<SignedStatement> said = proposal(state);
    if (said.isEmpty() || optIns(state.said(), said.get()).isEmpty()) {
      return Optional.empty();
    }
    Optional<Violation> wrong = wrong(state, said.get());
    if (wrong.isPresent()) {
      Outcome outcome = new Outcome.Failed(wrong.get().code(), wrong.get().detail());
      return Optional.of(
          new Verdict.Accepted<>(
              List.of(new ParticipantFact.Ended(outcome)), List.of(new Effect.Report(outcome))));
    }
    Instant until = now.plus(terms(state.announcement()).deadlines().keying());
    KeysetState.Acked acked = new KeysetState.Acked(join(state), List.of(), until);
    Optional<Verdict.Accepted<ParticipantFact>> rolledBack = OwnWords.among(acked);
    if (rolledBack.isPresent()) {
      return rolledBack;
    }
    return Optional.of(
        new Verdict.Accepted<>(
            List.of(new ParticipantFact.KeysetVerified(said.get().id(), until)),
            List.of(
                acked.joined().isReadBack()
                    ? Saying.ack(acked.joined())
                    : OwnWords.atStart(acked))));
  }

  private static Optional<Violation> wrong(Verifying state, SignedStatement said) {
    return wrong(
        state.announcement(), state.welcome(), state.said(), state.optIn().statement().id(), said);
  }

  private static Optional<Violation> wrong(
      SignedStatement announcement,
      SignedStatement welcomed,
      StatementSet heard,
      Bytes ownOptIn,
      SignedStatement said) {
    if (!(said.body() instanceof KeysetProposal proposal)
        || !(welcomed.body() instanceof Welcome welcome)) {
      return Optional.of(Violation.refusal(Code.KEYSET_MISMATCH, "key set proposal expected"));
    }
    Optional<Violation> author = fromLeader(announcement, said);
    if (author.isPresent()) {
      return author;
    }
    if (!said.author().equals(welcomed.author())
        || !proposal.parentProposalId().equals(welcome.parentProposalId())) {
      return Optional.of(
          Violation.refusal(
              Code.KEYSET_MISMATCH,
              "welcome and key set must be by one author and follow one proposal, got "
                  + welcome.parentProposalId()
                  + " and "
                  + proposal.parentProposalId()));
    }
    if (!proposal.channelKeyHash().equals(welcome.channelKey().hash())) {
      return Optional.of(
          Violation.refusal(
              Code.KEYSET_MISMATCH,
              "channel key hash must be "
                  + welcome.channelKey().hash()
                  + ", got "
                  + proposal.channelKeyHash()));
    }
    if (!proposal.optIns().contains(ownOptIn)) {
      return Optional.of(
          Violation.refusal(Code.KEYSET_MISMATCH, "own opt-in must be in the key set, it is not"));
    }
    return optIns(heard, said).flatMap(optIns -> KeysetView.check(announcement, proposal, optIns));
  }

  /**
   * Acknowledges a later key set once it is at hand and recomputes, and the one before is not
   * complete (N11); stays with the one before if it does not recompute.
   */
  static Optional<Verdict.Accepted<ParticipantFact>> verifiedAgain(Reverifying state, Instant now) {
    Joined joined = state.joined();
    Optional<SignedStatement> said = proposal(state.welcome(), joined.said());
    if (said.isEmpty() || optIns(joined.said(), said.get()).isEmpty()) {
      return Optional.empty();
    }
    Bytes proposalId = said.get().id();
    Optional<Violation> wrong =
        wrong(
            joined.announcement(),
            state.welcome(),
            joined.said(),
            joined.cohort().members().get(joined.slot()).optInId(),
            said.get());
    if (wrong.isPresent()) {
      return Optional.of(
          new Verdict.Accepted<>(
              List.of(
                  new ParticipantFact.KeysetRefused(
                      proposalId, wrong.get().code(), wrong.get().detail())),
              List.of()));
    }
    Instant until = now.plus(joined.cohort().terms().deadlines().keying());
    ParticipantFact.KeysetVerified fact = new ParticipantFact.KeysetVerified(proposalId, until);
    return Optional.of(
        new Verdict.Accepted<>(
            List.of(fact), List.of(Saying.ack(acknowledging(state, fact).joined()))));
  }

  /** The state that stands by the later key set. */
  static KeysetState.Acked acknowledging(
      Reverifying state, ParticipantFact.KeysetVerified verified) {
    Joined joined = state.joined();
    List<SignedStatement> optIns =
        proposal(state.welcome(), joined.said())
            .flatMap(said -> optIns(joined.said(), said))
            .orElseThrow();
    Cohort cohort = KeysetView.cohort(joined.cohort().terms(), optIns);
    List<ProposedKeyset> others = new ArrayList<>(state.others());
    others.add(joined.keyset());
    return new KeysetState.Acked(
        joined.withKeyset(
            new ProposedKeyset(cohort, channel(state.welcome()).key(), verified.proposalId())),
        others,
        verified.until());
  }

  /** Named by the welcome, or by the proposal it names: no quota keeps these out. */
  private static boolean awaited(Verifying state, SignedStatement said) {
    return state.welcome().body() instanceof Welcome welcome
        && (welcome.keysetProposalId().equals(said.id())
            || proposal(state)
                .filter(named ->
                    named.body() instanceof KeysetProposal proposal
                        && proposal.optIns().contains(said.id()))
                .isPresent());
  }

  private static Optional<SignedStatement> proposal(Verifying state) {
    return proposal(state.welcome(), state.said());
  }

  private static Optional<SignedStatement> proposal(SignedStatement welcomed, StatementSet heard) {
    return welcomed.body() instanceof Welcome welcome
        ? heard.find(welcome.keysetProposalId())
        : Optional.empty();
  }

  /** Every opt-in the proposal names, or nothing while one is missing. */
  private static Optional<List<SignedStatement>> optIns(StatementSet heard, SignedStatement said) {
    List<SignedStatement> optIns = new ArrayList<>();
    if (said.body() instanceof KeysetProposal proposal) {
      for (Bytes id : proposal.optIns()) {
        Optional<SignedStatement> optIn = heard.find(id);
        if (optIn.isEmpty()) {
          return Optional.empty();
        }
        optIns.add(optIn.get());
      }
    }
    return Optional.of(optIns);
  }

  /** The cohort of a verified proposal. */
  static Joined join(Verifying state) {
    List<SignedStatement> optIns =
        proposal(state).flatMap(said -> optIns(state.said(), said)).orElseThrow();
    CohortTerms terms = terms(state.announcement());
    Cohort cohort = KeysetView.cohort(terms, optIns);
    return new Joined(
        state.plan(),
        state.announcement(),
        terms.hash(),
        cohort,
        cohort.slotOf(state.plan().statementKey()).orElseThrow(),
        channel(state.welcome()).key(),
        proposal(state).orElseThrow().id(),
        ofCohort(state, cohort),
        List.of(state.optIn()),
        List.of(),
        state.optIn().statement().header().instance(),
        0,
        Joined.Term.FIRST,
        Joined.Alone.NOT,
        Fallback.none());
  }

  /** What was heard before the roster was known, without strangers and other cohorts. */
  private static StatementSet ofCohort(Verifying state, Cohort cohort) {
    SignedStatement announcement = state.announcement();
    Bytes cohortId = cohort.id();
    StatementSet kept = StatementSet.EMPTY.with(state.welcome());
    for (SignedStatement said : state.said().all()) {
      boolean known =
          mayForm(announcement, said.author()) || cohort.slotOf(said.author()).isPresent();
      if (known && KeysetView.misdirected(announcement.id(), cohortId, said).isEmpty()) {
        kept = kept.with(said);
      }
    }
    return kept;
  }

  /** Listens to formation and, as nothing asks for it later, to the first round. */
  static List<Effect> resume(Verifying state) {
    ChannelKey key = channel(state.welcome()).key();
    return List.of(
        new Effect.Send(state.optIn().statement(), state.optIn().recipient()),
        new Effect.Listen(key, 0),
        new Effect.Listen(key, 1));
  }

  private static Recipient.Channel channel(SignedStatement welcomed) {
    if (welcomed.body() instanceof Welcome welcome) {
      return new Recipient.Channel(welcome.channelKey(), 0);
    }
    throw new IllegalStateException("welcome expected, got " + welcomed.body().kind());
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
