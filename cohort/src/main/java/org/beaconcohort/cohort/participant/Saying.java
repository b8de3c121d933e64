package org.beaconcohort.cohort.participant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.NonceOffer;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.RoundStatement.NonceLost;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.OfferedUpdate;
import org.beaconcohort.cohort.participant.ParticipantState.Answering;
import org.beaconcohort.cohort.participant.ParticipantState.Checking;
import org.beaconcohort.cohort.participant.ParticipantState.Claimed;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.participant.ParticipantState.Weighing;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.Spend;
import org.beaconcohort.musig2.bytes.Bytes;

/** The statements a member makes, and the round it is in. */
final class Saying {
  private Saying() {}

  static Effect awaitFunding(Joined joined) {
    return new Effect.AwaitFunding(
        joined.cohort(), joined.plan().policy().depth(joined.cohort().terms()));
  }

  static Effect listAddress(Joined joined) {
    return new Effect.ListAddress(
        joined.cohort(), joined.plan().policy().depth(joined.cohort().terms()));
  }

  static Effect.Say ack(Joined joined) {
    return new Effect.Say(
        joined.cohort().id(),
        Bytes.EMPTY,
        0,
        new KeysetAck(joined.proposalId()),
        new Recipient.Channel(joined.channel(), 0));
  }

  static Effect.Say response(Answering state, NonceOffer nonce) {
    return response(state.joined(), state.round(), state.updates(), nonce);
  }

  static Effect.Say response(Weighing state, List<OfferedUpdate> committed) {
    return response(state.joined(), state.round(), committed, NonceOffer.NONE);
  }

  private static Effect.Say response(
      Joined joined, Round round, List<OfferedUpdate> committed, NonceOffer nonce) {
    Map<String, Bytes> updates = new TreeMap<>();
    for (OfferedUpdate update : committed) {
      updates.put(update.did(), update.update().hash());
    }
    return inRound(joined, round, new Response(updates, nonce));
  }

  static Effect.Say response(Responded state, NonceOffer nonce) {
    return response(state.joined(), state.round(), state.updates(), nonce);
  }

  /** Where nobody has nonces, an answer that was decided and not said is said as it is. */
  static boolean owesAnswer(Responded state) {
    return state.nonce().equals(NonceOffer.NONE)
        && state.joined().made().stream()
            .map(ParticipantFact.Made::statement)
            .noneMatch(said ->
                said.body() instanceof Response
                    && said.header().roundId().equals(state.round().id()));
  }

  static Effect.Say nonceLost(Joined joined, Round round, List<Bytes> dead, NonceOffer nonce) {
    return inRound(joined, round, new NonceLost(dead, nonce));
  }

  /** Said in sealed mode before the signature is made (N7). */
  static Effect.Say claim(Joined joined, ParticipantState.Claim claim) {
    return inRound(joined, claim.attempt().round(), body(joined, claim));
  }

  /** Whether the claim of this state was said, so that it can be looked for on relays. */
  static boolean isClaimSaid(Claimed state) {
    RoundStatement.Claim wanted = body(state.joined(), state.claim());
    return state.joined().made().stream().anyMatch(made -> made.statement().body().equals(wanted));
  }

  private static RoundStatement.Claim body(Joined joined, ParticipantState.Claim claim) {
    return new RoundStatement.Claim(
        claim.transcript(), claim.attempt().carrier(joined.slot()).orElseThrow().id());
  }

  static Effect.Say partial(Claimed state, Bytes signature, NonceOffer next) {
    return partial(state.joined(), state.claim(), signature, next);
  }

  static Effect.Say partial(Signed state) {
    return partial(state.joined(), state.claim(), state.signature(), state.next());
  }

  static boolean isPartial(Statement body, Signed state) {
    return body instanceof PartialSignature partial
        && partial.transcript().equals(state.claim().transcript());
  }

  private static Effect.Say partial(
      Joined joined, ParticipantState.Claim claim, Bytes signature, NonceOffer next) {
    return inRound(
        joined, claim.attempt().round(), new PartialSignature(claim.transcript(), signature, next));
  }

  static Effect fallback(Joined joined, Round round, RoundStatement.FallbackTaken body) {
    return inRound(joined, round, body);
  }

  /** Hands the transaction to the network, and tells the others unless somebody did (R5). */
  static List<Effect> broadcast(Final state) {
    Effect broadcast = new Effect.Broadcast(state.transaction());
    if (!(state.spend() instanceof Spend.KeyPath spend)) {
      List<Effect> effects = new ArrayList<>(List.of(broadcast));
      effects.addAll(LeafSigning.proof(state));
      return effects;
    }
    RoundStatement.Final last =
        new RoundStatement.Final(
            state.claim().transcript(), state.claim().txid(), spend.signature());
    boolean told =
        state.joined().said().of(StatementKind.FINAL).stream()
            .anyMatch(said -> said.body().equals(last));
    return told
        ? List.of(broadcast)
        : List.of(broadcast, inRound(state.joined(), state.claim().attempt().round(), last));
  }

  static Effect.Say inRound(Joined joined, Round round, Statement body) {
    return new Effect.Say(
        joined.cohort().id(),
        round.id(),
        0,
        body,
        new Recipient.Channel(joined.channel(), round.opportunity().number()));
  }

  /** The number of the round that this state is in or waits for. */
  static int roundNumber(InCohort state) {
    if (state instanceof Succeeding succeeding) {
      return succeeding.ready().number();
    }
    return state instanceof ParticipantState.Ready ready
        ? ready.number()
        : round(state).map(each -> each.opportunity().number()).orElse(1);
  }

  static Effect.TakeSurvey survey(InCohort state, Bytes about, Round round) {
    return HandingOver.survey(state.joined(), about, round);
  }

  /** The round that is open in this state. */
  static Optional<Round> round(InCohort state) {
    return switch (state) {
      case Weighing weighing -> Optional.of(weighing.round());
      case Answering answering -> Optional.of(answering.round());
      case Responded responded -> Optional.of(responded.round());
      case Checking checking -> Optional.of(checking.responded().round());
      case Claimed claimed -> Optional.of(claimed.claim().attempt().round());
      case Signed signed -> Optional.of(signed.claim().attempt().round());
      case Final last -> Optional.of(last.claim().attempt().round());
      case KeysetState other -> Optional.empty();
      case ParticipantState.AwaitingListing other -> Optional.empty();
      case ParticipantState.Ready other -> Optional.empty();
      case Succeeding other -> Optional.empty();
      case ParticipantState.Anchored other -> Optional.empty();
    };
  }
}
