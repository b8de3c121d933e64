package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.KeysetState.Acked;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingFunding;
import org.beaconcohort.cohort.participant.KeysetState.AwaitingSmaller;
import org.beaconcohort.cohort.participant.KeysetState.Reverifying;
import org.beaconcohort.cohort.participant.ParticipantState.Anchored;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingListing;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;

/**
 * What a member asks again after a restart. It never asks for a signature: a nonce between Claimed
 * and Signed is lost with the process that held it (N6).
 */
final class Resuming {
  private Resuming() {}

  /** Listens, and asks for own words; the rest follows their answer (N19). */
  static List<Effect> resume(InCohort state) {
    Joined joined = state.joined();
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Listen(joined.channel(), 0));
    effects.add(new Effect.Listen(joined.channel(), Saying.roundNumber(state)));
    if (state instanceof KeysetState forming) {
      effects.addAll(Rekeying.listen(forming));
    }
    effects.add(OwnWords.atStart(state));
    return effects;
  }

  /** What follows once the relays have shown nothing that the journal does not hold. */
  static List<Effect> goOn(InCohort state) {
    Joined joined = state.joined();
    List<Effect> effects = new ArrayList<>();
    Optional<Effect> replacement = NonceLoss.resume(state);
    if (replacement.isPresent()) {
      // What was said is sent again after the statement that names the lost nonces (N4).
      effects.add(replacement.get());
      effects.addAll(LeafSigning.resume(state));
      return effects;
    }
    effects.addAll(sendAgain(joined));
    effects.addAll(HandingOver.learnedBefore(joined));
    Suspending.atStart(state).ifPresent(effects::add);
    AnchoringAlone.resume(joined, state).ifPresent(effects::add);
    effects.addAll(LeafSigning.resume(state));
    switch (state) {
      case Acked acked -> {
        boolean said =
            joined.said().of(StatementKind.KEYSET_ACK, joined.plan().statementKey()).stream()
                .anyMatch(own -> own.body().equals(new KeysetAck(joined.proposalId())));
        if (!said) {
          effects.add(Saying.ack(joined));
        }
      }
      case AwaitingSmaller waiting -> {}
      case Reverifying reverifying -> {}
      case AwaitingFunding awaiting -> {
        effects.add(Saying.awaitFunding(joined));
        awaiting.others().stream()
            .filter(other -> awaiting.alsoFinal().contains(other.proposalId()))
            .forEach(other -> effects.add(Saying.awaitFunding(joined.withKeyset(other))));
        effects.addAll(Rekeying.answers(joined));
      }
      case AwaitingListing awaiting -> effects.add(Saying.listAddress(joined));
      case Ready ready -> {
        boolean requested =
            joined.made().stream()
                .anyMatch(made -> HandingOver.isRequest(made.statement().body(), ready.number()));
        if (!requested) {
          effects.add(HandingOver.request(joined, ready.number()));
        }
        effects.addAll(TakingOver.begin(ready));
      }
      case Succeeding succeeding -> effects.add(HandingOver.ask(joined, succeeding.next()));
      case Weighing weighing -> effects.add(OwnWords.before(weighing, weighing.opportunity().id()));
      case Answering answering -> effects.add(NonceLoss.open(joined, answering.round()));
      // The nonce is sealed and here, or the tries of the round are used up; then the deadline
      // ends it.
      case Responded responded -> {
        if (Saying.owesAnswer(responded)) {
          effects.add(Saying.response(responded, responded.nonce()));
        }
        effects.addAll(TakingOver.begin(responded));
      }
      case Checking checking -> {
        if (!NonceLoss.isLost(checking)) {
          effects.add(OwnWords.before(checking, checking.proposal().id()));
        }
      }
      case Claimed claimed -> {}
      case Signed signed -> {
        effects.add(new Effect.LookFor(signed.claim().txid()));
        effects.addAll(TakingOver.begin(signed));
      }
      case Final last -> {
        effects.add(
            new Effect.AwaitConfirmation(
                last.claim().txid(), joined.plan().policy().depth(joined.cohort().terms())));
        if (last.broadcasts()) {
          effects.addAll(Saying.broadcast(last));
        }
      }
      case Anchored anchored -> {}
    }
    return effects;
  }

  static List<Effect> sendAgain(Joined joined) {
    return joined.made().stream()
        .<Effect>map(made -> new Effect.Send(made.statement(), made.recipient()))
        .toList();
  }
}
