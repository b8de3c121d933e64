package org.beaconcohort.cohort.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Shrinking;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/** The statements a leader makes, and what it asks again after a restart. */
final class LeaderSaying {
  private LeaderSaying() {}

  /** Listens again, sends again what was said, says what was heard, asks again what is awaited. */
  static List<Effect> resume(InCohort state) {
    List<Effect> effects = new ArrayList<>(again(Suspending.plain(state)));
    effects.addAll(Suspending.resume(state));
    return effects;
  }

  private static List<Effect> again(InCohort state) {
    Formed formed = state.formed();
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Listen(formed.channel(), 0));
    effects.add(new Effect.Listen(formed.channel(), number(state)));
    if (forms(state)) {
      formed.earlier().forEach(each -> effects.add(new Effect.Listen(each.channel(), 0)));
    }
    for (Made made : formed.made()) {
      effects.add(new Effect.Send(made.statement(), made.recipient()));
    }
    switch (state) {
      case ProposingKeyset proposing -> effects.add(Enrolment.sayKeyset(formed));
      case Welcoming welcoming -> {
        effects.addAll(sendOptIns(formed));
        effects.add(sayWelcome(formed, welcoming.proposalId()));
      }
      case Keying keying -> effects.addAll(sendOptIns(formed));
      case Watching watching -> {}
      case Shrinking shrinking -> {
        effects.addAll(Shrink.unsaid(shrinking));
        effects.add(new Effect.DrawChannelKey());
      }
      case AwaitingFunding funding -> {
        effects.add(awaitFunding(formed.cohort()));
        effects.addAll(Shrink.tellLeftOut(formed));
      }
      case AwaitingListing listing -> {}
      case Opening opening -> effects.add(sayOpportunity(formed, opening.round()));
      case Collecting collecting -> {}
      case Extended extended -> effects.addAll(Extending.resume(extended));
      case Suspended suspended -> effects.addAll(again(suspended.on()));
      case ProposedWithout without -> effects.addAll(FallingBackOnLeaf.unsaid(without));
      case FallingBack falling -> {
        effects.addAll(FallingBackOnLeaf.unsaid(falling));
        effects.add(lookFor(falling.partials().attempt()));
      }
      case Proposing proposing -> {
        effects.add(sayProposal(formed, proposing.attempt()));
        effects.add(lookFor(proposing.attempt()));
      }
      case AwaitingPartials awaiting -> effects.add(lookFor(awaiting.attempt()));
      case Publishing publishing -> {
        effects.addAll(publish(publishing));
        if (formed.made().stream().noneMatch(made -> isFinal(made, publishing))) {
          sayFinal(publishing).ifPresent(effects::add);
        }
      }
    }
    return effects;
  }

  /** Whether an earlier proposal may still turn out to be the one (N11). */
  private static boolean forms(InCohort state) {
    return state instanceof ProposingKeyset
        || state instanceof Welcoming
        || state instanceof Keying
        || state instanceof Watching
        || state instanceof Shrinking;
  }

  /** The round whose channel it listens to, besides that of formation. */
  static int number(InCohort state) {
    return switch (state) {
      case ProposingKeyset proposing -> 1;
      case Welcoming welcoming -> 1;
      case Keying keying -> 1;
      case Watching watching -> 1;
      case Shrinking shrinking -> 1;
      case AwaitingFunding funding -> 1;
      case AwaitingListing listing -> listing.number();
      case Opening opening -> opening.round().opportunity().number();
      case Collecting collecting -> collecting.round().opportunity().number();
      case Extended extended -> number(extended.waiting());
      case Suspended suspended -> number(suspended.on());
      case ProposedWithout without -> without.attempt().round().opportunity().number();
      case FallingBack falling -> falling.partials().attempt().round().opportunity().number();
      case Proposing proposing -> proposing.attempt().round().opportunity().number();
      case AwaitingPartials awaiting -> awaiting.attempt().round().opportunity().number();
      case Publishing publishing -> publishing.attempt().round().opportunity().number();
    };
  }

  private static boolean isFinal(Made made, Publishing state) {
    return made.statement().body() instanceof Final last
        && last.transcript().equals(state.attempt().transcript());
  }

  /** What the key-set proposal names, so that nobody has to have heard it before (F3b). */
  static List<Effect> sendOptIns(Formed formed) {
    Recipient channel = new Recipient.Channel(formed.channel(), 0);
    return formed.optIns().stream().<Effect>map(each -> new Effect.Send(each, channel)).toList();
  }

  /** The next cohort is complete; everyone is shown it, once. */
  static Verdict<CoordinatorFact> succession(Formed formed, Input.SuccessorFormed next) {
    if (Successors.knows(formed.said(), next.succession())) {
      return Verdict.ignore("the next cohort is known here");
    }
    Optional<Violation> wrong = Successors.check(formed.cohort(), next.succession());
    return wrong.isPresent()
        ? new Verdict.Refused<>(wrong.get())
        : new Verdict.Accepted<>(
            List.of(),
            List.of(
                new Effect.Say(
                    formed.cohort().id(),
                    Bytes.EMPTY,
                    0,
                    next.succession(),
                    new Recipient.Channel(formed.channel(), 0))));
  }

  static Effect awaitFunding(Cohort cohort) {
    return new Effect.AwaitFunding(cohort, cohort.terms().confirmations());
  }

  /** Members may complete it without a word. */
  static Effect lookFor(Attempt attempt) {
    return new Effect.LookFor(attempt.transaction().txid());
  }

  static List<Effect> publish(Publishing state) {
    Transaction transaction = state.transaction();
    return List.of(
        new Effect.Broadcast(transaction),
        new Effect.AwaitConfirmation(
            transaction.txid(), state.formed().cohort().terms().confirmations()));
  }

  /** To the members, and to whoever leads if this one does not go on. */
  static Effect.Say sayWelcome(Formed formed, Bytes proposalId) {
    List<Bytes> inboxes = new ArrayList<>();
    formed.cohort().members().forEach(member -> inboxes.add(member.inboxKey()));
    SuccessorOrder.forming(formed.announcement().author(), formed.plan().terms()).leaders().stream()
        .filter(leader -> !leader.equals(formed.plan().identity()))
        .forEach(inboxes::add);
    return new Effect.Say(
        formed.announcement().id(),
        Bytes.EMPTY,
        0,
        new Welcome(formed.channel(), proposalId, formed.parentProposalId()),
        new Recipient.Inboxes(inboxes));
  }

  static Effect.Say sayOpportunity(Formed formed, Round round) {
    return sayInRound(formed, round, round.opportunity());
  }

  static Effect.Say sayProposal(Formed formed, Attempt attempt) {
    return sayInRound(formed, attempt.round(), attempt.proposal());
  }

  /** On leaf A the signatures that everybody has heard are the proof. */
  static Optional<Effect> sayFinal(Publishing state) {
    return state.spend() instanceof Spend.KeyPath spend
        ? Optional.of(
            sayInRound(
                state.formed(),
                state.attempt().round(),
                new Final(
                    state.attempt().transcript(), state.transaction().txid(), spend.signature())))
        : Optional.empty();
  }

  static Effect.Say sayInRound(Formed formed, Round round, Statement body) {
    return new Effect.Say(
        formed.cohort().id(),
        round.id(),
        formed.epoch(),
        body,
        new Recipient.Channel(formed.channel(), round.opportunity().number()));
  }
}
