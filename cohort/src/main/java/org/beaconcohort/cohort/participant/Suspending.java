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
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.Suspended.Asked;
import org.beaconcohort.cohort.participant.Suspended.Asking;
import org.beaconcohort.cohort.participant.Suspended.RelaysUnreachable;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Decision;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.sync.Syncs;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What comes before a deadline's consequence (N14), and what a member that is cut off does (R14).
 */
final class Suspending {
  private Suspending() {}

  /** The state without what suspends it. */
  static ParticipantState plain(ParticipantState state) {
    return state instanceof Suspended suspended ? suspended.waiting() : state;
  }

  /** When a state that waits for others asks; else its deadline. */
  static Instant deadline(ParticipantState state) {
    return state instanceof InCohort waiting && concludesFromSilence(waiting)
        ? waiting.until().minus(Budget.asking(TakingPart.deadlines(waiting)))
        : state.until();
  }

  private static boolean concludesFromSilence(InCohort state) {
    return state.joined().isReadBack()
        && (state instanceof Ready || state instanceof Responded || state instanceof Signed);
  }

  /** Says what was heard, which is at once the canary that relays must show. */
  static Verdict<ParticipantFact> ask(InCohort state, Instant now) {
    Instant asking = now.plus(Budget.asking(TakingPart.deadlines(state)));
    Instant until = asking.isAfter(state.until()) ? asking : state.until();
    return Verdict.accept(new ParticipantFact.RelaysAsked(until), say(state));
  }

  /**
   * One more statement of what was heard, as long as there are any; then the last is read again.
   */
  private static Effect say(InCohort state) {
    return sync(state).orElseGet(() -> canary(state));
  }

  private static Optional<Effect> sync(InCohort state) {
    Joined joined = state.joined();
    Bytes round = Saying.round(state).map(each -> each.id()).orElse(Bytes.EMPTY);
    return Syncs.next(joined.said(), joined.plan().statementKey(), round)
        .map(sync ->
            new Effect.Say(
                joined.cohort().id(),
                round,
                joined.term().epoch(),
                sync,
                new Recipient.Channel(joined.channel(), Saying.roundNumber(state))));
  }

  /** Says it at the start of a process, if there are any left. */
  static Optional<Effect> atStart(InCohort state) {
    return sync(state);
  }

  private static Effect canary(InCohort state) {
    return OwnWords.before(state, lastSync(state.joined()));
  }

  private static Bytes lastSync(Joined joined) {
    return Syncs.last(joined.made().stream().map(ParticipantFact.Made::statement).toList());
  }

  static Verdict<ParticipantFact> decide(Suspended state, Input input, Instant now) {
    return switch (input) {
      case Input.HeadRead read -> headRead(state, read.about(), now);
      case Input.DeadlinePassed passed -> passed(state, now);
      case Input.Said said when said.statement().body() instanceof Sync -> {
        ParticipantFact.Made made = new ParticipantFact.Made(said.statement(), said.recipient());
        InCohort after = state.waiting().with(state.waiting().joined().making(made));
        yield Verdict.accept(
            made, new Effect.Send(said.statement(), said.recipient()), canary(after));
      }
      case Input.ClockJumped jumped -> {
        InCohort after = state.waiting().with(state.waiting().joined().afterClockJump());
        yield Verdict.accept(
            new ParticipantFact.ClockJumped(jumped.seconds()),
            after.joined().isReadBack() ? canary(after) : OwnWords.atStart(after));
      }
      default -> TakingPart.decide(state.waiting(), input, now);
    };
  }

  private static Verdict<ParticipantFact> headRead(Suspended state, Bytes about, Instant now) {
    InCohort waiting = state.waiting();
    Joined joined = waiting.joined();
    if (!joined.isReadBack()) {
      return about.size() == 0
          ? backAtStart(waiting, now)
          : Verdict.ignore("asked for by an earlier process");
    }
    Optional<Verdict<ParticipantFact>> onLeaf = LeafSigning.headRead(waiting, about);
    if (onLeaf.isPresent()) {
      return onLeaf.get();
    }
    Bytes canary = lastSync(joined);
    if (canary.size() == 0 || !about.equals(OwnWords.about(joined, canary))) {
      return Verdict.ignore("nothing waits for it");
    }
    // One question at a time: this one may have taken the place of leaf A's.
    List<Effect> leaf = LeafSigning.askAgain(waiting).stream().toList();
    return switch (state) {
      case Asking asking -> new Verdict.Accepted<>(List.of(new ParticipantFact.RelaysSeen()), leaf);
      case Asked asked -> Verdict.ignore("relays have shown it");
      case RelaysUnreachable cut ->
          new Verdict.Accepted<>(
              List.of(new ParticipantFact.RelaysBack(resumed(waiting, now))), leaf);
    };
  }

  private static Verdict<ParticipantFact> backAtStart(InCohort waiting, Instant now) {
    InCohort read = waiting.with(waiting.joined().readBackBy(waiting.joined().plan().instance()));
    return new Verdict.Accepted<>(
        List.of(
            new ParticipantFact.HeadRead(waiting.joined().plan().instance()),
            new ParticipantFact.RelaysBack(resumed(waiting, now))),
        Resuming.goOn(read));
  }

  /** The deadline stood still: what came meanwhile is heard, and whoever leads can take a step. */
  private static Instant resumed(InCohort waiting, Instant now) {
    Instant lease = now.plus(TakingPart.deadlines(waiting).proposal());
    return lease.isAfter(waiting.until()) ? lease : waiting.until();
  }

  private static Verdict<ParticipantFact> passed(Suspended state, Instant now) {
    return switch (state) {
      case Asking asking -> lost(asking.waiting(), now);
      case Asked asked -> Endings.deadline(asked.waiting(), now, Relays.REACHABLE);
      case RelaysUnreachable cut -> unreachable(cut.waiting());
    };
  }

  /** Own words cannot be read back; {@link Policy} says for how long that is waited out. */
  static Verdict<ParticipantFact> lost(InCohort waiting, Instant now) {
    Optional<Situation> situation = MemberSituation.of(waiting, now, Relays.UNREACHABLE);
    return situation.isPresent()
            && Policy.decide(situation.get()) instanceof Decision.Wait wait
            && wait.until().isAfter(now)
        ? Verdict.accept(new ParticipantFact.RelaysLost(wait.until()))
        : unreachable(waiting);
  }

  private static Verdict<ParticipantFact> unreachable(InCohort waiting) {
    String detail = "relays did not show this member's own statements; nobody is to blame";
    return waiting instanceof Signed signed
        ? Endings.mayStillConfirm(signed, signed.claim(), Code.RELAYS_UNREACHABLE, detail)
        : Endings.failed(waiting, Code.RELAYS_UNREACHABLE, detail);
  }

  /** What of this happens, if a fact is of it. */
  static Optional<ParticipantState> evolve(ParticipantState state, ParticipantFact fact) {
    return switch (fact) {
      case ParticipantFact.RelaysAsked asked when plain(state) instanceof InCohort waiting ->
          Optional.of(new Asking(waiting, asked.until()));
      case ParticipantFact.RelaysSeen seen when state instanceof Asking asking ->
          Optional.of(new Asked(asking.waiting(), asking.until()));
      case ParticipantFact.RelaysLost lost when plain(state) instanceof InCohort waiting ->
          Optional.of(new RelaysUnreachable(waiting, lost.until()));
      case ParticipantFact.RelaysBack back when state instanceof Suspended suspended ->
          Optional.of(until(suspended.waiting(), back.until()));
      default -> Optional.empty();
    };
  }

  /** Facts that leave what is waited for, and its deadline, as they are. */
  static boolean keeps(ParticipantFact fact) {
    return fact instanceof ParticipantFact.Made
        || fact instanceof ParticipantFact.Noted
        || fact instanceof ParticipantFact.FallbackBegun
        || fact instanceof ParticipantFact.FallbackAnchored
        || fact instanceof ParticipantFact.HeadRead
        || fact instanceof ParticipantFact.ClockJumped
        || fact instanceof ParticipantFact.RoundLed
        || fact instanceof ParticipantFact.AttemptLed
        || fact instanceof ParticipantFact.OpportunityRefused;
  }

  private static InCohort until(InCohort state, Instant until) {
    return switch (state) {
      case Ready each -> new Ready(each.joined(), each.number(), each.refused(), each.due(), until);
      case Responded each ->
          new Responded(
              each.joined(), each.round(), each.updates(), each.nonce(), each.refused(), until);
      case Signed each ->
          new Signed(
              each.joined(), each.claim(), each.signature(), each.next(), each.partials(), until);
      default -> state;
    };
  }

  /** Whoever lacks what this member has gets it, its own words among it (N14). */
  static List<Effect> answer(InCohort state, SignedStatement said, Sync sync) {
    Joined joined = state.joined();
    return new ArrayList<>(
        Syncs.answer(
            joined.channel(),
            joined.said(),
            Saying.roundNumber(state),
            said.author(),
            sync,
            Budget.asking(TakingPart.deadlines(state)).dividedBy(2)));
  }
}
