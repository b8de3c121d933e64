package org.beaconcohort.cli.bench.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.beaconcohort.adapter.api.Journals;
import org.beaconcohort.adapter.api.MemberKeys;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;

/** Journals that also tell what members appended, and when. Thread-safe. */
final class WatchedJournals implements Journals {
  /**
   * One append, on the monotonic clock.
   *
   * @param begun nanoseconds, when the journal was called
   * @param ended nanoseconds, when the facts were durable
   */
  record Timed(List<ParticipantFact> facts, long begun, long ended) {}

  private final Journals journals;
  private final Map<ParticipantPlan, List<Timed>> members = new ConcurrentHashMap<>();

  WatchedJournals(Journals journals) {
    this.journals = journals;
  }

  /** Every member's appends in order, by its plan. */
  Map<ParticipantPlan, List<Timed>> members() {
    return Map.copyOf(members);
  }

  @Override
  public Kept<CoordinatorFact> ofCoordinator(CoordinatorPlan plan) {
    return journals.ofCoordinator(plan);
  }

  @Override
  public Kept<CoordinatorFact> ofStandby(StandbyPlan plan) {
    return journals.ofStandby(plan);
  }

  @Override
  public Kept<ParticipantFact> ofMember(MemberKeys keys, ParticipantPlan plan) {
    Kept<ParticipantFact> kept = journals.ofMember(keys, plan);
    List<Timed> appends = members.computeIfAbsent(plan, unused -> new CopyOnWriteArrayList<>());
    return new Kept<>() {
      @Override
      public Journal<ParticipantFact> journal() {
        return new Watched(kept.journal(), appends);
      }

      @Override
      public boolean halted() {
        return kept.halted();
      }

      @Override
      public void finished() {
        kept.finished();
      }

      @Override
      public void whenLost(Consumer<PortFailure> listener) {
        kept.whenLost(listener);
      }
    };
  }

  private record Watched(Journal<ParticipantFact> journal, List<Timed> appends)
      implements Journal<ParticipantFact> {
    @Override
    public void append(List<ParticipantFact> facts) {
      long begun = System.nanoTime();
      journal.append(facts);
      appends.add(new Timed(List.copyOf(facts), begun, System.nanoTime()));
    }

    @Override
    public List<ParticipantFact> replay() {
      return journal.replay();
    }
  }

  @Override
  public List<String> openCoordinations(Bytes identity) {
    return journals.openCoordinations(identity);
  }

  @Override
  public List<Bytes> openMemberships(Bytes owner) {
    return journals.openMemberships(owner);
  }
}
