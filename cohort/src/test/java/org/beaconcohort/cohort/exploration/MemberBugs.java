package org.beaconcohort.cohort.exploration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.Joined;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.musig2.bytes.Bytes;

/** Members' machines, each with one bug. */
final class MemberBugs {
  private MemberBugs() {}

  private static Optional<Attempt> attempt(Responded state, SignedStatement said) {
    if (!(said.body() instanceof Proposal proposal)) {
      return Optional.empty();
    }
    List<SignedStatement> responses = new ArrayList<>();
    List<SignedStatement> carriers = new ArrayList<>();
    for (Bytes id : proposal.responses()) {
      state.joined().said().find(id).ifPresent(responses::add);
    }
    for (Bytes id : proposal.nonces()) {
      state.joined().said().find(id).ifPresent(carriers::add);
    }
    int size = state.joined().cohort().size();
    return responses.size() == size && carriers.size() == size
        ? Optional.of(
            new Attempt(
                state.round(),
                proposal.counter(),
                proposal.parent(),
                proposal.reason(),
                proposal.path(),
                responses,
                carriers))
        : Optional.empty();
  }

  private static Effect.Sign sign(Attempt attempt, int number, Bytes transcript) {
    return new Effect.Sign(
        attempt.round().id(), number, transcript, attempt.session(), attempt.round().cohort());
  }

  /** Takes A and T from the leader's proposal. */
  static Machine<ParticipantState, ParticipantFact> trusting(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        if (!(state instanceof Checking checking)
            || !(verdict instanceof Verdict.Accepted<ParticipantFact> accepted)
            || accepted.facts().isEmpty()
            || !(accepted.facts().getFirst() instanceof ParticipantFact.ProposalRefused refused)
            || refused.code() != Code.TRANSCRIPT_MISMATCH
            || !(checking.proposal().body() instanceof Proposal proposal)) {
          return verdict;
        }
        Attempt attempt = attempt(checking.responded(), checking.proposal()).orElseThrow();
        int number = checking.responded().nonce().number();
        return Verdict.accept(
            new ParticipantFact.Claimed(
                checking.proposal().id(),
                number,
                proposal.transcript(),
                attempt.transaction().txid(),
                checking.until()),
            sign(attempt, number, proposal.transcript()));
      }
    };
  }

  /** Follows an earlier leader's proposal. */
  static Machine<ParticipantState, ParticipantFact> followingTheOld(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        if (!(state instanceof Responded responded)
            || !(input instanceof Input.Heard)
            || !responded.joined().claims().isEmpty()
            || responded.joined().term().epoch() == 0) {
          return verdict;
        }
        for (SignedStatement said : responded.joined().said().of(StatementKind.PROPOSAL)) {
          Optional<Attempt> attempt =
              attempt(responded, said)
                  .filter(each -> said.header().epoch() < responded.joined().term().epoch());
          if (attempt.isPresent()) {
            int number = responded.nonce().number();
            return new Verdict.Accepted<>(
                List.of(
                    new ParticipantFact.ProposalTaken(said.id(), attempt.get().announcement()),
                    new ParticipantFact.Claimed(
                        said.id(),
                        number,
                        attempt.get().transcript(),
                        attempt.get().transaction().txid(),
                        responded.until())),
                List.of(sign(attempt.get(), number, attempt.get().transcript())));
          }
        }
        return verdict;
      }
    };
  }

  /** Answers another opportunity for the round it has signed in, and has forgotten its latch. */
  static Machine<ParticipantState, ParticipantFact> unlatched(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      public Verdict<ParticipantFact> decide(ParticipantState state, Input input, Instant now) {
        return real.decide(
            input instanceof Input.Heard heard ? before(state, heard.statement()) : state,
            input,
            now);
      }

      @Override
      public ParticipantState evolve(ParticipantState state, ParticipantFact fact) {
        return real.evolve(
            fact instanceof ParticipantFact.Noted noted ? before(state, noted.statement()) : state,
            fact);
      }
    };
  }

  private static ParticipantState before(ParticipantState state, SignedStatement said) {
    Optional<Claim> claim =
        switch (state) {
          case Signed signed -> Optional.of(signed.claim());
          case ParticipantState.Final last -> Optional.of(last.claim());
          default -> Optional.empty();
        };
    if (claim.isEmpty()
        || !(said.body() instanceof Opportunity other)
        || !(state instanceof InCohort inCohort)
        || other.number() != claim.get().attempt().round().opportunity().number()
        || said.header().roundId().equals(claim.get().attempt().round().id())) {
      return state;
    }
    Joined joined = inCohort.joined();
    Joined forgetful =
        new Joined(
            joined.plan(),
            joined.announcement(),
            joined.termsHash(),
            joined.cohort(),
            joined.slot(),
            joined.channel(),
            joined.proposalId(),
            joined.said(),
            joined.made(),
            List.of(),
            joined.readBackBy(),
            joined.clockJumps(),
            joined.term(),
            joined.alone(),
            joined.fallback());
    List<Bytes> answered =
        joined.said().of(StatementKind.OPPORTUNITY).stream().map(SignedStatement::id).toList();
    return new Ready(forgetful, other.number(), answered, true, inCohort.until());
  }

  /** Signs again when another transcript is asked for with the nonce it has signed with. */
  static Machine<ParticipantState, ParticipantFact> obliging(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        if (state instanceof Signed signed
            && input instanceof Input.Heard heard
            && verdict instanceof Verdict.Refused<ParticipantFact> refused
            && refused.violation().code() == Code.NONCE_ALREADY_CLAIMED
            && heard.statement().body() instanceof Proposal proposal) {
          Attempt signedBefore = signed.claim().attempt();
          Attempt other = signedBefore.next(signedBefore.nonceCarriers());
          return other.transcript().equals(proposal.transcript())
              ? new Verdict.Accepted<>(
                  List.of(new ParticipantFact.Noted(heard.statement())),
                  List.of(sign(other, signed.claim().number(), other.transcript())))
              : verdict;
        }
        if (input instanceof Input.PartialMade made
            && state instanceof InCohort inCohort
            && verdict instanceof Verdict.Ignored<ParticipantFact>) {
          Joined joined = inCohort.joined();
          Claim claim = joined.claims().getLast();
          Effect say =
              new Effect.Say(
                  joined.cohort().id(),
                  claim.attempt().round().id(),
                  0,
                  new PartialSignature(made.transcript(), made.signature(), made.next()),
                  new Recipient.Channel(
                      joined.channel(), claim.attempt().round().opportunity().number()));
          return new Verdict.Accepted<>(List.of(), List.of(say));
        }
        return verdict;
      }
    };
  }

  /** Does not stop when its journal turns out to be older than its words. */
  static Machine<ParticipantState, ParticipantFact> unconcerned(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
                && accepted.facts().stream().anyMatch(ParticipantFact.RolledBack.class::isInstance)
            ? Verdict.ignore("so what")
            : verdict;
      }
    };
  }

  /** Ends its membership by another outcome than the real one. */
  static Machine<ParticipantState, ParticipantFact> ending(
      Machine<ParticipantState, ParticipantFact> real,
      java.util.function.UnaryOperator<Outcome> otherwise) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
            ? new Verdict.Accepted<>(
                accepted.facts().stream().map(this::fact).toList(),
                accepted.effects().stream().map(this::effect).toList())
            : verdict;
      }

      private ParticipantFact fact(ParticipantFact fact) {
        return fact instanceof ParticipantFact.Ended ended
            ? new ParticipantFact.Ended(otherwise.apply(ended.outcome()))
            : fact;
      }

      private Effect effect(Effect effect) {
        return effect instanceof Effect.Report report
            ? new Effect.Report(otherwise.apply(report.outcome()))
            : effect;
      }
    };
  }

  /** What silence is called by somebody who takes it for guilt (against R17). */
  static Outcome guilt(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed when failed.code() == Code.SILENT_MEMBER ->
          new Outcome.Failed(Code.BAD_PARTIAL_SIGNATURE, failed.detail());
      case Outcome.MayStillConfirm may when may.code() == Code.SILENT_MEMBER ->
          new Outcome.MayStillConfirm(
              may.txid(), may.signalBytes(), Code.BAD_PARTIAL_SIGNATURE, may.detail());
      default -> outcome;
    };
  }

  /** What is said by somebody who forgets that its signature is out. */
  static Outcome allIsWell(Outcome outcome) {
    return outcome instanceof Outcome.MayStillConfirm may
        ? new Outcome.Failed(may.code(), may.detail())
        : outcome;
  }

  /** Ends its membership over any bad statement (against R23). */
  static Machine<ParticipantState, ParticipantFact> touchy(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        if (!(verdict instanceof Verdict.Refused<ParticipantFact> refused)
            || !(state instanceof InCohort)) {
          return verdict;
        }
        Outcome outcome =
            new Outcome.Failed(refused.violation().code(), refused.violation().detail());
        return Verdict.accept(new ParticipantFact.Ended(outcome), new Effect.Report(outcome));
      }
    };
  }

  /** Waits for ever. */
  static Machine<ParticipantState, ParticipantFact> patient(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      public Verdict<ParticipantFact> decide(ParticipantState state, Input input, Instant now) {
        return input instanceof Input.DeadlinePassed
            ? Verdict.ignore("it will come")
            : super.decide(state, input, now);
      }
    };
  }
}
