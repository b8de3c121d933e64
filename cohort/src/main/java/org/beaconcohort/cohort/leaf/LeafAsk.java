package org.beaconcohort.cohort.leaf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.beaconcohort.cohort.message.LeafStatement.LeafRequest;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.StatementKind;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.Violation;
import org.beaconcohort.cohort.view.Attempt;
import org.beaconcohort.cohort.view.PartialsView;
import org.beaconcohort.cohort.view.Responses;
import org.beaconcohort.cohort.view.StatementSet;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Somebody who may lead wants a transaction by leaf A: by a proposal without those who did not
 * answer (N8) or where nobody has nonces (N7), or by a request in place of partial signatures that
 * do not come (L3).
 *
 * @param said the proposal or request
 * @param attempt whose transaction is wanted
 * @param missing slots that the asker says it lacks a response or a partial signature of
 */
public record LeafAsk(SignedStatement said, Attempt attempt, List<Integer> missing) {
  /** Copies the list. */
  public LeafAsk {
    missing = List.copyOf(missing);
  }

  /** What a proposal on leaf A asks for. */
  public static LeafAsk of(SignedStatement said, Attempt attempt) {
    return new LeafAsk(said, attempt, attempt.missing());
  }

  /** What a request asks for, over the attempt that it names. */
  public static LeafAsk of(SignedStatement said, LeafRequest request, Attempt attempt) {
    return new LeafAsk(said, attempt, request.missing());
  }

  /** T_A as the statement has it, 32 bytes. */
  public Bytes context() {
    return switch (said.body()) {
      case Proposal proposal -> proposal.transcript();
      case LeafRequest request -> request.context();
      default -> Bytes.EMPTY;
    };
  }

  /** Whether it is about responses that did not come, not about partial signatures. */
  private boolean isBeforeNonces() {
    return said.body().kind() == StatementKind.PROPOSAL;
  }

  /**
   * Why leaf A must not be signed for it, if it must not, but for time: the terms know no leaf or
   * the key path is open (R18), or the data for the absent is not kept yet (R19).
   */
  public Optional<Violation> check(StatementSet view) {
    Cohort cohort = attempt.round().cohort();
    int k = cohort.terms().threshold(cohort.size());
    if (k == 0) {
      return no("spend path must be KEY_PATH, the only one consented to");
    }
    if (attempt.responses().size() < k) {
      return no("leaf A needs " + k + " answers, got " + attempt.responses().size());
    }
    if (missing.isEmpty() && cohort.terms().order() != ResponseOrder.NO_NONCES) {
      return no("nobody is missing, so that the key path is open");
    }
    List<SignedStatement> here = notMissing(view);
    if (!here.isEmpty()) {
      return no(
          "what is said to be missing is here, and the key path is open: statement "
              + here.getFirst().id()
              + " of slot "
              + cohort.slotOf(here.getFirst().author()).orElseThrow());
    }
    return LeafView.of(attempt, view).isKept()
        ? Optional.empty()
        : no("the data behind the signal must be out, and kept by " + k + " members");
  }

  /** What this view holds of those who are said to be missing; whoever asks lacks it. */
  public List<SignedStatement> notMissing(StatementSet view) {
    List<SignedStatement> here = new ArrayList<>();
    if (isBeforeNonces()) {
      for (int slot : missing) {
        Responses.of(attempt.round(), view, slot).ifPresent(here::add);
      }
    } else {
      PartialsView partials = PartialsView.of(attempt, view);
      List<Integer> faulty = partials.faulty();
      for (int slot : missing) {
        if (!faulty.contains(slot)) {
          partials.counted(slot).ifPresent(here::add);
        }
      }
    }
    return here;
  }

  private static Optional<Violation> no(String detail) {
    return Optional.of(Violation.refusal(Code.PATH_NOT_CONSENTED, detail));
  }
}
