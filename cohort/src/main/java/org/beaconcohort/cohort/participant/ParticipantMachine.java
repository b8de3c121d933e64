package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Progress;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.ReadinessStatement.Alive;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.participant.Joined.Alone;
import org.beaconcohort.cohort.participant.Joined.Term;
import org.beaconcohort.cohort.participant.KeysetState.Acked;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingFunding;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingSmaller;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.participant.ParticipantState.Anchored;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingListing;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Closed;
import org.beaconcohort.cohort.participant.ParticipantState.Discovered;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.OptedIn;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.RolledBack;
import org.beaconcohort.cohort.participant.ParticipantState.Searching;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.SingletonTaken;
import org.beaconcohort.cohort.participant.ParticipantState.Verifying;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;

/**
 * Joins a cohort, checks everything it is told against its own sources, answers, claims, signs.
 *
 * <pre>
 * Searching → Discovered → OptedIn → Verifying → Acked → AwaitingFunding → AwaitingListing → Ready
 *   → Weighing → Answering → Responded → Checking → Claimed → Signed → Final → Anchored
 *   → (Ready of the next round) | Closed(outcome)
 * </pre>
 *
 * Beside Responded and Signed, leaf A goes its own way ({@link Fallback}) to Final. Checking goes
 * back to Responded when the checklist refuses. At a deadline in Ready, Responded or Signed the
 * next leader is followed, as long as there is one (N15). Every state may end at its deadline; from
 * Claimed on the outcome then says what may still confirm, and before it closes the member's
 * singletons anchor its updates: SingletonTaken (R21). From OptedIn on every state becomes
 * RolledBack when this member hears a statement of its own that its journal does not hold.
 */
public final class ParticipantMachine implements Machine<ParticipantState, ParticipantFact> {
  private final ParticipantPlan plan;

  /** The machine of one membership. */
  public ParticipantMachine(ParticipantPlan plan) {
    this.plan = plan;
  }

  @Override
  public ParticipantState initial() {
    return new Searching(plan);
  }

  @Override
  public Instant deadline(ParticipantState state) {
    Instant own = AnchoringAlone.deadline(state);
    if (!(state instanceof InCohort inCohort) || !inCohort.joined().isReadBack()) {
      return own;
    }
    Instant leaf = LeafSigning.wake(inCohort);
    Instant asking = LeafLeading.due(inCohort);
    Instant first = leaf.isBefore(asking) ? leaf : asking;
    return first.isBefore(own) ? first : own;
  }

  /**
   * The relays may know what the journal does not (N19), and the chain that the signal is anchored.
   */
  @Override
  public boolean hearsAnswersFirst(ParticipantState state) {
    return state instanceof OptedIn
        || state instanceof Verifying
        || state instanceof SingletonTaken
        || state instanceof Suspended
        || (state instanceof InCohort inCohort
            && (state instanceof Final || !inCohort.joined().isReadBack()));
  }

  @Override
  public Verdict<ParticipantFact> decide(ParticipantState state, Input input, Instant now) {
    if (input instanceof Input.DeadlinePassed && now.isBefore(deadline(state))) {
      return Verdict.ignore("the deadline of an earlier state; this one's is " + deadline(state));
    }
    if (input instanceof Input.Heard heard) {
      Optional<Verdict<ParticipantFact>> own = OwnWords.judge(state, heard.statement());
      if (own.isPresent()) {
        return own.get();
      }
    }
    Verdict<ParticipantFact> verdict = decideAlone(state, input, now);
    return verdict instanceof Verdict.Accepted<ParticipantFact> accepted
        ? AnchoringAlone.instead(accepted, beforeLast(state, accepted.facts()), now)
        : verdict;
  }

  /** The state that the last of the facts leads away from. */
  private ParticipantState beforeLast(ParticipantState state, List<ParticipantFact> facts) {
    ParticipantState before = state;
    for (int i = 0; i + 1 < facts.size(); i++) {
      before = evolve(before, facts.get(i));
    }
    return before;
  }

  private Verdict<ParticipantFact> decideAlone(ParticipantState state, Input input, Instant now) {
    Optional<Verdict<ParticipantFact>> due =
        input instanceof Input.DeadlinePassed ? AnchoringAlone.due(state, now) : Optional.empty();
    // What leaf A waited for is looked at by progress.
    boolean onLeaf =
        input instanceof Input.DeadlinePassed && now.isBefore(AnchoringAlone.deadline(state));
    Verdict<ParticipantFact> verdict =
        due.orElseGet(() ->
            onLeaf
                ? new Verdict.Accepted<>(List.of(), List.of())
                : decideWithCohort(state, input, now));
    return Progress.carryOn(state, verdict, this::evolve, after -> progress(after, now));
  }

  private static Verdict<ParticipantFact> decideWithCohort(
      ParticipantState state, Input input, Instant now) {
    return switch (state) {
      case Searching searching -> Joining.decide(searching, input, now);
      case Discovered discovered -> Joining.decide(discovered, input);
      case OptedIn optedIn -> Joining.decide(optedIn, input, now);
      case Verifying verifying -> KeysetVerification.decide(verifying, input, now);
      case InCohort inCohort -> TakingPart.decide(inCohort, input, now);
      case Suspended suspended -> Suspending.decide(suspended, input, now);
      case RolledBack halted -> OwnWords.decide(halted, input);
      case SingletonTaken taken -> AnchoringAlone.decide(taken, input);
      case Closed closed ->
          input instanceof Input.Said said
              ? Verdict.accept(
                  new ParticipantFact.Made(said.statement(), said.recipient()),
                  new Effect.Send(said.statement(), said.recipient()))
              : Verdict.ignore("this membership has ended");
    };
  }

  private static Optional<Verdict.Accepted<ParticipantFact>> progress(
      ParticipantState state, Instant now) {
    return switch (state) {
      case Verifying verifying -> KeysetVerification.verified(verifying, now);
      case InCohort inCohort -> TakingPart.progress(inCohort, now);
      case Suspended suspended -> TakingPart.progress(suspended.waiting(), now);
      case Searching other -> Optional.empty();
      case Discovered other -> Optional.empty();
      case OptedIn other -> Optional.empty();
      case SingletonTaken other -> Optional.empty();
      case RolledBack other -> Optional.empty();
      case Closed other -> Optional.empty();
    };
  }

  @Override
  public ParticipantState evolve(ParticipantState state, ParticipantFact fact) {
    Optional<ParticipantState> relays = Suspending.evolve(state, fact);
    if (relays.isPresent()) {
      return relays.get();
    }
    if (!(state instanceof Suspended suspended)) {
      return moved(state, fact);
    }
    ParticipantState after = moved(suspended.waiting(), fact);
    return Suspending.keeps(fact) && after instanceof InCohort waiting
        ? suspended.with(waiting)
        : after;
  }

  private ParticipantState moved(ParticipantState state, ParticipantFact fact) {
    return switch (fact) {
      case ParticipantFact.RelaysAsked other -> impossible(state, fact);
      case ParticipantFact.RelaysSeen other -> impossible(state, fact);
      case ParticipantFact.RelaysLost other -> impossible(state, fact);
      case ParticipantFact.RelaysBack other -> impossible(state, fact);
      case ParticipantFact.Made made -> made(state, made);
      case ParticipantFact.Noted noted -> noted(state, noted.statement());
      case ParticipantFact.AnnouncementChosen chosen ->
          state instanceof Searching
              ? new Discovered(plan, chosen.announcement(), chosen.until())
              : impossible(state, fact);
      case ParticipantFact.Welcomed welcomed ->
          state instanceof OptedIn optedIn
              ? new Verifying(
                  plan,
                  optedIn.announcement(),
                  optedIn.optIn(),
                  welcomed.welcome(),
                  StatementSet.EMPTY.with(optedIn.optIn().statement()),
                  welcomed.until())
              : impossible(state, fact);
      case ParticipantFact.KeysetVerified verified ->
          switch (state) {
            case Verifying verifying ->
                new Acked(KeysetVerification.join(verifying), List.of(), verified.until());
            case Reverifying reverifying -> KeysetVerification.acknowledging(reverifying, verified);
            default -> impossible(state, fact);
          };
      case ParticipantFact.Rewelcomed again ->
          switch (state) {
            case Verifying verifying -> KeysetVerification.rewelcomed(verifying, again);
            case KeysetState before -> Rekeying.rewelcomed(before, again);
            default -> impossible(state, fact);
          };
      case ParticipantFact.KeysetRefused refused ->
          state instanceof Reverifying reverifying
              ? new AwaitingSmaller(reverifying.joined(), reverifying.others(), reverifying.until())
              : impossible(state, fact);
      case ParticipantFact.AcksMissing missing ->
          state instanceof Acked acked
              ? new AwaitingSmaller(acked.joined(), acked.others(), missing.until())
              : impossible(state, fact);
      case ParticipantFact.EarlierFinal earlier ->
          state instanceof KeysetState before
              ? KeysetState.of(before, earlier.proposalId(), earlier.until())
              : impossible(state, fact);
      case ParticipantFact.AlsoFinal also ->
          state instanceof AwaitingFunding awaiting
              ? awaiting.watching(also.proposalId())
              : impossible(state, fact);
      case ParticipantFact.FundingDecided decided ->
          state instanceof AwaitingFunding awaiting
              ? awaiting.funded(decided.proposalId())
              : impossible(state, fact);
      case ParticipantFact.KeysetFinal fixed ->
          state instanceof KeysetState before
              ? new AwaitingFunding(before.joined(), before.others(), List.of(), fixed.until())
              : impossible(state, fact);
      case ParticipantFact.FundingFound found ->
          state instanceof AwaitingFunding awaiting
              ? new AwaitingListing(awaiting.joined(), found.until())
              : impossible(state, fact);
      case ParticipantFact.AddressListed listed ->
          state instanceof AwaitingListing awaiting
              ? new Ready(awaiting.joined(), 1, List.of(), false, listed.until())
              : impossible(state, fact);
      case ParticipantFact.OpportunityTaken taken ->
          switch (state) {
            case Ready ready -> weighing(ready, taken);
            case AwaitingListing awaiting -> weighing(awaiting.unlisted(), taken);
            default -> impossible(state, fact);
          };
      case ParticipantFact.OpportunityRefused refused -> refusedOpportunity(state, refused);
      case ParticipantFact.UpdatesCommitted committed ->
          state instanceof Weighing weighing
              ? new Answering(
                  weighing.joined(), weighing.round(), committed.updates(), committed.until())
              : impossible(state, fact);
      case ParticipantFact.NonceReplaced replaced ->
          NonceLoss.replaced(state, replaced).orElseGet(() -> impossible(state, fact));
      case ParticipantFact.AttemptLost lost ->
          state instanceof Signed signed
              ? NonceLoss.awaitingNext(signed, lost)
              : impossible(state, fact);
      case ParticipantFact.NonceOpened opened ->
          state instanceof Answering answering
              ? new Responded(
                  answering.joined(),
                  answering.round(),
                  answering.updates(),
                  opened.nonce(),
                  List.of(),
                  answering.until())
              : impossible(state, fact);
      case ParticipantFact.ProposalTaken taken ->
          state instanceof Responded responded
              ? new Checking(
                  responded,
                  responded.joined().said().find(taken.proposalId()).orElseThrow(),
                  taken.bundle())
              : impossible(state, fact);
      case ParticipantFact.ProposalRefused refused ->
          state instanceof Checking checking
              ? TakingPart.backToResponded(checking, refused.proposalId())
              : impossible(state, fact);
      case ParticipantFact.Claimed claimed ->
          state instanceof Checking checking ? claimed(checking, claimed) : impossible(state, fact);
      case ParticipantFact.PartialRecorded recorded ->
          state instanceof Claimed claimed
              ? new Signed(
                  claimed.joined(),
                  claimed.claim(),
                  recorded.signature(),
                  recorded.next(),
                  PartialsView.of(claimed.claim().attempt(), claimed.joined().said()),
                  recorded.until())
              : impossible(state, fact);
      case ParticipantFact.Completed completed ->
          state instanceof Signed signed
              ? new Final(
                  signed.joined(),
                  signed.claim(),
                  new Spend.KeyPath(completed.signature()),
                  false,
                  completed.until())
              : impossible(state, fact);
      case ParticipantFact.SignalAnchored anchored ->
          state instanceof Final last
              ? new Anchored(last, anchored.depth(), anchored.until())
              : impossible(state, fact);
      case ParticipantFact.NextRound next ->
          state instanceof Anchored anchored
              ? new Ready(
                  anchored
                      .joined()
                      .during(Term.FIRST)
                      .going(Alone.NOT)
                      .fallingBack(Fallback.none()),
                  next.number(),
                  List.of(),
                  false,
                  anchored.until())
              : impossible(state, fact);
      case ParticipantFact.SuccessionBegun begun ->
          state instanceof Ready ready
              ? HandingOver.succeeding(ready, begun)
              : impossible(state, fact);
      case LeafFact onLeaf ->
          (state instanceof InCohort inCohort
                  ? LeafEvolving.evolve(inCohort, onLeaf)
                  : Optional.<ParticipantState>empty())
              .orElseGet(() -> impossible(state, fact));
      case ParticipantFact.FallbackBegun begun ->
          AnchoringAlone.going(state, Alone.begun(begun.updates()))
              .orElseGet(() -> impossible(state, fact));
      case ParticipantFact.FallbackAnchored anchored ->
          AnchoringAlone.going(state, AnchoringAlone.alone(state).anchored(anchored.txids()))
              .orElseGet(() -> impossible(state, fact));
      case ParticipantFact.CohortOver over -> AnchoringAlone.over(state, over);
      case ParticipantFact.RoundDue due ->
          state instanceof Ready ready
              ? new Ready(ready.joined(), ready.number(), ready.refused(), true, due.until())
              : impossible(state, fact);
      case ParticipantFact.EpochEndorsed endorsed ->
          TakingOver.endorsed(state, endorsed).orElseGet(() -> impossible(state, fact));
      case ParticipantFact.RoundLed led ->
          state instanceof Ready ready
              ? ready.with(ready.joined().during(ready.joined().term().opening(led.opportunity())))
              : impossible(state, fact);
      case ParticipantFact.AttemptLed led ->
          state instanceof InCohort inCohort
              ? inCohort.with(
                  inCohort.joined().during(inCohort.joined().term().proposing(led.attemptId())))
              : impossible(state, fact);
      case ParticipantFact.DeadlineExtended extended ->
          Extending.extended(state, extended).orElseGet(() -> impossible(state, fact));
      case ParticipantFact.ExtensionLed led ->
          Extending.led(state, led).orElseGet(() -> impossible(state, fact));
      case ParticipantFact.BroadcastDue due ->
          state instanceof Final last
              ? new Final(last.joined(), last.claim(), last.spend(), true, last.givesUp())
              : impossible(state, fact);
      case ParticipantFact.HeadRead read ->
          state instanceof InCohort inCohort
              ? inCohort.with(inCohort.joined().readBackBy(read.instance()))
              : impossible(state, fact);
      case ParticipantFact.ClockJumped jumped ->
          state instanceof InCohort inCohort
              ? inCohort.with(inCohort.joined().afterClockJump())
              : impossible(state, fact);
      case ParticipantFact.RolledBack found ->
          new RolledBack(state, found.statement(), found.code());
      case ParticipantFact.Ended ended -> new Closed(ended.outcome(), state);
    };
  }

  private ParticipantState made(ParticipantState state, ParticipantFact.Made made) {
    if (state instanceof Discovered discovered && made.statement().body() instanceof OptIn) {
      return new OptedIn(plan, discovered.announcement(), made, List.of(), discovered.until());
    }
    if (state instanceof OptedIn optedIn && made.statement().body() instanceof Alive) {
      return optedIn.answering(made);
    }
    if (state instanceof InCohort inCohort) {
      InCohort after = hearing(inCohort.with(inCohort.joined().making(made)), made.statement());
      return after instanceof Succeeding succeeding
              && HandingOver.isRequest(made.statement().body(), succeeding.ready().number())
          ? succeeding.ready()
          : after;
    }
    return state;
  }

  private static ParticipantState noted(ParticipantState state, SignedStatement statement) {
    if (state instanceof Verifying verifying) {
      return new Verifying(
          verifying.plan(),
          verifying.announcement(),
          verifying.optIn(),
          verifying.welcome(),
          verifying.said().with(statement),
          verifying.until());
    }
    return state instanceof InCohort inCohort
        ? hearing(inCohort.with(inCohort.joined().noting(statement)), statement)
        : state;
  }

  /** Partials are added up as they come. */
  private static InCohort hearing(InCohort state, SignedStatement statement) {
    return state instanceof Signed signed ? signed.hearing(statement) : state;
  }

  private static ParticipantState weighing(Ready ready, ParticipantFact.OpportunityTaken taken) {
    SignedStatement said = ready.joined().said().find(taken.opportunityId()).orElseThrow();
    if (!(said.body() instanceof Opportunity opportunity)) {
      return impossible(ready, taken);
    }
    return new Weighing(
        ready,
        said,
        Successors.round(ready.joined().cohort(), ready.joined().said(), opportunity),
        taken.until());
  }

  private static Claimed claimed(Checking checking, ParticipantFact.Claimed fact) {
    ParticipantState.Claim claim = TakingPart.claim(checking, fact);
    return new Claimed(checking.joined().claiming(claim), claim, fact.until());
  }

  private static ParticipantState refusedOpportunity(
      ParticipantState state, ParticipantFact.OpportunityRefused refused) {
    return switch (state) {
      case Ready ready -> ready.refusing(refused.opportunityId());
      case Weighing weighing -> weighing.ready().refusing(refused.opportunityId());
      default -> impossible(state, refused);
    };
  }

  private static ParticipantState impossible(ParticipantState state, ParticipantFact fact) {
    throw new IllegalStateException(
        "journal has "
            + fact.getClass().getSimpleName()
            + " in state "
            + state.getClass().getSimpleName());
  }

  @Override
  public List<Effect> resume(ParticipantState state) {
    return switch (state) {
      case Searching searching -> List.of();
      case Discovered discovered ->
          List.of(Joining.prepare(discovered.plan(), discovered.announcement()));
      case OptedIn optedIn -> Joining.resume(optedIn);
      case Verifying verifying -> KeysetVerification.resume(verifying);
      case InCohort inCohort -> Resuming.resume(inCohort);
      case Suspended suspended -> Resuming.resume(suspended.waiting());
      case SingletonTaken taken -> AnchoringAlone.resume(taken);
      case RolledBack halted -> OwnWords.stop(halted);
      case Closed closed -> HandingOver.resume(closed);
    };
  }
}
