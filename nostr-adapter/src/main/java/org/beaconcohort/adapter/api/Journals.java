package org.beaconcohort.adapter.api;

import java.util.List;
import java.util.function.Consumer;
import org.beaconcohort.adapter.host.InMemoryJournal;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Where parties keep their journals. What is kept durably goes on in another process, from wherever
 * this one ends.
 */
public interface Journals {
  /** One party's journal, and what to do with it when its cohort has ended. */
  interface Kept<F> {
    /** The facts. */
    Journal<F> journal();

    /** Whether its key is halted: nothing is signed with it before an operator clears the halt. */
    boolean halted();

    /** The cohort has its outcome, and its run was closed: it is not gone on with any more. */
    void finished();

    /**
     * Tells {@code listener} once, from any thread, when another process has taken the identity
     * over and nothing can be kept here any more.
     */
    void whenLost(Consumer<PortFailure> listener);
  }

  /**
   * In memory: a process that ends leaves its cohorts for good. For regtest only: {@link
   * org.beaconcohort.adapter.host.NotDurableException} for any other network.
   */
  static Journals inMemory() {
    return new MemoryJournals();
  }

  /**
   * The journal of one coordination; empty if it is new.
   *
   * @throws org.beaconcohort.cohort.port.PortFailure if it cannot be had: another process holds it,
   *     it cannot be read, or it was rolled back
   */
  Kept<CoordinatorFact> ofCoordinator(CoordinatorPlan plan);

  /**
   * The journal of one named successor's standing by; empty if it is new.
   *
   * @throws org.beaconcohort.cohort.port.PortFailure as above
   */
  Kept<CoordinatorFact> ofStandby(StandbyPlan plan);

  /**
   * The journal of one membership; empty if it is new.
   *
   * @param keys of the membership
   * @throws org.beaconcohort.cohort.port.PortFailure as above
   */
  Kept<ParticipantFact> ofMember(MemberKeys keys, ParticipantPlan plan);

  /** Identifiers of the coordinations of an identity (32 bytes) that have no outcome yet. */
  List<String> openCoordinations(Bytes identity);

  /** Ids of the memberships of an owner ({@link MemberKeys#owner}) that have no outcome yet. */
  List<Bytes> openMemberships(Bytes owner);

  /** Keeps nothing. */
  final class MemoryJournals implements Journals {
    private MemoryJournals() {}

    @Override
    public Kept<CoordinatorFact> ofCoordinator(CoordinatorPlan plan) {
      return kept(plan.terms().network());
    }

    @Override
    public Kept<CoordinatorFact> ofStandby(StandbyPlan plan) {
      return kept(plan.network());
    }

    @Override
    public Kept<ParticipantFact> ofMember(MemberKeys keys, ParticipantPlan plan) {
      return kept(plan.policy().network());
    }

    private static <F> Kept<F> kept(Network network) {
      Journal<F> journal = new InMemoryJournal<>(network);
      return new Kept<>() {
        @Override
        public Journal<F> journal() {
          return journal;
        }

        @Override
        public boolean halted() {
          return false;
        }

        @Override
        public void finished() {
          // It ends with the process.
        }

        @Override
        public void whenLost(Consumer<PortFailure> listener) {
          // Nobody else can have it.
        }
      };
    }

    @Override
    public List<String> openCoordinations(Bytes identity) {
      return List.of();
    }

    @Override
    public List<Bytes> openMemberships(Bytes owner) {
      return List.of();
    }
  }
}
