package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.participant.ParticipantState.Verifying;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.view.KeysetView;
import org.beaconcohort.cohort.view.ProposedKeyset;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * F3b as a candidate sees it: the key set that it was welcomed to, recomputed before it
 * acknowledges it (N11).
 */
final class KeysetVerification {
  /** Most statements kept before the key set is known; a cohort of the largest size needs fewer. */
  private static final int MOST_BEFORE_KEYSET = 4 * CohortTerms.MAX_MEMBERS;

  private KeysetVerification() {}

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
            && Joining.fromLeader(state.announcement(), heard.statement()).isEmpty()
            && takesThePlace(state, heard.statement(), welcome)) {
          yield Verdict.accept(
              new ParticipantFact.Rewelcomed(
                  heard.statement(), Joining.keysetBy(state.announcement(), now)),
              new Effect.Listen(welcome.channelKey(), 0),
              new Effect.Listen(welcome.channelKey(), 1));
        }
        // A second key set of one leader proves a fork.
        boolean fork =
            kind == StatementKind.KEYSET_PROPOSAL
                && Joining.fromLeader(state.announcement(), heard.statement()).isEmpty();
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
      case Input.CannotGoOn cannot -> Joining.ended(cannot.code(), cannot.detail());
      case Input.DeadlinePassed passed -> {
        Optional<Violation> wrong = proposal(state).flatMap(said -> wrong(state, said));
        yield wrong.isPresent()
            ? Joining.ended(wrong.get().code(), wrong.get().detail())
            : Joining.ended(Code.NO_SUCCESSOR, "key set proposal or opt-ins did not come in time");
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
    SuccessorOrder order =
        SuccessorOrder.forming(announcement.author(), Joining.terms(announcement));
    return order.epochOf(one).isPresent()
        && order.epochOf(other).isPresent()
        && order.epochOf(one).getAsInt() < order.epochOf(other).getAsInt();
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
    Instant until = now.plus(Joining.terms(state.announcement()).deadlines().keying());
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
    Optional<Violation> author = Joining.fromLeader(announcement, said);
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
    CohortTerms terms = Joining.terms(state.announcement());
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
          Joining.mayForm(announcement, said.author()) || cohort.slotOf(said.author()).isPresent();
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
}
