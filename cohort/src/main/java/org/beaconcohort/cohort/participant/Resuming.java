package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.message.Statement.Response;
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
    for (ParticipantFact.Made made : joined.made()) {
      effects.add(new Effect.Send(made.statement(), made.recipient()));
    }
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
      case Answering answering ->
          effects.add(new Effect.NewNonce(answering.round().id(), 1, joined.cohort()));
      // Without a response in the journal its nonce died unpublished with the process (N6).
      case Responded responded -> {}
      case Checking checking ->
          effects.add(survey(joined, checking.proposal().id(), checking.responded().round()));
      case Claimed claimed -> {}
      case Signed signed -> {
        boolean said =
            joined.made().stream()
                .anyMatch(made -> Saying.isPartial(made.statement().body(), signed));
        if (!said) {
          effects.add(Saying.partial(signed));
        }
      }
      case Final last ->
          effects.add(
              new Effect.AwaitConfirmation(
                  last.claim().txid(), joined.plan().policy().depth(joined.cohort().terms())));
      case Anchored anchored -> {}
    }
    return effects;
  }

  /** Whether another process made this round's nonce: that one alone could sign with it (R10). */
  static boolean nonceLost(Responded state) {
    return state.joined().made().stream()
        .map(ParticipantFact.Made::statement)
        .noneMatch(said ->
            said.body() instanceof Response
                && said.header().roundId().equals(state.round().id())
                && said.header().instance().equals(state.joined().plan().instance()));
  }

  private static Effect survey(Joined joined, Bytes about, Round round) {
    Outpoint outpoint = round.opportunity().outpoint();
    return new Effect.TakeSurvey(about, outpoint, joined.cohort(), round.opportunity().number());
  }
}
