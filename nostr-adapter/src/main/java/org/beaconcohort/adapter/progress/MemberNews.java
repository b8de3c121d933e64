package org.beaconcohort.adapter.progress;

import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.participant.Fallback;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.Suspended;
import org.beaconcohort.cohort.port.Observer;
import org.beaconcohort.musig2.bytes.Bytes;

/** Tells a member's facts as progress. */
public final class MemberNews implements Observer<ParticipantState, ParticipantFact> {
  private final ProgressListener listener;

  /** Tells {@code listener}. */
  public MemberNews(ProgressListener listener) {
    this.listener = listener;
  }

  /**
   * Tells again, after a restart, what an earlier process told and a listener's results need: which
   * cohort this is, and which rounds were completed.
   */
  public void recall(ParticipantMachine machine, List<ParticipantFact> facts) {
    ParticipantState state = machine.initial();
    for (ParticipantFact fact : facts) {
      state = machine.evolve(state, fact);
      if (fact instanceof ParticipantFact.AnnouncementChosen
          || fact instanceof ParticipantFact.KeysetFinal
          || fact instanceof ParticipantFact.EarlierFinal
          || fact instanceof ParticipantFact.FundingDecided
          || fact instanceof ParticipantFact.Completed) {
        told(fact, new Input.Begin(), state).ifPresent(listener::happened);
      }
    }
  }

  @Override
  public void stepped(
      Input input,
      Verdict<ParticipantFact> verdict,
      ParticipantState before,
      ParticipantState after) {
    switch (verdict) {
      case Verdict.Accepted<ParticipantFact> accepted -> {
        for (ParticipantFact fact : accepted.facts()) {
          told(fact, input, after).ifPresent(listener::happened);
        }
      }
      case Verdict.Ignored<ParticipantFact> ignored -> {}
      case Verdict.Refused<ParticipantFact> refused ->
          listener.happened(
              new Progress.Refused(refused.violation().code(), refused.violation().detail()));
    }
  }

  private static Optional<Progress> told(
      ParticipantFact fact, Input input, ParticipantState after) {
    return switch (fact) {
      case ParticipantFact.Made made -> made(made.statement(), after);
      case ParticipantFact.Noted noted ->
          inCohort(after)
              .flatMap(state ->
                  StatementNews.heard(
                      state.joined().cohort(), state.joined().said(), noted.statement()));
      case ParticipantFact.AnnouncementChosen chosen ->
          chosen.announcement().body() instanceof Statement.Announcement announced
              ? Optional.of(
                  new Progress.AnnouncementChosen(
                      SignedStatement.coordinate(
                          chosen.announcement().author(), announced.identifier()),
                      announced.terms()))
              : Optional.empty();
      case ParticipantFact.Welcomed welcomed -> Optional.of(new Progress.Welcomed());
      case ParticipantFact.KeysetVerified verified ->
          inCohort(after).map(state -> new Progress.KeysetProposed(state.joined().cohort()));
      case ParticipantFact.Rewelcomed welcomed -> Optional.of(new Progress.Welcomed());
      case ParticipantFact.KeysetRefused refused ->
          Optional.of(new Progress.Refused(refused.code(), refused.detail()));
      case ParticipantFact.AcksMissing missing ->
          Optional.of(new Progress.AcknowledgementsMissing(missing.until()));
      case ParticipantFact.EarlierFinal earlier ->
          inCohort(after).map(state -> new Progress.CohortFormed(state.joined().cohort()));
      case ParticipantFact.AlsoFinal also -> Optional.empty();
      case ParticipantFact.FundingDecided decided ->
          inCohort(after).map(state -> new Progress.CohortFormed(state.joined().cohort()));
      case ParticipantFact.KeysetFinal fixed ->
          inCohort(after).map(state -> new Progress.CohortFormed(state.joined().cohort()));
      case ParticipantFact.FundingFound found -> funded(input, after);
      case ParticipantFact.AddressListed listed ->
          inCohort(after).map(state -> new Progress.AddressListed(state.joined().cohort()));
      case ParticipantFact.OpportunityTaken taken ->
          after instanceof ParticipantState.Weighing weighing
              ? Optional.of(StatementNews.opened(weighing.round()))
              : Optional.empty();
      case ParticipantFact.OpportunityRefused refused ->
          Optional.of(new Progress.Refused(refused.code(), refused.detail()));
      case ParticipantFact.UpdatesCommitted committed ->
          Optional.of(new Progress.UpdatesCommitted(committed.updates()));
      case ParticipantFact.NonceOpened opened -> Optional.empty();
      case ParticipantFact.NonceReplaced replaced -> Optional.of(new Progress.NonceLost(true));
      case ParticipantFact.AttemptLost lost -> Optional.of(new Progress.NonceLost(false));
      case ParticipantFact.ProposalTaken taken -> Optional.empty();
      case ParticipantFact.ProposalRefused refused ->
          Optional.of(new Progress.Refused(refused.code(), refused.detail()));
      case ParticipantFact.Claimed claimed ->
          after instanceof ParticipantState.Claimed state
              ? Optional.of(new Progress.Claimed(claimed.txid(), state.claim().bundle()))
              : Optional.empty();
      case ParticipantFact.PartialRecorded recorded -> Optional.empty();
      case ParticipantFact.Completed completed ->
          after instanceof ParticipantState.Final last
              ? Optional.of(new Progress.Completed(completed(last)))
              : Optional.empty();
      case ParticipantFact.SignalAnchored anchored ->
          input instanceof Input.Confirmed confirmed
              ? Optional.of(StatementNews.anchored(confirmed))
              : Optional.empty();
      case ParticipantFact.NextRound next -> Optional.empty();
      case ParticipantFact.SuccessionBegun begun -> Optional.empty();
      case ParticipantFact.RoundDue due -> Optional.empty();
      case LeafFact onLeaf -> onLeaf(onLeaf, after);
      case ParticipantFact.FallbackBegun begun ->
          begun.updates().isEmpty()
              ? Optional.empty()
              : Optional.of(new Progress.AnchoringAlone(begun.updates()));
      case ParticipantFact.FallbackAnchored anchored ->
          Optional.of(
              new Progress.AnchoredAlone(
                  anchored.txids().stream()
                      .map(txid -> new Outpoint(txid, 0).displayTxid())
                      .toList()));
      case ParticipantFact.CohortOver over -> Optional.of(new Progress.CohortOver(over.outcome()));
      case ParticipantFact.EpochEndorsed endorsed ->
          inCohort(after)
              .map(state ->
                  new Progress.LeaderChanged(
                      endorsed.epoch(),
                      endorsed.leader(),
                      leader(state.joined().cohort(), endorsed.leader()),
                      endorsed.leader().equals(state.joined().plan().statementKey())));
      case ParticipantFact.RoundLed led -> Optional.empty();
      case ParticipantFact.AttemptLed led -> Optional.empty();
      case ParticipantFact.DeadlineExtended extended ->
          inCohort(after)
              .map(state ->
                  new Progress.DeadlineExtended(
                      state.joined().term().extensions(),
                      state.joined().cohort().terms().extensions(),
                      extended.until()));
      case ParticipantFact.ExtensionLed led ->
          inCohort(after)
              .map(state ->
                  new Progress.DeadlineExtended(
                      led.extend().number(),
                      state.joined().cohort().terms().extensions(),
                      led.until()));
      case ParticipantFact.RelaysAsked asked -> Optional.empty();
      case ParticipantFact.RelaysSeen seen -> Optional.empty();
      case ParticipantFact.RelaysLost lost ->
          Optional.of(new Progress.RelaysUnreachable(lost.until()));
      case ParticipantFact.RelaysBack back -> Optional.of(new Progress.RelaysReachable());
      case ParticipantFact.BroadcastDue due -> Optional.of(new Progress.Broadcasting());
      case ParticipantFact.HeadRead read -> Optional.empty();
      case ParticipantFact.ClockJumped jumped ->
          Optional.of(
              new Progress.Trouble(
                  "keeping time",
                  "the system's clock went "
                      + Math.abs((long) jumped.seconds())
                      + " s "
                      + (jumped.seconds() < 0 ? "back" : "ahead")
                      + "; deadlines keep to the monotonic clock, and relays are asked again"
                      + " for this member's own statements before anything is signed",
                  true));
      case ParticipantFact.RolledBack found ->
          Optional.of(new Progress.RolledBack(found.code(), found.statement().id()));
      case ParticipantFact.Ended ended -> Optional.of(new Progress.Ended(ended.outcome()));
    };
  }

  private static Optional<Progress> onLeaf(LeafFact fact, ParticipantState after) {
    return switch (fact) {
      case LeafFact.LeafTaken taken -> Optional.of(new Progress.LeafAsked(taken.bundle()));
      case LeafFact.LeafRefused refused ->
          Optional.of(new Progress.Refused(refused.code(), refused.detail()));
      case LeafFact.CompletedByLeaf completed ->
          after instanceof ParticipantState.Final last
              ? Optional.of(new Progress.Completed(completed(last)))
              : Optional.empty();
      case LeafFact.LeafClaimed claimed ->
          inCohort(after)
              .flatMap(state ->
                  state.joined().fallback() instanceof Fallback.FallbackClaimed own
                      ? Optional.of(new Progress.Claimed(claimed.txid(), own.claim().bundle()))
                      : Optional.empty());
      case LeafFact.LeafNotSigned failed ->
          Optional.of(new Progress.Refused(Code.LEAF_NOT_SIGNED, failed.detail()));
      case LeafFact.PartialsDue due -> Optional.empty();
      case LeafFact.LeafDue due -> Optional.empty();
      case LeafFact.LeafConfirming confirming -> Optional.empty();
      case LeafFact.LeafRecorded recorded -> Optional.empty();
    };
  }

  private static Optional<Progress> made(SignedStatement made, ParticipantState after) {
    return made.body() instanceof Statement.OptIn optIn
        ? Optional.of(new Progress.OptedIn(optIn.coordinate()))
        : inCohort(after)
            .flatMap(
                state -> StatementNews.heard(state.joined().cohort(), state.joined().said(), made));
  }

  private static Optional<Progress> funded(Input input, ParticipantState after) {
    return input instanceof Input.Funded funded
        ? inCohort(after)
            .map(state ->
                new Progress.Funded(
                    state.joined().cohort(),
                    funded.outpoint(),
                    funded.transaction().outputs().get(funded.outpoint().vout()).value(),
                    funded.depth()))
        : Optional.empty();
  }

  private static Optional<Member> leader(Cohort cohort, Bytes statementKey) {
    return cohort.members().stream()
        .filter(member -> member.statementKey().equals(statementKey))
        .findFirst();
  }

  private static CompletedRound completed(ParticipantState.Final last) {
    return new CompletedRound(
        last.joined().cohort(),
        last.claim().attempt().round().opportunity().number(),
        last.transaction(),
        last.claim().attempt().prevout(),
        last.claim().bundle());
  }

  private static Optional<InCohort> inCohort(ParticipantState state) {
    return switch (state) {
      case InCohort inCohort -> Optional.of(inCohort);
      case Suspended suspended -> Optional.of(suspended.waiting());
      case ParticipantState.Closed closed -> inCohort(closed.last());
      case ParticipantState.RolledBack halted -> inCohort(halted.before());
      case ParticipantState.SingletonTaken taken -> inCohort(taken.before());
      case ParticipantState.Searching other -> Optional.empty();
      case ParticipantState.Discovered other -> Optional.empty();
      case ParticipantState.OptedIn other -> Optional.empty();
      case ParticipantState.Verifying other -> Optional.empty();
    };
  }
}
