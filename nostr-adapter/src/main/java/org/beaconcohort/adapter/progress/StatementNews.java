package org.beaconcohort.adapter.progress;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.beaconcohort.adapter.progress.Progress.Step;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.machine.Input;
import org.beaconcohort.cohort.message.LeafStatement;
import org.beaconcohort.cohort.message.ReadinessStatement;
import org.beaconcohort.cohort.message.RoundStatement;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement;
import org.beaconcohort.cohort.message.SuccessionStatement.Succession;
import org.beaconcohort.cohort.message.SuccessionStatement.SweepRequest;
import org.beaconcohort.cohort.message.TimeStatement;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.cohort.succession.Successors;
import org.beaconcohort.cohort.view.Round;
import org.beaconcohort.cohort.view.StatementSet;

/** Tells what others said as progress; the same for every role. */
final class StatementNews {
  private StatementNews() {}

  static Optional<Progress> heard(Cohort cohort, StatementSet said, SignedStatement statement) {
    if (statement.body() instanceof Succession next) {
      // Everybody who is in both may say it.
      boolean first =
          Successors.of(said).stream()
                  .filter(each -> each.proposal().id().equals(next.proposal().id()))
                  .count()
              == 1;
      return first
          ? Optional.of(new Progress.SuccessorShown(Successors.cohort(next)))
          : Optional.empty();
    }
    OptionalInt slot = cohort.slotOf(statement.author());
    Optional<Step> step = step(statement.body());
    if (slot.isEmpty() || step.isEmpty()) {
      return Optional.empty();
    }
    long count =
        said.of(statement.body().kind()).stream()
            .filter(other -> other.header().roundId().equals(statement.header().roundId()))
            .filter(other -> sameNumber(other.body(), statement.body()))
            .map(SignedStatement::author)
            .distinct()
            .count();
    Member member = cohort.members().get(slot.getAsInt());
    return Optional.of(new Progress.Heard(step.get(), member, (int) count, cohort.size()));
  }

  static Progress opened(Round round) {
    int number = round.opportunity().number();
    return round
        .successor()
        .<Progress>map(next -> new Progress.SweepOpened(round.cohort(), next, number))
        .orElseGet(
            () -> new Progress.RoundOpened(round.cohort(), number, round.opportunity().fee()));
  }

  static Progress anchored(Input.Confirmed confirmed) {
    String txid = new Outpoint(confirmed.txid(), 0).displayTxid();
    return new Progress.Anchored(txid, confirmed.depth());
  }

  /** Requests of different rounds carry no round id, only a number. */
  private static boolean sameNumber(Statement one, Statement other) {
    return switch (one) {
      case RoundStatement.RoundRequest request -> Objects.equals(one, other);
      case SweepRequest request -> Objects.equals(one, other);
      default -> true;
    };
  }

  private static Optional<Step> step(Statement body) {
    return switch (body) {
      case Statement.KeysetAck ack -> Optional.of(Step.ACKNOWLEDGED);
      case RoundStatement.RoundRequest request -> Optional.of(Step.LISTED);
      case RoundStatement.Response response -> Optional.of(Step.RESPONDED);
      case RoundStatement.PartialSignature partial -> Optional.of(Step.SIGNED);
      case Statement.Announcement other -> Optional.empty();
      case Statement.OptIn other -> Optional.empty();
      case Statement.OptInRefused other -> Optional.empty();
      case Statement.Welcome other -> Optional.empty();
      case Statement.KeysetProposal other -> Optional.empty();
      case RoundStatement.Opportunity other -> Optional.empty();
      case RoundStatement.Proposal other -> Optional.empty();
      case RoundStatement.Final other -> Optional.empty();
      case RoundStatement.NonceLost other -> Optional.empty();
      case RoundStatement.Claim other -> Optional.empty();
      case RoundStatement.EpochClaim other -> Optional.empty();
      case RoundStatement.FallbackTaken other -> Optional.empty();
      case LeafStatement.LeafSignature signature -> Optional.of(Step.SIGNED_BY_LEAF);
      case LeafStatement.BundleAck ack -> Optional.of(Step.STORED_THE_BUNDLE);
      case LeafStatement.Bundle other -> Optional.empty();
      case LeafStatement.LeafRequest other -> Optional.empty();
      case ReadinessStatement other -> Optional.empty();
      case Succession other -> Optional.empty();
      case SweepRequest request -> Optional.of(Step.HANDS_OVER);
      case TimeStatement other -> Optional.empty();
    };
  }
}
