package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.participant.ParticipantState.Acked;
import org.beaconcohort.cohort.participant.ParticipantState.Anchored;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingFunding;
import org.beaconcohort.cohort.participant.ParticipantState.AwaitingListing;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Joined;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * What a member asks again after a restart. It never asks for a signature: a nonce between Claimed
 * and Signed is lost with the process that held it (N6).
 */
final class Resuming {
  private Resuming() {}

  static List<Effect> resume(InCohort state) {
    Joined joined = state.joined();
    List<Effect> effects = new ArrayList<>();
    int round = Saying.round(state).map(each -> each.opportunity().number()).orElse(1);
    effects.add(new Effect.Listen(joined.channel(), 0));
    effects.add(new Effect.Listen(joined.channel(), round));
    Optional<Effect> replacement = NonceLoss.resume(state);
    if (replacement.isPresent()) {
      // What was said is sent again after the statement that names the lost nonces (N4).
      effects.add(replacement.get());
      return effects;
    }
    effects.addAll(sendAgain(joined));
    switch (state) {
      case Acked acked -> {
        if (joined.said().of(StatementKind.KEYSET_ACK, joined.plan().statementKey()).isEmpty()) {
          effects.add(Saying.ack(joined));
        }
      }
      case AwaitingFunding awaiting -> effects.add(Saying.awaitFunding(joined));
      case AwaitingListing awaiting -> effects.add(Saying.listAddress(joined));
      case Ready ready -> {
        effects.add(new Effect.Listen(joined.channel(), ready.number()));
        boolean requested =
            joined.made().stream()
                .anyMatch(made -> Saying.isRequest(made.statement().body(), ready.number()));
        if (!requested) {
          effects.add(Saying.request(joined, ready.number()));
        }
      }
      case Weighing weighing ->
          effects.add(survey(joined, weighing.opportunity().id(), weighing.round()));
      case Answering answering -> effects.add(NonceLoss.open(joined, answering.round()));
      // Their nonce is sealed and here, or the tries of the round are used up; then the deadline
      // ends them.
      case Responded responded -> {}
      case Checking checking -> {
        if (!NonceLoss.isLost(checking)) {
          effects.add(survey(joined, checking.proposal().id(), checking.responded().round()));
        }
      }
      case Claimed claimed -> {}
      case Signed signed -> {}
      case Final last ->
          effects.add(
              new Effect.AwaitConfirmation(
                  last.claim().txid(), joined.plan().policy().depth(joined.cohort().terms())));
      case Anchored anchored -> {}
    }
    return effects;
  }

  static List<Effect> sendAgain(Joined joined) {
    return joined.made().stream()
        .<Effect>map(made -> new Effect.Send(made.statement(), made.recipient()))
        .toList();
  }

  private static Effect survey(Joined joined, Bytes about, Round round) {
    Outpoint outpoint = round.opportunity().outpoint();
    return new Effect.TakeSurvey(about, outpoint, joined.cohort(), round.opportunity().number());
  }
}
