package org.beaconcohort.cohort.coordinator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Announced;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingFunding;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingListing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.AwaitingPartials;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Closed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Collecting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Drafted;
import org.beaconcohort.cohort.coordinator.CoordinatorState.DrawingChannel;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Extended;
import org.beaconcohort.cohort.coordinator.CoordinatorState.FallingBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Formed;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Keying;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Opening;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Probing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposedWithout;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Proposing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.ProposingKeyset;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Publishing;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Recruiting;
import org.beaconcohort.cohort.coordinator.CoordinatorState.RolledBack;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Shrinking;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Watching;
import org.beaconcohort.cohort.coordinator.CoordinatorState.Welcoming;
import org.beaconcohort.cohort.coordinator.StandbyState.Seeking;
import org.beaconcohort.cohort.coordinator.StandbyState.StandingBy;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Machine;
import org.beaconcohort.cohort.machine.Progress;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.LeafStatement;
import org.beaconcohort.cohort.message.ReadinessStatement;
import org.beaconcohort.cohort.message.ReadinessStatement.Probe;
import org.beaconcohort.cohort.message.RoundStatement.Claim;
import org.beaconcohort.cohort.message.RoundStatement.EpochClaim;
import org.beaconcohort.cohort.message.RoundStatement.FallbackTaken;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.message.SuccessionStatement;
import org.beaconcohort.cohort.message.TimeStatement;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.cohort.view.StatementSet;

/**
 * Announces, forms a cohort and leads its rounds. It proposes only: it holds no cohort key, and
 * every member recomputes what it says.
 *
 * <pre>
 * Drafted → Announced → Recruiting → (Probing) → DrawingChannel → ProposingKeyset → Welcoming → Keying
 *   → AwaitingFunding → AwaitingListing → Opening → Collecting → Proposing → AwaitingPartials
 *   → Publishing → (AwaitingListing of the next round) | Closed(outcome)
 * Collecting → ProposedWithout → Publishing | Proposing      AwaitingPartials → FallingBack → Publishing
 * </pre>
 *
 * Seeking → StandingBy → (Watching) → AwaitingFunding, or DrawingChannel, or Shrinking, for a named
 * successor. Keying → Shrinking → ProposingKeyset when members do not acknowledge in time.
 *
 * <p>Where others' words are waited for, relays are asked for own ones before a deadline has a
 * consequence ({@link Suspended}). Collecting and AwaitingPartials become Extended at their
 * deadline, where the terms allow it; every state before Closed may close at its deadline. A state
 * with a cohort becomes RolledBack when the coordinator hears a statement of its own that its
 * journal does not hold.
 */
public final class CoordinatorMachine implements Machine<CoordinatorState, CoordinatorFact> {
  private final CoordinatorState initial;

  /** The machine of whoever announces a cohort. */
  public CoordinatorMachine(CoordinatorPlan plan) {
    this.initial = new Drafted(plan);
  }

  /** The machine of a successor that the terms of another's announcement name. */
  public CoordinatorMachine(StandbyPlan plan) {
    this.initial = new Seeking(plan, StatementSet.EMPTY);
  }

  @Override
  public CoordinatorState initial() {
    return initial;
  }

  @Override
  public Instant deadline(CoordinatorState state) {
    return Suspending.deadline(state);
  }

  /**
   * The members may have gone on under another leader, and the chain may know that the signal is
   * anchored.
   */
  @Override
  public boolean hearsAnswersFirst(CoordinatorState state) {
    return state instanceof AwaitingListing
        || state instanceof Collecting
        || state instanceof Extended
        || state instanceof Suspended
        || state instanceof ProposedWithout
        || state instanceof AwaitingPartials
        || state instanceof FallingBack
        || state instanceof Publishing;
  }

  @Override
  public Verdict<CoordinatorFact> decide(CoordinatorState state, Input input, Instant now) {
    if (input instanceof Input.DeadlinePassed && now.isBefore(deadline(state))) {
      return Verdict.ignore("the deadline of an earlier state; this one's is " + deadline(state));
    }
    if (input instanceof Input.Heard heard && state instanceof InCohort inCohort) {
      Optional<Verdict<CoordinatorFact>> own = LeaderWords.judge(inCohort, heard.statement());
      if (own.isPresent()) {
        return own.get();
      }
    }
    Verdict<CoordinatorFact> verdict =
        switch (state) {
          case Seeking seeking -> Standby.decide(seeking, input, now);
          case StandingBy standing -> Standby.decide(standing, input, now);
          case Drafted drafted -> Enrolment.decide(drafted, input, now);
          case Announced announced -> Verdict.ignore("enrolment is not open yet");
          case Recruiting recruiting -> Enrolment.decide(recruiting, input, now);
          case Probing probing -> Readiness.decide(probing, input, now);
          case DrawingChannel drawing -> Enrolment.decide(drawing, input, now);
          case InCohort inCohort -> Leading.decide(inCohort, input, now);
          case RolledBack halted -> LeaderWords.decide(halted, input);
          case Closed closed -> Enrolment.afterwards(closed, input);
        };
    return Progress.carryOn(state, verdict, this::evolve, after -> Leading.progress(after, now));
  }

  @Override
  public CoordinatorState evolve(CoordinatorState state, CoordinatorFact fact) {
    return Suspending.evolve(state, fact).orElseGet(() -> settled(state, fact));
  }

  private CoordinatorState settled(CoordinatorState state, CoordinatorFact fact) {
    return switch (fact) {
      case CoordinatorFact.Made made -> made(state, made);
      case CoordinatorFact.Noted noted -> noted(state, noted);
      case CoordinatorFact.RolledBack found ->
          new RolledBack(state, found.statement(), found.code());
      case CoordinatorFact.Ended ended -> new Closed(ended.outcome(), Suspending.plain(state));
      // Somebody who comes late moves no deadline.
      case CoordinatorFact.TurnedAway away when state instanceof InCohort -> state;
      default -> moved(state instanceof InCohort inCohort ? inCohort.waiting() : state, fact);
    };
  }

  private CoordinatorState moved(CoordinatorState state, CoordinatorFact fact) {
    return switch (fact) {
      case CoordinatorFact.DeadlineExtended extended ->
          Extending.extended(state, extended).orElseGet(() -> impossible(state, fact));
      case CoordinatorFact.EnrolmentOpened opened ->
          state instanceof Announced announced
              ? new Recruiting(
                  announced.plan(),
                  announced.announcement(),
                  List.of(),
                  List.of(),
                  List.of(),
                  opened.until())
              : impossible(state, fact);
      case CoordinatorFact.CandidateParked waiting ->
          state instanceof Recruiting recruiting
              ? new Recruiting(
                  recruiting.plan(),
                  recruiting.announcement(),
                  recruiting.optIns(),
                  Enrolment.and(recruiting.parked(), waiting.statement()),
                  recruiting.turnedAway(),
                  recruiting.until())
              : impossible(state, fact);
      case CoordinatorFact.TurnedAway away ->
          state instanceof Recruiting recruiting
              ? new Recruiting(
                  recruiting.plan(),
                  recruiting.announcement(),
                  recruiting.optIns(),
                  Enrolment.without(recruiting.parked(), away.optInId()),
                  Enrolment.and(recruiting.turnedAway(), away.optInId()),
                  recruiting.until())
              : state;
      case CoordinatorFact.EnrolmentClosed closed ->
          switch (state) {
            case Recruiting recruiting ->
                Readiness.closed(
                    recruiting.plan(),
                    recruiting.announcement(),
                    recruiting.optIns(),
                    closed.until());
            case StandingBy standing ->
                Readiness.closed(
                    standing.plan(), standing.announcement(), standing.optIns(), closed.until());
            default -> impossible(state, fact);
          };
      case CoordinatorFact.AnnouncementFound found ->
          state instanceof Seeking seeking
              ? Standby.found(seeking, found)
              : impossible(state, fact);
      case CoordinatorFact.SeatsTaken taken ->
          state instanceof StandingBy standing
              ? Standby.seatsTaken(standing, taken)
              : impossible(state, fact);
      case CoordinatorFact.WelcomeSeen seen ->
          switch (state) {
            case StandingBy standing -> Standby.welcomed(standing, seen);
            case Watching watching -> Standby.welcomed(watching.formed(), seen);
            default -> impossible(state, fact);
          };
      case CoordinatorFact.KeysetWatched watched ->
          state instanceof StandingBy standing
              ? Standby.watching(standing, watched)
              : impossible(state, fact);
      case CoordinatorFact.ReadinessSeen seen ->
          state instanceof Probing probing
              ? Readiness.seen(probing, seen)
              : impossible(state, fact);
      case CoordinatorFact.ChannelDrawn drawn ->
          switch (state) {
            case DrawingChannel drawing ->
                new ProposingKeyset(Enrolment.form(drawing, drawn.key()), drawing.until());
            case Shrinking shrinking ->
                new ProposingKeyset(Shrink.form(shrinking, drawn.key()), shrinking.until());
            default -> impossible(state, fact);
          };
      case CoordinatorFact.KeysetShrunk shrunk ->
          switch (state) {
            case Keying keying -> Shrink.without(keying.formed(), keying.proposalId(), shrunk);
            case Watching watching ->
                Shrink.without(watching.formed(), watching.proposalId(), shrunk);
            default -> impossible(state, fact);
          };
      case CoordinatorFact.EarlierFinal earlier ->
          switch (state) {
            case Keying keying ->
                new AwaitingFunding(
                    keying.formed().goingBackTo(earlier.proposalId()), earlier.until());
            case Shrinking shrinking ->
                new AwaitingFunding(
                    shrinking.formed().goingBackTo(earlier.proposalId()), earlier.until());
            default -> impossible(state, fact);
          };
      case CoordinatorFact.KeysetFinal fixed ->
          switch (state) {
            case Keying keying -> new AwaitingFunding(keying.formed(), fixed.until());
            case Shrinking shrinking -> new AwaitingFunding(shrinking.formed(), fixed.until());
            case Watching watching -> new AwaitingFunding(watching.formed(), fixed.until());
            default -> impossible(state, fact);
          };
      case CoordinatorFact.FundingFound found ->
          state instanceof AwaitingFunding awaiting
              ? new AwaitingListing(
                  awaiting.formed(), 1, found.outpoint(), found.transaction(), found.until())
              : impossible(state, fact);
      case CoordinatorFact.RoundOpened opened ->
          state instanceof AwaitingListing listing
              ? new Opening(
                  listing.formed(),
                  Successors.round(
                      listing.formed().cohort(), listing.formed().said(), opened.opportunity()),
                  opened.until())
              : impossible(state, fact);
      case CoordinatorFact.RoundFollowed followed ->
          state instanceof InCohort inCohort
              ? Following.followed(inCohort.formed(), followed)
              : impossible(state, fact);
      case CoordinatorFact.AttemptChosen chosen ->
          switch (state) {
            case Collecting collecting ->
                new Proposing(
                    collecting.formed(),
                    Attempts.first(collecting.round(), collecting.formed().said()).orElseThrow(),
                    chosen.until());
            case ProposedWithout without ->
                new Proposing(
                    without.formed(),
                    FallingBackOnLeaf.reopened(without).orElseThrow(),
                    chosen.until());
            case AwaitingPartials awaiting ->
                new Proposing(
                    awaiting.formed(),
                    Attempts.next(awaiting.partials(), awaiting.formed().said()).orElseThrow(),
                    chosen.until());
            default -> impossible(state, fact);
          };
      case CoordinatorFact.LeafProposed proposed ->
          state instanceof Collecting collecting
              ? new ProposedWithout(
                  collecting.formed(),
                  Attempts.byLeaf(collecting.round(), collecting.formed().said()).orElseThrow(),
                  proposed.until())
              : impossible(state, fact);
      case CoordinatorFact.FellBack fell ->
          state instanceof AwaitingPartials awaiting
              ? new FallingBack(awaiting.formed(), awaiting.partials(), fell.until())
              : impossible(state, fact);
      case CoordinatorFact.CompletedByLeaf completed ->
          (state instanceof InCohort inCohort
                  ? FallingBackOnLeaf.published(inCohort, completed)
                  : Optional.<CoordinatorState>empty())
              .orElseGet(() -> impossible(state, fact));
      case CoordinatorFact.Completed completed -> {
        Spend spend = new Spend.KeyPath(completed.signature());
        yield switch (state) {
          case AwaitingPartials awaiting ->
              new Publishing(awaiting.formed(), awaiting.attempt(), spend, completed.until());
          case FallingBack falling ->
              new Publishing(
                  falling.formed(), falling.partials().attempt(), spend, completed.until());
          default -> impossible(state, fact);
        };
      }
      case CoordinatorFact.SignalAnchored anchored ->
          state instanceof Publishing publishing
              ? Leading.nextRound(publishing, anchored.until())
              : impossible(state, fact);
      case CoordinatorFact.RelaysAsked other -> impossible(state, fact);
      case CoordinatorFact.RelaysSeen other -> impossible(state, fact);
      case CoordinatorFact.RelaysLost other -> impossible(state, fact);
      case CoordinatorFact.RelaysBack other -> impossible(state, fact);
      case CoordinatorFact.Made other -> impossible(state, fact);
      case CoordinatorFact.Noted other -> impossible(state, fact);
      case CoordinatorFact.RolledBack other -> impossible(state, fact);
      case CoordinatorFact.Ended other -> impossible(state, fact);
    };
  }

  private CoordinatorState made(CoordinatorState state, CoordinatorFact.Made made) {
    if (state instanceof Drafted drafted) {
      return new Announced(drafted.plan(), made.statement());
    }
    if (state instanceof Probing probing && made.statement().body() instanceof Probe) {
      return Readiness.probed(probing, made);
    }
    if (!(state instanceof InCohort inCohort)) {
      return state;
    }
    Formed formed = inCohort.formed().making(made);
    return switch (made.statement().body()) {
      case KeysetProposal proposal when state instanceof ProposingKeyset proposing ->
          new Welcoming(formed, made.statement().id(), proposing.until());
      case Welcome welcome when state instanceof Welcoming welcoming ->
          new Keying(formed, welcoming.proposalId(), welcoming.until());
      case Opportunity opportunity when state instanceof Opening opening ->
          new Collecting(formed, opening.round(), opening.until());
      case Proposal proposal when state instanceof Proposing proposing ->
          new AwaitingPartials(
              formed, PartialsView.of(proposing.attempt(), formed.said()), proposing.until());
      case Announcement other -> inCohort.with(formed);
      case OptIn other -> inCohort.with(formed);
      case OptInRefused other -> inCohort.with(formed);
      case Welcome other -> inCohort.with(formed);
      case KeysetProposal other -> inCohort.with(formed);
      case KeysetAck other -> inCohort.with(formed);
      case RoundRequest other -> inCohort.with(formed);
      case Opportunity other -> inCohort.with(formed);
      case Response other -> inCohort.with(formed);
      case Proposal other -> inCohort.with(formed);
      case PartialSignature other -> inCohort.with(formed);
      case Final other -> inCohort.with(formed);
      case NonceLost other -> inCohort.with(formed);
      case Claim other -> inCohort.with(formed);
      case EpochClaim other -> inCohort.with(formed);
      case FallbackTaken other -> inCohort.with(formed);
      case LeafStatement other -> inCohort.with(formed);
      case ReadinessStatement other -> inCohort.with(formed);
      case SuccessionStatement other -> inCohort.with(formed);
      case TimeStatement other -> inCohort.with(formed);
    };
  }

  private CoordinatorState noted(CoordinatorState state, CoordinatorFact.Noted noted) {
    if (state instanceof Recruiting recruiting) {
      return new Recruiting(
          recruiting.plan(),
          recruiting.announcement(),
          Enrolment.and(recruiting.optIns(), noted.statement()),
          Enrolment.without(recruiting.parked(), noted.statement().id()),
          recruiting.turnedAway(),
          recruiting.until());
    }
    if (state instanceof Seeking seeking) {
      return new Seeking(seeking.standby(), seeking.early().with(noted.statement()));
    }
    if (state instanceof StandingBy standing) {
      return Standby.noted(standing, noted.statement());
    }
    if (state instanceof Probing probing) {
      return Readiness.alive(probing, noted.statement());
    }
    if (!(state instanceof InCohort inCohort)) {
      return state;
    }
    InCohort after = inCohort.with(inCohort.formed().noting(noted.statement()));
    return hearing(after, noted.statement());
  }

  /** Partials are added up as they come. */
  private static InCohort hearing(InCohort state, SignedStatement statement) {
    return switch (state) {
      case AwaitingPartials awaiting -> awaiting.hearing(statement);
      case FallingBack falling -> falling.hearing(statement);
      case Extended extended ->
          new Extended(hearing(extended.waiting(), statement), extended.extend());
      case Suspended suspended -> suspended.around(hearing(suspended.on(), statement));
      default -> state;
    };
  }

  private static CoordinatorState impossible(CoordinatorState state, CoordinatorFact fact) {
    throw new IllegalStateException(
        "journal has "
            + fact.getClass().getSimpleName()
            + " in state "
            + state.getClass().getSimpleName());
  }

  @Override
  public List<Effect> resume(CoordinatorState state) {
    return switch (state) {
      case Seeking seeking -> List.of();
      case StandingBy standing -> Standby.resume(standing);
      case Drafted drafted -> List.of();
      case Announced announced -> List.of(Enrolment.sayAnnouncement(announced.plan()));
      case Recruiting recruiting -> List.of(Enrolment.send(recruiting.announcement()));
      case Probing probing -> Readiness.resume(probing);
      case DrawingChannel drawing -> List.of(new Effect.DrawChannelKey());
      case InCohort inCohort -> LeaderSaying.resume(inCohort);
      case RolledBack halted -> List.of(new Effect.Report(LeaderWords.outcome(halted)));
      case Closed closed -> Enrolment.resume(closed);
    };
  }
}
