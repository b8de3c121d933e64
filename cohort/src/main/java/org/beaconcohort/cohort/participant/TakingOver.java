package org.beaconcohort.cohort.participant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.beaconcohort.cohort.bitcoin.InvalidSpendException;
import org.beaconcohort.cohort.machine.Effect;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.machine.Verdict;
import org.beaconcohort.cohort.message.RoundStatement.EpochClaim;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.participant.Joined.Term;
import org.beaconcohort.cohort.participant.ParticipantState.Final;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.participant.ParticipantState.Signed;
import org.beaconcohort.cohort.policy.Layer;
import org.beaconcohort.cohort.policy.Policy;
import org.beaconcohort.cohort.policy.Situation.Relays;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.Attempts;
import org.beaconcohort.cohort.view.LostNonces;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * A leader that is silent for its lease is followed by the next in order, and this member leads
 * when it is that one (N15). A leader only starts things: what it says is recomputed by everyone,
 * and the view that it starts from is everyone's.
 */
final class TakingOver {
  private TakingOver() {}

  /** Who may lead the round that this state is in or waits for. */
  static SuccessorOrder order(InCohort state) {
    return order(state.joined(), Saying.roundNumber(state));
  }

  private static SuccessorOrder order(Joined joined, int number) {
    return SuccessorOrder.of(joined.announcement().author(), joined.cohort(), number);
  }

  /** Whether a key may lead at all, now or later. */
  static boolean mayLead(InCohort state, Bytes key) {
    return order(state).epochOf(key).isPresent();
  }

  /** Who is followed now, x-only key of 32 bytes. */
  static Bytes leader(InCohort state) {
    return order(state).leader(state.joined().term().epoch());
  }

  /**
   * Whether an opportunity may be taken: by the leader, or one that the leader stands by. A leader
   * itself stands by what one before it has opened, if it opened nothing.
   */
  static boolean starts(Ready state, SignedStatement said) {
    Term term = state.joined().term();
    OptionalInt by = order(state).epochOf(said.author());
    if (by.isEmpty() || by.getAsInt() != said.header().epoch() || by.getAsInt() > term.epoch()) {
      return false;
    }
    return by.getAsInt() == term.epoch()
        || (leads(state) && term.opened().isEmpty())
        || state.joined().said().of(StatementKind.EPOCH_CLAIM, leader(state)).stream()
            .filter(claim -> claim.header().epoch() == term.epoch())
            .anyMatch(claim -> claim.body().equals(new EpochClaim(said.id())));
  }

  static boolean leads(InCohort state) {
    return state.joined().term().epoch() > 0
        && leader(state).equals(state.joined().plan().statementKey());
  }

  /** Once everyone has asked, the leader has the proposal deadline to open the round. */
  static Optional<Verdict.Accepted<ParticipantFact>> due(Ready state, Instant now) {
    Joined joined = state.joined();
    Instant until = now.plus(lease(joined));
    return !state.due()
            && joined.term().epoch() == 0
            && until.isBefore(state.until())
            && Responses.allRequested(joined.cohort(), joined.said(), state.number())
        ? Optional.of(
            new Verdict.Accepted<>(List.of(new ParticipantFact.RoundDue(until)), List.of()))
        : Optional.empty();
  }

  /**
   * Follows the next in order, when the lease of the one before has passed.
   *
   * @param until when its own lease passes
   */
  static Verdict<ParticipantFact> next(InCohort state, Instant until) {
    int epoch = state.joined().term().epoch() + 1;
    ParticipantFact.EpochEndorsed fact =
        new ParticipantFact.EpochEndorsed(epoch, order(state).leader(epoch), until);
    InCohort after = (InCohort) endorsed(state, fact).orElseThrow();
    List<Effect> effects = new ArrayList<>();
    // The new leader may lack what the one before opened the round with.
    opportunity(after).ifPresent(said -> effects.add(send(after, said)));
    effects.addAll(begin(after));
    return new Verdict.Accepted<>(List.of(fact), effects);
  }

  /** The state under another leader. */
  static Optional<ParticipantState> endorsed(
      ParticipantState state, ParticipantFact.EpochEndorsed fact) {
    if (!(state instanceof InCohort inCohort)) {
      return Optional.empty();
    }
    Term term = inCohort.joined().term().next(fact.epoch());
    return switch (inCohort) {
      case Ready ready ->
          Optional.of(
              new Ready(
                  ready.joined().during(term),
                  ready.number(),
                  ready.refused(),
                  ready.due(),
                  fact.until()));
      case Responded responded ->
          Optional.of(
              new Responded(
                  responded.joined().during(term),
                  responded.round(),
                  responded.updates(),
                  responded.nonce(),
                  responded.refused(),
                  fact.until()));
      case Signed signed ->
          Optional.of(
              new Signed(
                  signed.joined().during(term),
                  signed.claim(),
                  signed.signature(),
                  signed.next(),
                  signed.partials(),
                  fact.until()));
      default -> Optional.empty();
    };
  }

  /** What this member does first as a leader, and again after a restart. */
  static List<Effect> begin(InCohort state) {
    if (!leads(state)) {
      return List.of();
    }
    Joined joined = state.joined();
    Term term = joined.term();
    List<Effect> effects = new ArrayList<>();
    switch (state) {
      case Ready ready -> {
        if (term.opened().isEmpty()) {
          effects.add(Saying.awaitFunding(joined));
        } else if (!isMade(ready, term.opened().get())) {
          effects.add(say(ready, term.opened().get()));
        }
      }
      case Responded responded -> {
        claim(responded, responded.round()).ifPresent(effects::add);
        unsaid(responded).ifPresent(effects::add);
        Extending.unsaid(responded, responded.round()).ifPresent(effects::add);
        effects.addAll(LeafLeading.unsaid(responded));
      }
      case Signed signed -> {
        claim(signed, signed.claim().attempt().round()).ifPresent(effects::add);
        unsaid(signed).ifPresent(effects::add);
        Extending.unsaid(signed, signed.claim().attempt().round()).ifPresent(effects::add);
        effects.addAll(LeafLeading.unsaid(signed));
      }
      default -> {}
    }
    return effects;
  }

  private static Optional<Effect> claim(InCohort state, Round round) {
    return opportunity(state)
        .filter(said -> !said.author().equals(state.joined().plan().statementKey()))
        .filter(said -> !isClaimed(state, said))
        .map(said -> say(state, round, new EpochClaim(said.id())));
  }

  private static boolean isMade(Ready state, Opportunity opened) {
    return state.joined().made().stream().anyMatch(made -> made.statement().body().equals(opened));
  }

  private static boolean isClaimed(InCohort state, SignedStatement opportunity) {
    return state.joined().made().stream()
        .map(ParticipantFact.Made::statement)
        .anyMatch(said ->
            said.header().epoch() == state.joined().term().epoch()
                && said.body().equals(new EpochClaim(opportunity.id())));
  }

  /** Own chain source shows the coin of the round; the fee is the corridor's lowest, doubled. */
  static Verdict<ParticipantFact> funded(Ready state, Input.Funded funded) {
    if (!leads(state)
        || state.joined().term().opened().isPresent()
        || !Rekeying.pays(state.joined().keyset(), funded)) {
      return Verdict.ignore("this member opens no round");
    }
    CohortTerms terms = state.joined().cohort().terms();
    try {
      int vsize = Round.vsize(state.joined().cohort(), funded.outpoint(), funded.transaction());
      long fee = terms.fees().feeFor(vsize, 2 * terms.fees().minRate());
      Opportunity opportunity =
          Successors.opportunity(
              state.joined().cohort(),
              state.joined().said(),
              state.number(),
              funded.outpoint(),
              funded.transaction(),
              fee);
      return Verdict.accept(new ParticipantFact.RoundLed(opportunity), say(state, opportunity));
    } catch (InvalidSpendException tooLittle) {
      return Verdict.ignore("what the address holds pays no round: " + tooLittle.getMessage());
    }
  }

  private static Effect.Say say(Ready state, Opportunity opportunity) {
    Joined joined = state.joined();
    return say(state, Successors.round(joined.cohort(), joined.said(), opportunity), opportunity);
  }

  static Effect.Say say(InCohort state, Round round, Statement body) {
    Joined joined = state.joined();
    return new Effect.Say(
        joined.cohort().id(), round.id(), joined.term().epoch(), body, channel(state));
  }

  private static Recipient channel(InCohort state) {
    return new Recipient.Channel(state.joined().channel(), Saying.roundNumber(state));
  }

  private static Effect send(InCohort state, SignedStatement said) {
    return new Effect.Send(said, channel(state));
  }

  /** The statement that opened the round of this state. */
  private static Optional<SignedStatement> opportunity(InCohort state) {
    return Saying.round(state)
        .flatMap(round ->
            state.joined().said().of(StatementKind.OPPORTUNITY).stream()
                .filter(said -> said.header().roundId().equals(round.id()))
                .filter(said -> mayLead(state, said.author()))
                .findFirst());
  }

  /** What this member as a leader proposes now; nothing if it did, or a statement is missing. */
  static Optional<Verdict.Accepted<ParticipantFact>> propose(InCohort state, Instant now) {
    if (!leads(state)) {
      return Optional.empty();
    }
    return attempt(state)
        .filter(attempt -> isDue(state, attempt, now))
        .filter(attempt -> !state.joined().term().proposed().contains(attempt.id()))
        .map(attempt ->
            new Verdict.Accepted<>(
                List.of(new ParticipantFact.AttemptLed(attempt.id())),
                List.of(say(state, attempt.round(), attempt.proposal()))));
  }

  /** What is proposed already, or the first; another only if the policy has it so. */
  private static boolean isDue(InCohort state, Attempt attempt, Instant now) {
    return attempt.counter() == 0
        || !(state instanceof Responded responded)
        || Signing.newestAttempt(responded).filter(attempt::equals).isPresent()
        || MemberSituation.of(state, now, Relays.REACHABLE)
            .filter(each -> Policy.check(each, Layer.NEXT_ATTEMPT, Duration.ZERO).isEmpty())
            .isPresent();
  }

  /** What was decided to be proposed and is not said yet. */
  private static Optional<Effect> unsaid(InCohort state) {
    return attempt(state)
        .filter(attempt -> state.joined().term().proposed().contains(attempt.id()))
        .filter(attempt ->
            state.joined().made().stream()
                .noneMatch(made -> made.statement().body().equals(attempt.proposal())))
        .map(attempt -> say(state, attempt.round(), attempt.proposal()));
  }

  /**
   * The attempt that is due: the newest that a leader proposed, word for word; the next one if a
   * lost nonce has ended that (N4); the first if none was proposed.
   */
  private static Optional<Attempt> attempt(InCohort state) {
    return switch (state) {
      case Responded responded -> attempt(responded);
      // Whoever signed stands by what it signed: others may have missed the proposal.
      case Signed signed -> Optional.of(signed.claim().attempt());
      default -> Optional.empty();
    };
  }

  private static Optional<Attempt> attempt(Responded state) {
    Optional<Attempt> newest = Signing.newestAttempt(state);
    if (newest.isEmpty()) {
      Optional<Attempt> byLeaf = Signing.proposedByLeaf(state);
      return byLeaf.isPresent()
          ? Attempts.reopened(byLeaf.get(), state.joined().said())
          : Attempts.first(state.round(), state.joined().said());
    }
    PartialsView partials = PartialsView.of(newest.get(), state.joined().said());
    return LostNonces.isDead(partials, state.joined().said())
        ? Attempts.next(partials, state.joined().said())
        : newest;
  }

  /**
   * When this member broadcasts itself: its place in the order after the final signature was there,
   * each place 5 seconds, or 2 minutes where members come and go (signing-safety 2.9).
   */
  static Instant broadcastDue(Final state) {
    CohortTerms terms = state.joined().cohort().terms();
    Instant completed = state.givesUp().minus(terms.deadlines().confirmation());
    Duration place =
        terms.signerClass() == CohortTerms.SignerClass.LIVE
            ? Duration.ofSeconds(5)
            : Duration.ofMinutes(2);
    SuccessorOrder order = order(state);
    int rank = order.epochOf(state.joined().plan().statementKey()).orElse(order.leaders().size());
    Instant due = completed.plus(place.multipliedBy(Math.max(1, rank)));
    return due.isBefore(state.givesUp()) ? due : state.givesUp();
  }

  static Duration lease(Joined joined) {
    return joined.cohort().terms().deadlines().proposal();
  }
}
