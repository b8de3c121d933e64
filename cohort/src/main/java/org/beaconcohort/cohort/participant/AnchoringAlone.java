package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.FallbackTaken;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.model.Outcome;
import org.beaconcohort.cohort.participant.JoinPolicy.Fallback;
import org.beaconcohort.cohort.participant.Joined.Alone;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claim;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Discovered;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.OptedIn;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Searching;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.SingletonTaken;
import org.beaconcohort.cohort.participant.ParticipantState.Verifying;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * The singleton fallback (R20, R21): what a cohort does not anchor in time goes out by the DIDs'
 * own beacons, the same bytes. It is the member's own affair: own deadline, own transaction, nobody
 * is asked. Both confirming is harmless.
 */
final class AnchoringAlone {
  private AnchoringAlone() {}

  private static Optional<ParticipantPlan> plan(ParticipantState state) {
    return switch (state) {
      case Searching searching -> Optional.of(searching.plan());
      case Discovered discovered -> Optional.of(discovered.plan());
      case OptedIn optedIn -> Optional.of(optedIn.plan());
      case Verifying verifying -> Optional.of(verifying.plan());
      case InCohort inCohort -> Optional.of(inCohort.joined().plan());
      case Suspended suspended -> plan(suspended.waiting());
      case SingletonTaken taken -> Optional.empty();
      case ParticipantState.RolledBack rolledBack -> Optional.empty();
      case ParticipantState.Closed closed -> Optional.empty();
    };
  }

  private static boolean wanted(ParticipantState state) {
    return plan(state).filter(plan -> plan.policy().fallback() == Fallback.SINGLETON).isPresent();
  }

  /** Whether own updates can still begin to go out by the singletons. */
  static boolean isOpen(InCohort state) {
    return wanted(state)
        && !state.joined().alone().begun()
        && !isAnchoredBefore(state)
        && !mayHaveCommitted(state);
  }

  /** What left this member for the present round: these bytes or none (R20). */
  static List<OfferedUpdate> committed(ParticipantState state) {
    return switch (state) {
      case Answering answering -> answering.updates();
      case Responded responded -> responded.updates();
      case Checking checking -> checking.responded().updates();
      case Claimed claimed -> claimed.claim().updates();
      case Signed signed -> signed.claim().updates();
      case Final last -> last.claim().updates();
      default -> List.of();
    };
  }

  /** The state's own deadline, or the member's for its update if that comes first. */
  static Instant deadline(ParticipantState state) {
    Instant own = due(Suspending.plain(state));
    Instant until = Suspending.deadline(state);
    return own.isBefore(until) ? own : until;
  }

  private static Instant due(ParticipantState state) {
    boolean begun = state instanceof InCohort inCohort && inCohort.joined().alone().begun();
    if (begun
        || !wanted(state)
        || isAnchoredBefore(state)
        || mayHaveCommitted(state)
        || state instanceof ParticipantState.Anchored) {
      return Instant.MAX;
    }
    return switch (state) {
      case Searching searching -> searching.plan().policy().updateDeadline();
      case Discovered discovered ->
          discovered.plan().policy().fallbackAt(Joining.terms(discovered.announcement()));
      case OptedIn optedIn ->
          optedIn.plan().policy().fallbackAt(Joining.terms(optedIn.announcement()));
      case Verifying verifying ->
          verifying.plan().policy().fallbackAt(Joining.terms(verifying.announcement()));
      case InCohort inCohort ->
          inCohort.joined().plan().policy().fallbackAt(inCohort.joined().cohort().terms());
      default -> Instant.MAX;
    };
  }

  /** The member's own deadline has come: it goes out alone, and goes on with the cohort. */
  static Optional<Verdict<ParticipantFact>> due(ParticipantState given, Instant now) {
    ParticipantState state = Suspending.plain(given);
    if (now.isBefore(due(state))) {
      return Optional.empty();
    }
    if (state instanceof InCohort inCohort) {
      List<OfferedUpdate> updates = committed(inCohort);
      return Optional.of(
          Verdict.accept(new ParticipantFact.FallbackBegun(updates), go(inCohort, updates)));
    }
    Outcome outcome =
        new Outcome.Failed(
            Code.DEADLINE_PASSED, "no cohort was formed in time for the own update deadline");
    return Optional.of(
        Verdict.accept(new ParticipantFact.Ended(outcome), new Effect.Report(outcome)));
  }

  private static Effect go(ParticipantState state, List<OfferedUpdate> updates) {
    return updates.isEmpty()
        ? new Effect.OfferAlone()
        : new Effect.AnchorAlone(updates, depth(state));
  }

  /** The policy's depth; the deeper one of the terms is for what the cohort relies on. */
  private static int depth(ParticipantState state) {
    return plan(state instanceof SingletonTaken taken ? taken.before() : state)
        .map(plan -> plan.policy().confirmations())
        .orElseThrow();
  }

  /**
   * Instead of an end that leaves updates unanchored: the same, once the singletons have done it.
   *
   * @param last the state that the last of the facts would close
   */
  static Verdict.Accepted<ParticipantFact> instead(
      Verdict.Accepted<ParticipantFact> verdict, ParticipantState last, Instant now) {
    ParticipantState before = Suspending.plain(last);
    if (verdict.facts().isEmpty()
        || !(verdict.facts().getLast() instanceof ParticipantFact.Ended ended)
        || !wanted(before)
        || isAnchoredBefore(before)
        || mayHaveCommitted(before)
        || isForWantOfIt(ended.outcome())
        || !(ended.outcome() instanceof Outcome.Failed
            || ended.outcome() instanceof Outcome.MayStillConfirm)) {
      return verdict;
    }
    Alone alone = before instanceof InCohort inCohort ? inCohort.joined().alone() : Alone.NOT;
    List<ParticipantFact> facts =
        new ArrayList<>(verdict.facts().subList(0, verdict.facts().size() - 1));
    List<Effect> effects = new ArrayList<>(verdict.effects());
    effects.removeIf(Effect.Report.class::isInstance);
    if (!alone.txids().isEmpty()) {
      Outcome outcome = anchoredAlone(ended.outcome(), alone);
      facts.add(new ParticipantFact.Ended(outcome));
      effects.add(new Effect.Report(outcome));
      return new Verdict.Accepted<>(facts, effects);
    }
    facts.add(new ParticipantFact.CohortOver(ended.outcome(), now.plus(confirmation(before))));
    if (!alone.begun()) {
      List<OfferedUpdate> updates = committed(before);
      facts.add(new ParticipantFact.FallbackBegun(updates));
      effects.add(go(before, updates));
    }
    claim(before)
        .ifPresent(claim -> effects.add(new Effect.AwaitConfirmation(claim.txid(), depth(before))));
    return new Verdict.Accepted<>(facts, effects);
  }

  /** Whoever does not join because its singletons cannot anchor anything does not ask them to. */
  private static boolean isForWantOfIt(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed && failed.code() == Code.NO_FALLBACK;
  }

  /** What an earlier round of this membership anchored is not wanted again. */
  private static boolean isAnchoredBefore(ParticipantState state) {
    return committed(state).isEmpty()
        && state instanceof InCohort inCohort
        && inCohort.joined().claims().stream()
            .filter(claim -> !claim.updates().isEmpty() && claim.anchorsUpdates())
            .anyMatch(claim ->
                claim.attempt().round().opportunity().number() < Saying.roundNumber(inCohort));
  }

  /**
   * Whether updates may have left that the journal does not hold: until the relays have answered
   * (N19), a journal that was put back looks like one with nothing committed, and another update
   * for the same version would end the DID (R20).
   */
  private static boolean mayHaveCommitted(ParticipantState state) {
    return committed(state).isEmpty()
        && state instanceof InCohort inCohort
        && !inCohort.joined().isReadBack();
  }

  private static Duration confirmation(ParticipantState state) {
    return switch (state) {
      case OptedIn optedIn -> Joining.terms(optedIn.announcement()).deadlines().confirmation();
      case Discovered discovered ->
          Joining.terms(discovered.announcement()).deadlines().confirmation();
      case Verifying verifying ->
          Joining.terms(verifying.announcement()).deadlines().confirmation();
      case InCohort inCohort -> inCohort.joined().cohort().terms().deadlines().confirmation();
      default -> Deadlines.live().confirmation();
    };
  }

  /** What the cohort may still confirm, and with it the updates. */
  private static Optional<Claim> claim(ParticipantState state) {
    return switch (state) {
      case Claimed claimed -> Optional.of(claimed.claim());
      case Signed signed -> Optional.of(signed.claim());
      case Final last -> Optional.of(last.claim());
      case Responded responded -> NonceLoss.released(responded.joined(), responded.round());
      default -> Optional.empty();
    };
  }

  /** While the cohort goes on. */
  static Verdict<ParticipantFact> offered(InCohort state, Input.OfferedAlone offered) {
    Alone alone = state.joined().alone();
    if (!alone.begun() || !alone.updates().isEmpty() || offered.updates().isEmpty()) {
      return Verdict.ignore("nothing goes out alone");
    }
    return Verdict.accept(
        new ParticipantFact.FallbackBegun(offered.updates()), go(state, offered.updates()));
  }

  /** While the cohort goes on: the others are told. */
  static Verdict<ParticipantFact> anchored(InCohort state, Input.AnchoredAlone anchored) {
    Alone alone = state.joined().alone();
    if (alone.updates().isEmpty() || !alone.txids().isEmpty()) {
      return Verdict.ignore("nothing goes out alone");
    }
    ParticipantFact fact = new ParticipantFact.FallbackAnchored(anchored.txids());
    return tell(state, anchored.txids())
        .map(say -> Verdict.accept(fact, say))
        .orElseGet(() -> new Verdict.Accepted<>(List.of(fact), List.of()));
  }

  private static Optional<Effect> tell(ParticipantState state, List<Bytes> txids) {
    return state instanceof InCohort inCohort
        ? Saying.round(inCohort)
            .map(round -> Saying.fallback(inCohort.joined(), round, new FallbackTaken(txids)))
        : Optional.empty();
  }

  /** Once the cohort is over. */
  static Verdict<ParticipantFact> decide(SingletonTaken state, Input input) {
    return switch (input) {
      case Input.OfferedAlone offered when state.alone().updates().isEmpty() ->
          offered.updates().isEmpty()
              ? ended(state.outcome())
              : Verdict.accept(
                  new ParticipantFact.FallbackBegun(offered.updates()),
                  go(state, offered.updates()));
      case Input.AnchoredAlone anchored when !state.alone().updates().isEmpty() -> {
        Outcome outcome = anchoredAlone(state.outcome(), state.alone().anchored(anchored.txids()));
        List<Effect> effects = new ArrayList<>();
        tell(state.before(), anchored.txids()).ifPresent(effects::add);
        effects.add(new Effect.Report(outcome));
        yield new Verdict.Accepted<>(
            List.of(
                new ParticipantFact.FallbackAnchored(anchored.txids()),
                new ParticipantFact.Ended(outcome)),
            effects);
      }
      case Input.Confirmed confirmed ->
          claim(state.before()).filter(claim -> claim.txid().equals(confirmed.txid())).isPresent()
              ? ended(new Outcome.Anchored(display(confirmed.txid())))
              : Verdict.ignore("another transaction was confirmed");
      case Input.CannotAnchorAlone cannot ->
          ended(also(state.outcome(), "own singleton beacon: " + cannot.detail()));
      case Input.DeadlinePassed passed ->
          ended(also(state.outcome(), "own singleton beacon did not anchor it in time either"));
      default -> Verdict.ignore("the cohort is over for this member");
    };
  }

  private static Verdict<ParticipantFact> ended(Outcome outcome) {
    return Verdict.accept(new ParticipantFact.Ended(outcome), new Effect.Report(outcome));
  }

  private static Outcome also(Outcome outcome, String more) {
    return switch (outcome) {
      case Outcome.Failed failed ->
          new Outcome.Failed(failed.code(), failed.detail() + "; " + more);
      case Outcome.MayStillConfirm may ->
          new Outcome.MayStillConfirm(
              may.txid(), may.signalBytes(), may.code(), may.detail() + "; " + more);
      default -> outcome;
    };
  }

  private static Outcome anchoredAlone(Outcome cohort, Alone alone) {
    List<String> txids = alone.txids().stream().map(AnchoringAlone::display).toList();
    return switch (cohort) {
      case Outcome.Failed failed ->
          new Outcome.AnchoredAlone(txids, failed.code(), failed.detail());
      case Outcome.MayStillConfirm may ->
          new Outcome.AnchoredAlone(
              txids,
              may.code(),
              may.detail()
                  + "; transaction "
                  + may.txid()
                  + " may still confirm, which is harmless");
      default -> cohort;
    };
  }

  private static String display(Bytes txid) {
    return new Outpoint(txid, 0).displayTxid();
  }

  /** Asks again after a restart. */
  static List<Effect> resume(SingletonTaken state) {
    List<Effect> effects = new ArrayList<>(List.of(go(state, state.alone().updates())));
    claim(state.before())
        .ifPresent(claim -> effects.add(new Effect.AwaitConfirmation(claim.txid(), depth(state))));
    return effects;
  }

  /** As above while the cohort goes on. */
  static Optional<Effect> resume(Joined joined, InCohort state) {
    Alone alone = joined.alone();
    return alone.begun() && alone.txids().isEmpty()
        ? Optional.of(go(state, alone.updates()))
        : Optional.empty();
  }

  /** The state with what goes out alone. */
  static Optional<ParticipantState> going(ParticipantState state, Alone alone) {
    return switch (state) {
      case InCohort inCohort -> Optional.of(inCohort.with(inCohort.joined().going(alone)));
      case SingletonTaken taken -> Optional.of(taken.going(alone));
      default -> Optional.empty();
    };
  }

  static Alone alone(ParticipantState state) {
    return switch (state) {
      case InCohort inCohort -> inCohort.joined().alone();
      case SingletonTaken taken -> taken.alone();
      default -> Alone.NOT;
    };
  }

  /** The state in which the cohort is over and its updates are not. */
  static SingletonTaken over(ParticipantState state, ParticipantFact.CohortOver fact) {
    return new SingletonTaken(state, fact.outcome(), alone(state), fact.until());
  }
}
