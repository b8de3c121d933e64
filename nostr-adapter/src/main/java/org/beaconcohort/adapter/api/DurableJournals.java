package org.beaconcohort.adapter.api;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.beaconcohort.adapter.journal.JournalStore;
import org.beaconcohort.adapter.journal.JournalStream;
import org.beaconcohort.adapter.journal.facts.CoordinatorLedger;
import org.beaconcohort.adapter.journal.facts.FactLedger;
import org.beaconcohort.adapter.journal.facts.ParticipantLedger;
import org.beaconcohort.adapter.journal.facts.PortJournal;
import org.beaconcohort.adapter.journal.lease.Holder;
import org.beaconcohort.adapter.journal.lease.IdentityLease;
import org.beaconcohort.adapter.journal.ledger.Tombstones;
import org.beaconcohort.adapter.journal.record.StreamHead;
import org.beaconcohort.adapter.nostr.profile.NostrStatementReader;
import org.beaconcohort.cohort.coordinator.CoordinatorFact;
import org.beaconcohort.cohort.coordinator.CoordinatorPlan;
import org.beaconcohort.cohort.coordinator.StandbyPlan;
import org.beaconcohort.cohort.journal.CoordinatorRecords;
import org.beaconcohort.cohort.journal.ParticipantRecords;
import org.beaconcohort.cohort.journal.RecordCodec;
import org.beaconcohort.cohort.message.Header;
import org.beaconcohort.cohort.participant.ParticipantFact;
import org.beaconcohort.cohort.participant.ParticipantPlan;
import org.beaconcohort.cohort.port.Journal;
import org.beaconcohort.cohort.port.PortFailure;
import org.beaconcohort.cohort.port.SealedNonces;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Journals in a {@link JournalStore}: a stream per coordination and per membership, each written by
 * the one process that holds the lease on its identity. Closing the store is the caller's.
 */
public final class DurableJournals implements Journals {
  private static final String COORDINATION = "coordinator/";
  private static final String STANDBY = "standby/";
  private static final String MEMBERSHIP = "member/";

  private final JournalStore store;
  private final Holder holder;
  private final Map<String, IdentityLease> leases = new HashMap<>();

  /**
   * Journals in {@code store}.
   *
   * @param instance random id of this process, 16 bytes; whoever asks who holds a lease sees it
   */
  public DurableJournals(JournalStore store, Bytes instance) {
    this.store = store;
    this.holder = Holder.here(instance);
  }

  /** Journals in {@code store} under a fresh instance id. */
  public static DurableJournals of(JournalStore store, SecureRandom random) {
    byte[] instance = new byte[Header.INSTANCE_SIZE];
    random.nextBytes(instance);
    return new DurableJournals(store, Bytes.of(instance));
  }

  @Override
  public Kept<CoordinatorFact> ofCoordinator(CoordinatorPlan plan) {
    String identity = plan.identity().hex();
    return kept(
        lease(identity),
        COORDINATION + identity + "/" + plan.identifier(),
        CoordinatorRecords.codec(new NostrStatementReader()),
        () -> new CoordinatorLedger(plan.identity()),
        plan.identity());
  }

  @Override
  public Kept<CoordinatorFact> ofStandby(StandbyPlan plan) {
    String identity = plan.identity().hex();
    return kept(
        lease(identity),
        STANDBY + identity + "/" + plan.coordinator().hex() + "/" + plan.identifier(),
        CoordinatorRecords.codec(new NostrStatementReader()),
        () -> new CoordinatorLedger(plan.identity()),
        plan.identity());
  }

  @Override
  public Kept<ParticipantFact> ofMember(MemberKeys keys, ParticipantPlan plan) {
    String owner = keys.owner().hex();
    return kept(
        lease(owner),
        MEMBERSHIP + owner + "/" + keys.membership().hex(),
        ParticipantRecords.codec(new NostrStatementReader()),
        () -> new ParticipantLedger(plan),
        plan.cohortKey());
  }

  private synchronized IdentityLease lease(String identity) {
    return leases.computeIfAbsent(identity, id -> store.acquire(id, holder));
  }

  /**
   * The owner's key came back from a backup. Call it before any membership of that owner starts,
   * each time: unless this journal has dealt with that restore, first the sealed nonces are
   * destroyed, then every nonce that is open in the journal is used up without a signature. A crash
   * between the two is made good by the next call. What is said of those nonces, and what takes
   * their place, is N4's.
   *
   * @param owner of the memberships ({@link MemberKeys#owner}), 32 bytes
   * @param restore random id of the restore, 16 bytes
   * @param sealed every place of sealed nonces of that owner's memberships
   * @return how many nonces the journal had open; -1 if that restore was dealt with before
   * @throws org.beaconcohort.cohort.port.PortFailure if it cannot be done, or another process holds
   *     the owner's journal or nonces
   */
  public int tombstone(Bytes owner, Bytes restore, List<? extends SealedNonces> sealed) {
    IdentityLease held = lease(owner.hex());
    if (store.ledger().use(Tombstones.mark(owner.hex(), restore)).isPresent()) {
      return -1;
    }
    for (SealedNonces each : sealed) {
      for (SealedNonces.Id id : each.held()) {
        var unused = each.take(id);
      }
    }
    return store.tombstone(held, restore);
  }

  private <F> Kept<F> kept(
      IdentityLease lease,
      String name,
      RecordCodec<F> codec,
      Supplier<FactLedger<F>> ledgers,
      Bytes key) {
    JournalStream stream = store.stream(lease, name);
    Journal<F> journal = new PortJournal<>(stream, codec, ledgers);
    return new Kept<>() {
      @Override
      public Journal<F> journal() {
        return journal;
      }

      @Override
      public boolean halted() {
        return store.ledger().halts().reason(key.hex()).isPresent();
      }

      @Override
      public void finished() {
        stream.finish();
      }

      @Override
      public void whenLost(Consumer<PortFailure> listener) {
        lease.whenLost(listener::accept);
      }
    };
  }

  @Override
  public List<String> openCoordinations(Bytes identity) {
    return open(COORDINATION + identity.hex() + "/");
  }

  @Override
  public List<Bytes> openMemberships(Bytes owner) {
    return open(MEMBERSHIP + owner.hex() + "/").stream().map(Bytes::ofHex).toList();
  }

  /** Whether this journal knows a coordination of that identity (32 bytes), ended or not. */
  public boolean knowsCoordinator(Bytes identity) {
    return knows(COORDINATION + identity.hex() + "/");
  }

  /** Whether this journal knows a membership of that owner (32 bytes), ended or not. */
  public boolean knowsMember(Bytes owner) {
    return knows(MEMBERSHIP + owner.hex() + "/");
  }

  private boolean knows(String prefix) {
    return store.streams().stream().anyMatch(head -> head.stream().startsWith(prefix));
  }

  private List<String> open(String prefix) {
    return store.streams().stream()
        .filter(head -> head.state() == StreamHead.State.OPEN)
        .map(StreamHead::stream)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }
}
