package org.beaconcohort.cohort.rotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.beaconcohort.cohort.model.Cohort;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.Member;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Who may lead a round, in the order in which they take over: the coordinator, the successors that
 * the terms name, then the members that offered to lead, as {@link Cohort#ranked} has them.
 * Everyone computes the same, and nobody can choose a place (R11, N15).
 *
 * @param leaders statement keys, x-only, 32 bytes each; epoch e belongs to the e-th
 */
public record SuccessorOrder(List<Bytes> leaders) {
  /** Most members in the order: a round that eight leaders did not move will not be by a ninth. */
  public static final int MOST_MEMBERS = 8;

  /** Copies the list. */
  public SuccessorOrder {
    leaders = List.copyOf(leaders);
    if (leaders.isEmpty()) {
      throw new IllegalArgumentException("order must have a leader, got none");
    }
  }

  /**
   * The order of a round.
   *
   * @param coordinator x-only key that announced the cohort, 32 bytes
   * @param number of the round, from 1
   */
  public static SuccessorOrder of(Bytes coordinator, Cohort cohort, int number) {
    List<Bytes> leaders = new ArrayList<>(forming(coordinator, cohort.terms()).leaders());
    List<Bytes> services = List.copyOf(leaders);
    cohort.ranked(number).stream()
        .filter(Member::mayCoordinate)
        .filter(member -> !services.contains(member.statementKey()))
        .limit(MOST_MEMBERS)
        .forEach(member -> leaders.add(member.statementKey()));
    return new SuccessorOrder(leaders);
  }

  /**
   * Who may form a cohort: the coordinator, then the successors that the terms name.
   *
   * @param coordinator x-only key that announced it, 32 bytes
   */
  public static SuccessorOrder forming(Bytes coordinator, CohortTerms terms) {
    List<Bytes> leaders = new ArrayList<>(List.of(coordinator));
    for (Bytes successor : terms.successors()) {
      if (!leaders.contains(successor)) {
        leaders.add(successor);
      }
    }
    return new SuccessorOrder(leaders);
  }

  /**
   * How much longer each of them waits than the one before: what a leader takes from the close of
   * enrolment to the last acknowledgement.
   */
  public static Duration step(CohortTerms terms) {
    return terms.deadlines().readiness().plus(terms.deadlines().keying());
  }

  /** How long candidates wait for all successors, besides the coordinator. */
  public static Duration patience(CohortTerms terms) {
    return step(terms).multipliedBy(terms.successors().size());
  }

  /** Whether a leader follows the one of {@code epoch}. */
  public boolean hasNext(int epoch) {
    return epoch + 1 < leaders.size();
  }

  /** Who leads in an epoch, x-only key of 32 bytes. */
  public Bytes leader(int epoch) {
    return leaders.get(epoch);
  }

  /** The epoch of a leader; empty for everybody else. */
  public OptionalInt epochOf(Bytes key) {
    int epoch = leaders.indexOf(key);
    return epoch < 0 ? OptionalInt.empty() : OptionalInt.of(epoch);
  }
}
