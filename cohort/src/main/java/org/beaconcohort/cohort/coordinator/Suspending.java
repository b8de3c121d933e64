package org.beaconcohort.cohort.coordinator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.Made;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysAsked;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysBack;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysLost;
import org.beaconcohort.cohort.coordinator.CoordinatorFact.RelaysSeen;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.Suspended.Asked;
import org.beaconcohort.cohort.coordinator.Suspended.Asking;
import org.beaconcohort.cohort.coordinator.Suspended.RelaysUnreachable;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.TimeStatement.Sync;
import org.beaconcohort.cohort.policy.Budget;
import org.beaconcohort.cohort.policy.Decision;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.sync.Syncs;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What comes before a deadline's consequence (N14), and what a coordinator that is cut off does
 * (R14): the same as a member.
 */
final class Suspending {
  private Suspending() {}

  /** The state without what suspends it. */
  static CoordinatorState plain(CoordinatorState state) {
    return state instanceof Suspended suspended ? suspended.on() : state;
  }

  /** As above. */
  static InCohort plain(InCohort state) {
    return state instanceof Suspended suspended ? suspended.on() : state;
  }

  /** When a state that waits for others' words asks; else its deadline. */
  static Instant deadline(CoordinatorState state) {
    return state instanceof InCohort waiting && concludesFromSilence(waiting)
        ? waiting.until().minus(asking(waiting))
        : state.until();
  }

  private static Duration asking(InCohort state) {
    return Budget.asking(state.formed().cohort().terms().deadlines());
  }

  /** What the chain shows, or this process does, is no word of others. */
  private static boolean concludesFromSilence(InCohort state) {
    return !(state instanceof Suspended)
        && switch (state.waiting()) {
          case Keying keying -> true;
          case Watching watching -> true;
          case AwaitingListing listing -> true;
          case Collecting collecting -> true;
          case AwaitingPartials awaiting -> true;
          case ProposedWithout without -> true;
          case FallingBack falling -> true;
          default -> false;
        };
  }

  /** What was asked of the relays for this deadline; nothing where no silence counts. */
  static Relays relays(InCohort state) {
    return concludesFromSilence(state) ? Relays.NOT_ASKED : Relays.REACHABLE;
  }

  /** Says what was heard, which is at once the canary that relays must show. */
  static Verdict<CoordinatorFact> ask(InCohort state, Instant now) {
    Instant asking = now.plus(asking(state));
    return Verdict.accept(new RelaysAsked(later(asking, state.until())), say(state));
  }

  /** One more, as long as there are any; then the last is read again. */
  private static Effect say(InCohort state) {
    return sync(state).orElseGet(() -> canary(state));
  }

  private static Optional<Effect> sync(InCohort state) {
    Formed formed = state.formed();
    Bytes round = roundId(state);
    return Syncs.next(formed.said(), formed.plan().identity(), round)
        .map(sync ->
            new Effect.Say(
                formed.cohort().id(),
                round,
                formed.epoch(),
                sync,
                new Recipient.Channel(formed.channel(), LeaderSaying.number(state))));
  }

  private static Bytes roundId(InCohort state) {
    return switch (state.waiting()) {
      case Collecting collecting -> collecting.round().id();
      case AwaitingPartials awaiting -> awaiting.attempt().round().id();
      case ProposedWithout without -> without.attempt().round().id();
      case FallingBack falling -> falling.partials().attempt().round().id();
      default -> Bytes.EMPTY;
    };
  }

  private static Effect canary(InCohort state) {
    Formed formed = state.formed();
    Bytes last = lastSync(formed);
    return new Effect.ReadBack(
        last, formed.channel(), LeaderSaying.number(state), formed.plan().identity(), last);
  }

  private static Bytes lastSync(Formed formed) {
    return Syncs.last(formed.made().stream().map(Made::statement).toList());
  }

  /** At the start of a process: what it missed may be said again (N14). */
  static List<Effect> resume(InCohort state) {
    if (state instanceof Suspended) {
      return state instanceof Asked ? List.of() : List.of(say(state));
    }
    return concludesFromSilence(state) ? sync(state).stream().toList() : List.of();
  }

  /** What a suspended state makes of an input; nothing if it is for what is suspended. */
  static Optional<Verdict<CoordinatorFact>> decide(Suspended state, Input input, Instant now) {
    return switch (input) {
      case Input.HeadRead read -> Optional.of(headRead(state, read.about(), now));
      case Input.DeadlinePassed passed -> Optional.of(passed(state, now));
      case Input.Said said when said.statement().body() instanceof Sync -> {
        Made made = new Made(said.statement(), said.recipient());
        InCohort after = state.with(state.formed().making(made));
        yield Optional.of(
            Verdict.accept(
                made, new Effect.Send(said.statement(), said.recipient()), canary(after)));
      }
      default -> Optional.empty();
    };
  }

  private static Verdict<CoordinatorFact> headRead(Suspended state, Bytes about, Instant now) {
    Bytes canary = lastSync(state.formed());
    if (canary.size() == 0 || !about.equals(canary)) {
      return Verdict.ignore("nothing waits for it");
    }
    return switch (state) {
      case Asking asking -> Verdict.accept(new RelaysSeen());
      case Asked asked -> Verdict.ignore("relays have shown it");
      case RelaysUnreachable cut -> {
        // The deadline stood still: what came meanwhile is heard first.
        Instant lease = now.plus(cut.formed().cohort().terms().deadlines().proposal());
        yield Verdict.accept(new RelaysBack(later(lease, cut.on().until())));
      }
    };
  }

  private static Verdict<CoordinatorFact> passed(Suspended state, Instant now) {
    return switch (state) {
      case Asking asking -> lost(asking.on(), now);
      case Asked asked -> LeaderDeadline.passed(asked.waiting(), now, Relays.REACHABLE);
      case RelaysUnreachable cut -> LeaderDeadline.passed(cut.waiting(), now, Relays.UNREACHABLE);
    };
  }

  /** Own words cannot be read back; {@link Policy} says for how long that is waited out. */
  private static Verdict<CoordinatorFact> lost(InCohort waiting, Instant now) {
    return Policy.decide(LeaderSituation.of(waiting, now, Relays.UNREACHABLE))
            instanceof Decision.Wait wait
        ? Verdict.accept(new RelaysLost(wait.until()))
        : LeaderDeadline.passed(waiting, now, Relays.UNREACHABLE);
  }

  /** What of this happens, if a fact is of it. */
  static Optional<CoordinatorState> evolve(CoordinatorState state, CoordinatorFact fact) {
    return switch (fact) {
      case RelaysAsked asked when plain(state) instanceof InCohort on ->
          Optional.of(new Asking(on, asked.until()));
      case RelaysSeen seen when state instanceof Asking asking ->
          Optional.of(new Asked(asking.on(), asking.until()));
      case RelaysLost lost when plain(state) instanceof InCohort on ->
          Optional.of(new RelaysUnreachable(on, lost.until()));
      case RelaysBack back when state instanceof Suspended suspended ->
          Optional.of(until(suspended.on(), back.until()));
      default -> Optional.empty();
    };
  }

  private static InCohort until(InCohort state, Instant until) {
    return switch (state) {
      case Keying each -> new Keying(each.formed(), each.proposalId(), until);
      case Watching each -> new Watching(each.formed(), each.proposalId(), until);
      case AwaitingListing each ->
          new AwaitingListing(each.formed(), each.number(), each.outpoint(), each.funding(), until);
      case Collecting each -> new Collecting(each.formed(), each.round(), until);
      case AwaitingPartials each -> new AwaitingPartials(each.formed(), each.partials(), until);
      case ProposedWithout each -> new ProposedWithout(each.formed(), each.attempt(), until);
      case FallingBack each -> new FallingBack(each.formed(), each.partials(), until);
      case Extended each -> new Extended(until(each.waiting(), until), each.extend());
      default ->
          throw new IllegalStateException(
              state.getClass().getSimpleName() + " waits for nobody's words");
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
