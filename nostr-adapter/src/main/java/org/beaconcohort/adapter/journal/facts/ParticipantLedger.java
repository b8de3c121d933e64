package org.beaconcohort.adapter.journal.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.LeaderEndorsed;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.NonceClaimed;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.OutpointLatched;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.Slot;
import org.beaconcohort.adapter.journal.ledger.LedgerEntry.UpdateCommitted;
import org.beaconcohort.adapter.journal.ledger.NonceSighting;
import org.beaconcohort.adapter.journal.ledger.RaisedHalt;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.FieldHash;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.participant.Fallback;
import org.beaconcohort.cohort.participant.LeafFact;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantMachine;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.participant.ParticipantState;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a member uses up: nonces when they are opened (N3), a nonce and an outpoint when it claims
 * (R5, R16), update versions when it commits to them (R20). And every public nonce it hears.
 */
public final class ParticipantLedger implements FactLedger<ParticipantFact> {
  private final ParticipantPlan plan;
  private final ParticipantMachine machine;
  private ParticipantState state;

  /** The ledger of one membership; the plan's cohort key is its owner. */
  public ParticipantLedger(ParticipantPlan plan) {
    this.plan = plan;
    this.machine = new ParticipantMachine(plan);
    this.state = machine.initial();
  }

  @Override
  public void settled(ParticipantFact fact) {
    state = machine.evolve(state, fact);
  }

  @Override
  public Uses uses(List<ParticipantFact> facts) {
    List<LedgerEntry> entries = new ArrayList<>();
    List<NonceSighting> sightings = new ArrayList<>();
    List<RaisedHalt> halts = new ArrayList<>();
    ParticipantState before = state;
    for (ParticipantFact fact : facts) {
      ParticipantState after = machine.evolve(before, fact);
      switch (fact) {
        case ParticipantFact.UpdatesCommitted committed ->
            entries.addAll(committed(committed.updates()));
        case ParticipantFact.NonceOpened opened -> {
          if (!opened.nonce().equals(NonceOffer.NONE)) {
            entries.add(opened(after, opened.nonce()));
          }
        }
        case ParticipantFact.NonceReplaced replaced -> entries.add(opened(after, replaced.nonce()));
        case ParticipantFact.PartialRecorded partial -> entries.add(opened(after, partial.next()));
        case ParticipantFact.Claimed claimed -> entries.addAll(claimed(after, claimed));
        case LeafFact onLeaf -> latched(after, onLeaf).ifPresent(entries::add);
        case ParticipantFact.Noted noted -> sighting(noted.statement()).ifPresent(sightings::add);
        case ParticipantFact.Made made -> sighting(made.statement()).ifPresent(sightings::add);
        case ParticipantFact.AnnouncementChosen unused -> {}
        case ParticipantFact.Welcomed unused -> {}
        case ParticipantFact.KeysetVerified unused -> {}
        case ParticipantFact.KeysetFinal unused -> {}
        case ParticipantFact.Rewelcomed unused -> {}
        case ParticipantFact.KeysetRefused unused -> {}
        case ParticipantFact.AcksMissing unused -> {}
        case ParticipantFact.EarlierFinal unused -> {}
        case ParticipantFact.AlsoFinal unused -> {}
        case ParticipantFact.FundingDecided unused -> {}
        case ParticipantFact.FundingFound unused -> {}
        case ParticipantFact.AddressListed unused -> {}
        case ParticipantFact.OpportunityTaken unused -> {}
        case ParticipantFact.OpportunityRefused unused -> {}
        case ParticipantFact.AttemptLost unused -> {}
        case ParticipantFact.ProposalTaken unused -> {}
        case ParticipantFact.ProposalRefused unused -> {}
        case ParticipantFact.Completed unused -> {}
        case ParticipantFact.SignalAnchored unused -> {}
        case ParticipantFact.NextRound unused -> {}
        case ParticipantFact.SuccessionBegun unused -> {}
        case ParticipantFact.EpochEndorsed endorsed ->
            entries.add(
                new LeaderEndorsed(
                    plan.cohortKey(), numbered(after), endorsed.epoch(), endorsed.leader()));
        case ParticipantFact.FallbackBegun begun -> entries.addAll(committed(begun.updates()));
        case ParticipantFact.FallbackAnchored unused -> {}
        case ParticipantFact.CohortOver unused -> {}
        case ParticipantFact.RoundDue unused -> {}
        case ParticipantFact.RoundLed unused -> {}
        case ParticipantFact.AttemptLed unused -> {}
        case ParticipantFact.DeadlineExtended unused -> {}
        case ParticipantFact.ExtensionLed unused -> {}
        case ParticipantFact.RelaysAsked unused -> {}
        case ParticipantFact.RelaysSeen unused -> {}
        case ParticipantFact.RelaysLost unused -> {}
        case ParticipantFact.RelaysBack unused -> {}
        case ParticipantFact.BroadcastDue unused -> {}
        case ParticipantFact.HeadRead unused -> {}
        case ParticipantFact.ClockJumped unused -> {}
        case ParticipantFact.RolledBack found ->
            halts.add(
                new RaisedHalt(
                    plan.cohortKey().hex(),
                    found.code() + ": own statement " + found.statement().id() + " is not here"));
        case ParticipantFact.Ended unused -> {}
      }
      before = after;
    }
    return new Uses(entries, sightings, halts);
  }

  /** The bundle is stored before it is known whether its round will be anchored (N17). */
  @Override
  public boolean retained(ParticipantFact fact) {
    return fact instanceof ParticipantFact.ProposalTaken
        || fact instanceof LeafFact.LeafTaken
        || fact instanceof LeafFact.CompletedByLeaf
        || fact instanceof ParticipantFact.UpdatesCommitted
        || fact instanceof ParticipantFact.FallbackBegun;
  }

  static Optional<NonceSighting> sighting(SignedStatement statement) {
    return Attempt.nonce(statement.body())
        .map(nonce ->
            new NonceSighting(
                nonce.publicNonce(),
                statement.id(),
                statement.author(),
                statement.header().roundId()));
  }

  private List<LedgerEntry> committed(List<OfferedUpdate> updates) {
    return updates.stream()
        .<LedgerEntry>map(offered ->
            new UpdateCommitted(
                plan.cohortKey(),
                offered.did(),
                offered.update().targetVersionId(),
                offered.update().hash()))
        .toList();
  }

  private LedgerEntry opened(ParticipantState after, NonceOffer nonce) {
    return new LedgerEntry.NonceOpened(
        slot(round(after).id(), plan.instance(), nonce.number()), nonce.publicNonce());
  }

  private List<LedgerEntry> claimed(ParticipantState after, ParticipantFact.Claimed fact) {
    Round round = round(after);
    return List.of(
        new NonceClaimed(slot(round.id(), owner(after), fact.number()), fact.transcript()),
        new OutpointLatched(plan.cohortKey(), round.opportunity().outpoint(), fact.txid()));
  }

  /** A leaf signature uses no nonce; it latches the outpoint all the same (R16). */
  private Optional<LedgerEntry> latched(ParticipantState after, LeafFact fact) {
    return fact instanceof LeafFact.LeafClaimed claimed
            && after instanceof ParticipantState.InCohort inCohort
            && inCohort.joined().fallback() instanceof Fallback.FallbackClaimed state
        ? Optional.of(
            new OutpointLatched(
                plan.cohortKey(),
                state.claim().attempt().round().opportunity().outpoint(),
                claimed.txid()))
        : Optional.empty();
  }

  /** The process that made the claimed nonce: an earlier one, if it was sealed (R10). */
  private static Bytes owner(ParticipantState after) {
    if (after instanceof ParticipantState.Claimed claimed) {
      int slot = claimed.joined().slot();
      return claimed.claim().attempt().carrier(slot).orElseThrow().header().instance();
    }
    throw new IllegalStateException(
        "a claim leads to Claimed, the state is " + after.getClass().getSimpleName());
  }

  /** A round by its number, which has no round id before it is open. */
  private static Bytes numbered(ParticipantState state) {
    if (!(state instanceof ParticipantState.InCohort inCohort)) {
      throw new IllegalStateException(
          "leaders are endorsed in a cohort, the state is " + state.getClass().getSimpleName());
    }
    int number =
        state instanceof ParticipantState.Ready ready
            ? ready.number()
            : round(state).opportunity().number();
    return FieldHash.of("numbered-round")
        .bytes(inCohort.joined().cohort().id())
        .number(number)
        .hash();
  }

  private Slot slot(Bytes roundId, Bytes instance, int number) {
    return new Slot(roundId, plan.cohortKey(), instance, number);
  }

  private static Round round(ParticipantState state) {
    return switch (state) {
      case ParticipantState.Responded responded -> responded.round();
      case ParticipantState.Claimed claimed -> claimed.claim().attempt().round();
      case ParticipantState.Signed signed -> signed.claim().attempt().round();
      default ->
          throw new IllegalStateException(
              "nonces are opened and claimed in a round, the state is "
                  + state.getClass().getSimpleName());
    };
  }
}
