package org.beaconcohort.cohort.participant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.leaf.LeafAsk;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.participant.ParticipantState.InCohort;
import org.beaconcohort.cohort.participant.ParticipantState.Ready;
import org.beaconcohort.cohort.participant.ParticipantState.Responded;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.musig2.bytes.Bytes;

/** Who asks for leaf A in the round of a state, as far as every statement it stands on is here. */
final class LeafAsks {
  private LeafAsks() {}

  /** k of leaf A, 0 without it. */
  static int threshold(InCohort state) {
    Cohort cohort = state.joined().cohort();
    return cohort.terms().threshold(cohort.size());
  }

  /** Whether k members are here without the slots of bad signatures. */
  static boolean outvotes(InCohort state, List<Integer> faulty) {
    int k = threshold(state);
    return k > 0 && state.joined().cohort().size() - faulty.size() >= k;
  }

  /** Whether the round of the state can still be completed. */
  static boolean isOpen(InCohort state) {
    return switch (state) {
      case Ready ready -> true;
      case ParticipantState.Weighing weighing -> true;
      case ParticipantState.Answering answering -> true;
      case Responded responded -> true;
      case ParticipantState.Checking checking -> true;
      case ParticipantState.Claimed claimed -> true;
      case ParticipantState.Signed signed -> true;
      case KeysetState forming -> false;
      case ParticipantState.AwaitingListing other -> false;
      case Succeeding other -> false;
      case ParticipantState.Final other -> false;
      case ParticipantState.Anchored other -> false;
    };
  }

  /** Everything asked by those who may lead, by epoch. */
  static List<LeafAsk> of(InCohort state) {
    Joined joined = state.joined();
    List<LeafAsk> asks = new ArrayList<>();
    for (StatementKind kind : List.of(StatementKind.PROPOSAL, StatementKind.LEAF_REQUEST)) {
      for (SignedStatement said : joined.said().of(kind)) {
        if (TakingOver.mayLead(state, said.author())) {
          round(state, said.header().roundId())
              .flatMap(round -> ask(joined, round, said))
              .ifPresent(asks::add);
        }
      }
    }
    asks.sort(Comparator.comparingInt(ask -> ask.said().header().epoch()));
    return asks;
  }

  /** What the statement with this id asks for. */
  static Optional<LeafAsk> find(InCohort state, Bytes askId) {
    return state
        .joined()
        .said()
        .find(askId)
        .flatMap(said ->
            round(state, said.header().roundId())
                .flatMap(round -> ask(state.joined(), round, said)));
  }

  private static Optional<LeafAsk> ask(Joined joined, Round round, SignedStatement said) {
    if (said.body() instanceof LeafRequest request) {
      return joined.said().of(StatementKind.PROPOSAL).stream()
          .filter(each -> each.header().roundId().equals(round.id()))
          .flatMap(each -> Signing.attempt(joined, round, each).stream())
          .filter(attempt -> attempt.path() == SpendPath.KEY_PATH && Signing.isReadable(attempt))
          .filter(attempt -> attempt.transcript().equals(request.transcript()))
          .findFirst()
          .map(attempt -> LeafAsk.of(said, request, attempt));
    }
    return Signing.attempt(joined, round, said)
        .filter(attempt -> attempt.path() == SpendPath.LEAF_A)
        .map(attempt -> LeafAsk.of(said, attempt));
  }

  /** The round with that id, if its opportunity is here and it is the one of this state. */
  private static Optional<Round> round(InCohort state, Bytes roundId) {
    Optional<Round> own = Saying.round(state).filter(round -> round.id().equals(roundId));
    if (own.isPresent()) {
      return own;
    }
    for (SignedStatement said : state.joined().said().of(StatementKind.OPPORTUNITY)) {
      if (said.header().roundId().equals(roundId)
          && said.body() instanceof Opportunity opportunity
          && opportunity.number() == Saying.roundNumber(state)) {
        Round round = Successors.round(state.joined().cohort(), state.joined().said(), opportunity);
        if (round.check().isEmpty() && round.id().equals(roundId)) {
          return Optional.of(round);
        }
      }
    }
    return Optional.empty();
  }

  /** When the others' responses are overdue by the own clock, counted from the own commitment. */
  static Instant responsesDue(Responded state) {
    Deadlines deadlines = state.joined().cohort().terms().deadlines();
    return state.until().minus(deadlines.proposal()).minus(deadlines.partial());
  }
}
