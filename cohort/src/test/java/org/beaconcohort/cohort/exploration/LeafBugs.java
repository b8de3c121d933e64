package org.beaconcohort.cohort.exploration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconcohort.cohort.beacon.CasAnnouncement;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement.LeafSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.LeafFact.LeafClaimed;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/** Members' machines, each with one bug about leaf A. */
final class LeafBugs {
  private LeafBugs() {}

  private static Optional<Round> round(ParticipantState state) {
    return switch (state) {
      case Responded responded -> Optional.of(responded.round());
      case Signed signed -> Optional.of(signed.claim().attempt().round());
      default -> Optional.empty();
    };
  }

  /** Whose transaction is asked for. */
  private static Optional<Attempt> asked(ParticipantState state, Bytes askId) {
    Optional<Round> round = round(state);
    if (round.isEmpty() || !(state instanceof InCohort inCohort)) {
      return Optional.empty();
    }
    Optional<SignedStatement> ask = inCohort.joined().said().find(askId);
    if (ask.isPresent() && ask.get().body() instanceof Proposal proposal) {
      List<SignedStatement> responses = new ArrayList<>();
      for (Bytes id : proposal.responses()) {
        inCohort.joined().said().find(id).ifPresent(responses::add);
      }
      return Optional.of(Attempt.byLeaf(round.get(), responses));
    }
    return state instanceof Signed signed
        ? Optional.of(signed.claim().attempt())
        : Optional.empty();
  }

  /** The verdict with a claim and the signature at its end. */
  private static Verdict<ParticipantFact> claiming(
      Verdict.Accepted<ParticipantFact> accepted, Bytes askId, Attempt attempt) {
    List<ParticipantFact> facts = new ArrayList<>(accepted.facts());
    facts.add(new LeafClaimed(askId, attempt.leafContext(), attempt.transaction().txid()));
    List<Effect> effects =
        new ArrayList<>(
            accepted.effects().stream().filter(it -> !(it instanceof Effect.ReadBack)).toList());
    effects.add(
        new Effect.SignLeaf(
            attempt.round().opportunity().outpoint(),
            attempt.leafContext(),
            attempt.leafSighash()));
    return new Verdict.Accepted<>(facts, effects);
  }

  /** Takes the leader's word for it that somebody is missing, and asks no relay (R18). */
  static Machine<ParticipantState, ParticipantFact> credulous(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
                && !accepted.facts().isEmpty()
                && accepted.facts().getLast() instanceof LeafFact.LeafConfirming confirming
            ? asked(state, confirming.askId())
                .map(attempt -> claiming(accepted, confirming.askId(), attempt))
                .orElse(verdict)
            : verdict;
      }
    };
  }

  /** Signs as soon as it is asked, whether k members keep the data or not (R19). */
  static Machine<ParticipantState, ParticipantFact> hasty(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
                && !accepted.facts().isEmpty()
                && accepted.facts().getLast() instanceof LeafFact.LeafTaken taken
            ? asked(state, taken.askId())
                .map(attempt -> claiming(accepted, taken.askId(), attempt))
                .orElse(verdict)
            : verdict;
      }
    };
  }

  /** Signs without having claimed the outpoint for the transaction (R16). */
  static Machine<ParticipantState, ParticipantFact> unclaimed(
      Machine<ParticipantState, ParticipantFact> real) {
    return new MemberDouble(real) {
      @Override
      Verdict<ParticipantFact> instead(
          ParticipantState state, Input input, Instant now, Verdict<ParticipantFact> verdict) {
        Optional<Round> round = round(state);
        if (input instanceof Input.LeafSignatureMade made
            && state instanceof InCohort inCohort
            && round.isPresent()) {
          Effect say =
              new Effect.Say(
                  inCohort.joined().cohort().id(),
                  round.get().id(),
                  inCohort.joined().term().epoch(),
                  new LeafSignature(made.context(), made.signature()),
                  new Recipient.Channel(
                      inCohort.joined().channel(), round.get().opportunity().number()));
          return new Verdict.Accepted<>(List.of(), List.of(say));
        }
        return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
            ? new Verdict.Accepted<>(
                accepted.facts().stream().filter(it -> !(it instanceof LeafClaimed)).toList(),
                accepted.effects())
            : verdict;
      }
    };
  }

  /** What a journal keeps that loses the data behind the signal (R19). */
  static ParticipantFact withoutBundle(ParticipantFact fact) {
    CasAnnouncement nothing = CasAnnouncement.of(Map.of());
    return switch (fact) {
      case LeafFact.LeafTaken taken ->
          new LeafFact.LeafTaken(taken.askId(), nothing, taken.until());
      case LeafFact.CompletedByLeaf completed ->
          new LeafFact.CompletedByLeaf(
              completed.askId(), completed.spend(), nothing, completed.until());
      default -> fact;
    };
  }
}
