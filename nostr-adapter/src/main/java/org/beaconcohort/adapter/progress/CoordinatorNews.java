package org.beaconcohort.adapter.progress;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorMachine;
import org.beaconcohort.cohort.coordinator.CoordinatorState;
import org.beaconcohort.cohort.coordinator.CoordinatorState.InCohort;
import org.beaconcohort.cohort.coordinator.StandbyState;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.cohort.port.Observer;
import org.beaconcohort.cohort.succession.Successors;

/** Tells a coordinator's facts as progress. */
public final class CoordinatorNews implements Observer<CoordinatorState, CoordinatorFact> {
  private final ProgressListener listener;

  /** Tells {@code listener}. */
  public CoordinatorNews(ProgressListener listener) {
    this.listener = listener;
  }

  /**
   * Tells again, after a restart, what an earlier process told and a listener's results need: what
   * was announced, which cohort this is, and which rounds were completed.
   */
  public void recall(CoordinatorMachine machine, List<CoordinatorFact> facts) {
    CoordinatorState state = machine.initial();
    for (CoordinatorFact fact : facts) {
      state = machine.evolve(state, fact);
      if (fact instanceof CoordinatorFact.EnrolmentOpened
          || fact instanceof CoordinatorFact.KeysetFinal
          || fact instanceof CoordinatorFact.EarlierFinal
          || fact instanceof CoordinatorFact.Completed) {
        told(fact, new Input.Begin(), state).ifPresent(listener::happened);
      }
    }
  }

  @Override
  public void stepped(
      Input input,
      Verdict<CoordinatorFact> verdict,
      CoordinatorState before,
      CoordinatorState after) {
    switch (verdict) {
      case Verdict.Accepted<CoordinatorFact> accepted -> {
        for (CoordinatorFact fact : accepted.facts()) {
          told(fact, input, after).ifPresent(listener::happened);
        }
      }
      case Verdict.Ignored<CoordinatorFact> ignored -> {}
      case Verdict.Refused<CoordinatorFact> refused ->
          listener.happened(
              new Progress.Refused(refused.violation().code(), refused.violation().detail()));
    }
  }

  private static Optional<Progress> told(
      CoordinatorFact fact, Input input, CoordinatorState after) {
    return switch (fact) {
      case CoordinatorFact.Made made -> made(made.statement(), after);
      case CoordinatorFact.Noted noted -> noted(noted.statement(), after);
      case CoordinatorFact.EnrolmentOpened opened ->
          after instanceof CoordinatorState.Recruiting recruiting
              ? Optional.of(announced(recruiting, opened))
              : Optional.empty();
      case CoordinatorFact.CandidateParked waiting ->
          waiting.statement().body() instanceof Statement.OptIn optIn
              ? Optional.of(new Progress.CandidateParked(dids(optIn)))
              : Optional.empty();
      case CoordinatorFact.TurnedAway away ->
          Optional.of(new Progress.CandidateTurnedAway(away.optInId()));
      case CoordinatorFact.EnrolmentClosed closed ->
          Optional.of(new Progress.EnrolmentClosed(closed.reason(), candidates(after)));
      case CoordinatorFact.AnnouncementFound found ->
          after instanceof StandbyState.StandingBy standing
              ? Optional.of(
                  new Progress.StandingBy(
                      SignedStatement.coordinate(
                          found.announcement().author(), standing.plan().identifier()),
                      found.until()))
              : Optional.empty();
      case CoordinatorFact.SeatsTaken taken -> Optional.empty();
      case CoordinatorFact.WelcomeSeen seen -> Optional.of(new Progress.Welcomed());
      case CoordinatorFact.KeysetWatched watched ->
          inCohort(after).map(state -> new Progress.KeysetProposed(state.formed().cohort()));
      case CoordinatorFact.ReadinessSeen seen ->
          seen.silent().isEmpty()
              ? Optional.empty()
              : Optional.of(new Progress.KeysetShrunk(seen.silent().size(), candidates(after)));
      case CoordinatorFact.ChannelDrawn drawn -> Optional.empty();
      case CoordinatorFact.KeysetShrunk shrunk ->
          after instanceof CoordinatorState.Shrinking shrinking
              ? Optional.of(
                  new Progress.KeysetShrunk(shrunk.dropped().size(), shrinking.optIns().size()))
              : Optional.empty();
      case CoordinatorFact.EarlierFinal earlier ->
          inCohort(after).map(state -> new Progress.CohortFormed(state.formed().cohort()));
      case CoordinatorFact.KeysetFinal fixed ->
          inCohort(after).map(state -> new Progress.CohortFormed(state.formed().cohort()));
      case CoordinatorFact.FundingFound found ->
          inCohort(after)
              .map(state ->
                  new Progress.Funded(
                      state.formed().cohort(),
                      found.outpoint(),
                      found.transaction().outputs().get(found.outpoint().vout()).value(),
                      input instanceof Input.Funded funded ? funded.depth() : 0));
      case CoordinatorFact.RoundOpened opened ->
          inCohort(after)
              .map(InCohort::formed)
              .map(formed ->
                  StatementNews.opened(
                      Successors.round(formed.cohort(), formed.said(), opened.opportunity())));
      case CoordinatorFact.RoundFollowed followed ->
          after instanceof CoordinatorState.Collecting collecting
              ? Optional.of(StatementNews.opened(collecting.round()))
              : Optional.empty();
      case CoordinatorFact.DeadlineExtended extended ->
          Optional.of(
              new Progress.DeadlineExtended(
                  extended.extend().number(), terms(after).extensions(), extended.until()));
      case CoordinatorFact.RelaysAsked asked -> Optional.empty();
      case CoordinatorFact.RelaysSeen seen -> Optional.empty();
      case CoordinatorFact.RelaysLost lost ->
          Optional.of(new Progress.RelaysUnreachable(lost.until()));
      case CoordinatorFact.RelaysBack back -> Optional.of(new Progress.RelaysReachable());
      case CoordinatorFact.AttemptChosen chosen ->
          after instanceof CoordinatorState.Proposing proposing
              ? Optional.of(
                  new Progress.Proposed(
                      proposing.attempt().transaction().displayTxid(),
                      proposing.attempt().announcement()))
              : Optional.empty();
      case CoordinatorFact.LeafProposed proposed ->
          after instanceof CoordinatorState.ProposedWithout without
              ? Optional.of(new Progress.LeafAsked(without.attempt().announcement()))
              : Optional.empty();
      case CoordinatorFact.FellBack fell ->
          after instanceof CoordinatorState.FallingBack falling
              ? Optional.of(new Progress.LeafAsked(falling.partials().attempt().announcement()))
              : Optional.empty();
      case CoordinatorFact.CompletedByLeaf completed ->
          after instanceof CoordinatorState.Publishing publishing
              ? Optional.of(new Progress.Completed(completed(publishing)))
              : Optional.empty();
      case CoordinatorFact.Completed completed ->
          after instanceof CoordinatorState.Publishing publishing
              ? Optional.of(new Progress.Completed(completed(publishing)))
              : Optional.empty();
      case CoordinatorFact.SignalAnchored anchored ->
          input instanceof Input.Confirmed confirmed
              ? Optional.of(StatementNews.anchored(confirmed))
              : Optional.empty();
      case CoordinatorFact.RolledBack found ->
          Optional.of(new Progress.RolledBack(found.code(), found.statement().id()));
      case CoordinatorFact.Ended ended -> Optional.of(new Progress.Ended(ended.outcome()));
    };
  }

  private static Progress announced(
      CoordinatorState.Recruiting recruiting, CoordinatorFact.EnrolmentOpened opened) {
    return new Progress.Announced(
        SignedStatement.coordinate(recruiting.plan().identity(), recruiting.plan().identifier()),
        recruiting.plan().terms(),
        opened.until());
  }

  private static Optional<Progress> made(SignedStatement made, CoordinatorState after) {
    if (made.body() instanceof Succession) {
      return inCohort(after)
          .flatMap(
              state -> StatementNews.heard(state.formed().cohort(), state.formed().said(), made));
    }
    return made.body() instanceof Statement.KeysetProposal
        ? inCohort(after).map(state -> new Progress.KeysetProposed(state.formed().cohort()))
        : Optional.empty();
  }

  private static Optional<Progress> noted(SignedStatement noted, CoordinatorState after) {
    if (noted.body() instanceof Statement.OptIn optIn) {
      CohortTerms terms = terms(after);
      return Optional.of(
          new Progress.CandidateJoined(dids(optIn), candidates(after), terms.maxMembers()));
    }
    return inCohort(after)
        .flatMap(
            state -> StatementNews.heard(state.formed().cohort(), state.formed().said(), noted));
  }

  private static List<String> dids(Statement.OptIn optIn) {
    return optIn.registrations().stream().map(Registration::did).toList();
  }

  private static CompletedRound completed(CoordinatorState.Publishing publishing) {
    return new CompletedRound(
        publishing.formed().cohort(),
        publishing.attempt().round().opportunity().number(),
        publishing.transaction(),
        publishing.attempt().prevout(),
        publishing.attempt().announcement());
  }

  private static int candidates(CoordinatorState state) {
    return switch (state) {
      case StandbyState.Seeking seeking -> 0;
      case StandbyState.StandingBy standing -> standing.optIns().size();
      case CoordinatorState.Drafted drafted -> 0;
      case CoordinatorState.Announced announced -> 0;
      case CoordinatorState.Recruiting recruiting -> recruiting.optIns().size();
      case CoordinatorState.Probing probing -> probing.optIns().size();
      case CoordinatorState.DrawingChannel drawing -> drawing.optIns().size();
      case InCohort inCohort -> inCohort.formed().optIns().size();
      case CoordinatorState.Closed closed -> candidates(closed.last());
      case CoordinatorState.RolledBack halted -> candidates(halted.before());
    };
  }

  private static CohortTerms terms(CoordinatorState state) {
    return switch (state) {
      case StandbyState.Seeking seeking ->
          throw new IllegalStateException("no terms before the announcement");
      case StandbyState.StandingBy standing -> standing.plan().terms();
      case CoordinatorState.Drafted drafted -> drafted.plan().terms();
      case CoordinatorState.Announced announced -> announced.plan().terms();
      case CoordinatorState.Recruiting recruiting -> recruiting.plan().terms();
      case CoordinatorState.Probing probing -> probing.plan().terms();
      case CoordinatorState.DrawingChannel drawing -> drawing.plan().terms();
      case InCohort inCohort -> inCohort.formed().plan().terms();
      case CoordinatorState.Closed closed -> terms(closed.last());
      case CoordinatorState.RolledBack halted -> terms(halted.before());
    };
  }

  private static Optional<InCohort> inCohort(CoordinatorState state) {
    return switch (state) {
      case InCohort inCohort -> Optional.of(inCohort);
      case CoordinatorState.Closed closed -> inCohort(closed.last());
      case CoordinatorState.RolledBack halted -> inCohort(halted.before());
      case StandbyState other -> Optional.empty();
      case CoordinatorState.Drafted other -> Optional.empty();
      case CoordinatorState.Announced other -> Optional.empty();
      case CoordinatorState.Recruiting other -> Optional.empty();
      case CoordinatorState.Probing other -> Optional.empty();
      case CoordinatorState.DrawingChannel other -> Optional.empty();
    };
  }
}
